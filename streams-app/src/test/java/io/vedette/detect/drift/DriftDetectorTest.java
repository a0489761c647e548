package io.vedette.detect.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.core.Finding;
import io.vedette.core.Scope;
import io.vedette.detect.CleanModel;
import io.vedette.detect.PaneWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {

  private static final Baseline BASELINE = CleanModel.baseline(6, 10);
  private static final long MINUTE = 60_000_000L;

  private final DriftDetector detector = new DriftDetector(DriftConfig.USUAL);

  @Test
  void shouldClaimNothingWhenAThousandWindowsAreClean() {
    // When
    List<Finding> findings = play(windows(1_000, 1_000, 0, 1), -1);

    // Then
    assertThat(findings).isEmpty();
  }

  @Test
  void shouldFindTheShiftAtOnceWhenItIsHalfADeviation() {
    // When
    List<Finding> findings = play(windows(20, 10, 0.5, 2), -1);

    // Then
    assertThat(findings).isNotEmpty();
    Finding first = findings.get(0);
    assertThat(first.timeMicros()).isEqualTo(10 * MINUTE);
    assertThat(first.scope()).isEqualTo(Scope.MODEL);
    assertThat(first.subject()).isEqualTo("model:loan");
    assertThat(first.logEvidence()).isGreaterThan(4.5);
    assertThat(first.evidence().get(0).name()).isEqualTo("mean_shift_f0");
  }

  @Test
  void shouldRepeatItselfSeldomWhenTheDriftStays() {
    // When
    List<Finding> findings = play(windows(60, 10, 0.5, 3), -1);

    // Then at most every five minutes
    assertThat(findings).hasSizeBetween(8, 11);
  }

  @Test
  void shouldFindTheSameWhenReadBeforeAnyWindow() {
    // Given
    List<PaneWindow> windows = windows(40, 20, 0.35, 4);
    List<Finding> expected = play(windows, -1);

    // When
    for (int split = 0; split <= windows.size(); split++) {
      List<Finding> findings = play(windows, split);

      // Then
      assertThat(findings).as("read before %d", split).isEqualTo(expected);
    }
    assertThat(expected).isNotEmpty();
  }

  private List<Finding> play(List<PaneWindow> windows, int split) {
    List<Finding> findings = new ArrayList<>();
    DriftState state = detector.create();
    for (int i = 0; i < windows.size(); i++) {
      state = i == split ? CleanModel.reread(state, detector::read) : state;
      detector.observe(state, windows.get(i), findings::add);
    }
    return findings;
  }

  /** Windows of 1,000 rows, one a minute; from some window on the first column is shifted. */
  private static List<PaneWindow> windows(int n, int from, double shift, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PaneWindow> windows = new ArrayList<>();
    for (int w = 0; w < n; w++) {
      int[][] counts = new int[8][];
      for (int c = 0; c < 6; c++) {
        counts[c] = new int[BASELINE.columns().get(c).bins()];
      }
      counts[6] = new int[BASELINE.labels().bins()];
      counts[7] = new int[BASELINE.confidences().bins()];
      for (int r = 0; r < 1_000; r++) {
        float[] x = CleanModel.row(6, random);
        int label = x[0] + x[1] > 0 ? 1 : 0;
        counts[6][label]++;
        counts[7][BASELINE.confidences().bin(CleanModel.answer(x).confidence())]++;
        x[0] += w >= from ? (float) shift : 0;
        for (int c = 0; c < 6; c++) {
          counts[c][BASELINE.columns().get(c).bin(x[c])]++;
        }
      }
      windows.add(new PaneWindow(BASELINE, w * MINUTE, w * MINUTE, 1_000, 0, counts));
    }
    return windows;
  }
}
