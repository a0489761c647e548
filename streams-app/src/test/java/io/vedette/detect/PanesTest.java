package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Hashes;
import io.vedette.core.CallerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PanesTest {

  private static final Baseline BASELINE = CleanModel.baseline(5, 10);
  private static final long SECOND = 1_000_000;

  private final Panes panes = new Panes();
  private final List<PaneDelta> out = new ArrayList<>();

  @Test
  void shouldCountEveryRowOnceWhenKnownCallersTakeTurns() {
    // When
    for (int r = 0; r < 3_000; r++) {
      add("c" + r % 10, r);
    }
    panes.drain(u -> out.add((PaneDelta) u));

    // Then
    assertThat(out.stream().mapToInt(PaneDelta::rows).sum()).isEqualTo(3_000);
    assertThat(out.stream().mapToInt(PaneDelta::excess).sum()).isZero();
    for (PaneDelta delta : out) {
      assertThat(delta.rows()).isLessThanOrEqualTo(Panes.MOST_ROWS);
      assertThat(delta.counts()).hasNumberOfRows(7);
      for (int[] column : delta.counts()) {
        assertThat(Arrays.stream(column).sum()).isEqualTo(delta.rows());
      }
    }
  }

  @Test
  void shouldHoldAKnownCallerToItsShareWhenItFloods() {
    // Given nine callers in turn, and a tenth that sends nine rows in ten
    int flood = 0;

    // When
    for (int r = 0; r < 20_000; r++) {
      boolean busy = r % 10 != 0;
      flood += busy ? 1 : 0;
      add(busy ? "c9" : "c" + r / 10 % 9, r);
    }
    panes.drain(u -> out.add((PaneDelta) u));

    // Then it fills about its share and a half: 0.15 / 0.85 of the others' rows
    int rows = out.stream().mapToInt(PaneDelta::rows).sum();
    int excess = out.stream().mapToInt(PaneDelta::excess).sum();
    assertThat(rows + excess).isEqualTo(20_000);
    double share = (flood - excess) / (double) rows;
    assertThat(share).isBetween(0.1, 0.2);
  }

  @Test
  void shouldHoldNewCallersTogetherToATwentiethWhenTheCleanTrafficWasOfKnownOnes() {
    // Given as many rows of a hundred new callers as of the ten known ones
    int fresh = 0;

    // When
    for (int r = 0; r < 20_000; r++) {
      boolean known = r % 2 == 0;
      fresh += known ? 0 : 1;
      add(known ? "c" + r / 2 % 10 : "new-" + r % 100, r);
    }
    panes.drain(u -> out.add((PaneDelta) u));

    // Then
    int rows = out.stream().mapToInt(PaneDelta::rows).sum();
    int excess = out.stream().mapToInt(PaneDelta::excess).sum();
    assertThat((fresh - excess) / (double) rows).isBetween(0.04, 0.07);
  }

  @Test
  void shouldEmitWhatItHasWhenTenSecondsAreOver() {
    // Given
    add("c0", 0);
    add("c1", 1);

    // When
    panesAdd("c2", 11 * SECOND);

    // Then
    assertThat(out).hasSize(1);
    assertThat(out.get(0).rows()).isEqualTo(2);
    assertThat(out.get(0).modelKey()).isEqualTo("loan|1");
  }

  @Test
  void shouldHoldNothingBackWhenDrainedTwice() {
    // Given
    add("c0", 0);
    panes.drain(u -> out.add((PaneDelta) u));

    // When
    panes.drain(u -> out.add((PaneDelta) u));

    // Then
    assertThat(out).hasSize(1);
  }

  private void add(String principal, int row) {
    panesAdd(principal, row * 10_000L);
  }

  private void panesAdd(String principal, long time) {
    float[] x = CleanModel.row(5, new SplittableRandom(time));
    int[] bins = new int[5];
    for (int c = 0; c < 5; c++) {
      bins[c] = BASELINE.columns().get(c).bin(x[c]);
    }
    panes.add(
        BASELINE,
        bins,
        Hashes.caller(new CallerId("acme", principal)),
        CallerEngine.label(CleanModel.answer(x)),
        CleanModel.answer(x).confidence(),
        time,
        u -> out.add((PaneDelta) u));
  }
}
