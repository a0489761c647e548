package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.stats.MixtureGrid;
import io.vedette.stats.RestartedMixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WagersTest {

  private static final MixtureGrid GRID = new MixtureGrid();
  private static final RestartedMixture MIXTURE = GRID.atLeast(0.02);

  @Test
  void shouldKeepBetsApartWhenOneIsWon() {
    // Given
    Wagers wagers = new Wagers(2, GRID.size());

    // When
    for (int i = 0; i < 6; i++) {
      wagers.step();
      wagers.place(0, MIXTURE, true);
      wagers.place(1, MIXTURE, false);
    }

    // Then
    assertThat(wagers.evidence(0, MIXTURE)).isGreaterThan(1e4);
    assertThat(wagers.evidence(1, MIXTURE)).isLessThan(1);
    assertThat(wagers.hits(0)).isEqualTo(6);
    assertThat(wagers.hits(1)).isZero();
  }

  @Test
  void shouldReportSeldomWhenEvidenceGrowsWithoutEnd() {
    // Given
    Wagers wagers = new Wagers(1, GRID.size());
    List<Double> reported = new ArrayList<>();

    // When
    for (double log10 = 0; log10 < 200; log10 += 0.5) {
      if (wagers.worthReporting(log10)) {
        reported.add(log10);
      }
    }

    // Then
    assertThat(reported).hasSizeBetween(10, 25);
    assertThat(reported.subList(0, 3)).containsExactly(2.0, 3.0, 4.0);
  }

  @Test
  void shouldGoOnAlikeWhenReadAtEveryStep() {
    // Given
    Wagers whole = new Wagers(2, GRID.size());
    Wagers split = new Wagers(2, GRID.size());

    // When
    for (int i = 0; i < 30; i++) {
      split = CleanModel.reread(split, in -> Wagers.read(in, 2, GRID.size()));
      for (Wagers wagers : List.of(whole, split)) {
        wagers.step();
        wagers.place(0, MIXTURE, i % 3 == 0);
        wagers.place(1, MIXTURE, i % 7 == 0);
        wagers.keep(new Sample("r-" + i, new Origin("t", 0, i)));
        wagers.worthReporting(i);
      }
    }

    // Then
    assertThat(CleanModel.bytes(split)).isEqualTo(CleanModel.bytes(whole));
    assertThat(whole.samples())
        .extracting(Sample::requestId)
        .containsExactly("r-27", "r-28", "r-29");
  }
}
