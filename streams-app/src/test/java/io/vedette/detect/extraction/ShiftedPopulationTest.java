package io.vedette.detect.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.BaselineBuilder;
import io.vedette.baseline.CleanRow;
import io.vedette.core.Finding;
import io.vedette.detect.CleanModel;
import io.vedette.detect.DetectorChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** New tenants whose customers are others, on thirty features that depend on eight causes. */
class ShiftedPopulationTest {

  private static final int COLUMNS = 30;
  private static final int CAUSES = 8;
  private static final int CALLERS = 20;
  private static final int ROWS = 400;
  private static final double OPENS = 4.48 + 0.43; // log10, of a detector with three eighths

  private final Random random = new Random(21);
  private final float[][] loadings = loadings();
  private final Baseline baseline = learn();

  @Test
  void shouldLeaveTenantsAloneWhoseCustomersLieElsewhereAndDifferMore() {
    for (int tenant = 0; tenant < CALLERS; tenant++) {
      // Given a third of the features 0.9 standard deviations off, and up to 1.3 times as varied
      float[] shift = new float[COLUMNS];
      float[] scale = new float[COLUMNS];
      for (int i = 0; i < COLUMNS; i++) {
        boolean other = i % 3 == 0;
        scale[i] = other ? 0.8f + 0.5f * random.nextFloat() : 1;
        shift[i] = other ? (random.nextBoolean() ? 0.9f : -0.9f) : 0;
      }

      // When
      double most = 0;
      DetectorChain chain = DetectorChain.caller(Extraction.detector(), baseline);
      for (int row = 0; row < ROWS; row++) {
        float[] x = customer();
        for (int i = 0; i < COLUMNS; i++) {
          x[i] = x[i] * scale[i] + shift[i];
        }
        chain.observe(CleanModel.exchange("tenant-" + tenant, 60_000_000L * row, x));
      }
      for (Finding finding : chain.findings()) {
        most = Math.max(most, finding.logEvidence());
      }

      // Then
      assertThat(most).as("tenant %d", tenant).isLessThan(OPENS);
    }
  }

  @Test
  void shouldStillSeeWhoSamplesTheInputSpace() {
    // Given
    DetectorChain chain = DetectorChain.caller(Extraction.detector(), baseline);

    // When
    for (int row = 0; row < 20; row++) {
      float[] x = new float[COLUMNS];
      for (int i = 0; i < COLUMNS; i++) {
        x[i] = 6 * random.nextFloat() - 3;
      }
      chain.observe(CleanModel.exchange("thief", 1_000_000L * row, x));
    }

    // Then
    assertThat(chain.findings()).anyMatch(finding -> finding.logEvidence() > OPENS);
  }

  private Baseline learn() {
    List<CleanRow> rows = new ArrayList<>();
    for (int r = 0; r < 2_000; r++) {
      float[] x = customer();
      long label = x[0] > 0 ? 1 : 2;
      rows.add(new CleanRow(r, 40_000_000L * r, r % 40, x, List.of(), label, 0.9f));
    }
    var model = CleanModel.MODEL;
    return BaselineBuilder.build(model.name(), model.version(), true, rows, List.of(), Map.of());
  }

  private float[] customer() {
    double[] causes = new double[CAUSES];
    for (int c = 0; c < CAUSES; c++) {
      causes[c] = random.nextGaussian();
    }
    float[] x = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      double sum = 0.35 * random.nextGaussian();
      for (int c = 0; c < CAUSES; c++) {
        sum += 0.33 * loadings[i][c] * causes[c];
      }
      x[i] = (float) sum;
    }
    return x;
  }

  private float[][] loadings() {
    float[][] l = new float[COLUMNS][CAUSES];
    for (float[] row : l) {
      for (int c = 0; c < CAUSES; c++) {
        row[c] = (float) random.nextGaussian();
      }
    }
    return l;
  }
}
