package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.stats.MixtureGrid;
import io.vedette.stats.RestartedMixture;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WagersTest {

  private static final MixtureGrid GRID = new MixtureGrid();
  private static final RestartedMixture MIXTURE = GRID.atLeast(0.02);
  private static final double FRESH = 0.9; // a tenth is for what is carried from yesterday

  @Test
  void shouldKeepItsMeanWhenTheRateChangesIfItWasBegunBefore() {
    // Given every sequence of ten steps with its probability, at rates that are bet against in turn
    MixtureGrid grid = new MixtureGrid();
    double mean = 0;
    for (int bits = 0; bits < 1 << 10; bits++) {
      Wagers wagers = new Wagers(1, grid.size());
      double probability = 1;
      RestartedMixture against = grid.atLeast(0.1);
      for (int step = 0; step < 10; step++) {
        RestartedMixture before = against;
        against = grid.atLeast(step % 2 == 0 ? 0.1 : 0.3);
        boolean hit = (bits >>> step & 1) == 1;
        probability *= hit ? against.p0() : 1 - against.p0();

        // When
        wagers.step();
        wagers.begin(0, before);
        wagers.place(0, against, hit);
      }
      mean += probability * wagers.evidence(0, against);
    }

    // Then
    assertThat(mean).isCloseTo(0.9, within(1e-9));
  }

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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 600})
  void shouldHoldWhatAnEagerBetHoldsWhenTheFirstHitComesLate(int misses) {
    // Given
    SplittableRandom random = new SplittableRandom(misses);
    Wagers lazy = new Wagers(3, GRID.size());
    double[] eager = new double[GRID.size()];

    // When
    for (int step = 1; step <= misses + 40; step++) {
      boolean hit = step == misses + 1 || (step > misses && random.nextInt(4) == 0);
      lazy.step();
      lazy.place(1, MIXTURE, hit);
      MIXTURE.update(eager, 0, step, hit);

      // Then before the first hit it claims no more, from then on the same
      double evidence = lazy.evidence(1, MIXTURE);
      double expected = FRESH * MIXTURE.evidence(eager, 0, step);
      if (step <= misses) {
        assertThat(evidence).isLessThanOrEqualTo(expected).isPositive();
      } else {
        assertThat(evidence).isEqualTo(expected);
      }
    }
    assertThat(lazy.placed(1)).isEqualTo(misses + 40);
  }

  @Test
  void shouldCountOnlyItsOwnStepsWhenABetIsNotAlwaysPlaced() {
    // Given a bet that is placed in every third step
    Wagers wagers = new Wagers(2, GRID.size());
    double[] eager = new double[GRID.size()];

    // When
    for (int step = 1; step <= 90; step++) {
      wagers.step();
      if (step % 3 == 0) {
        boolean hit = step % 6 == 0;
        wagers.place(1, MIXTURE, hit);
        MIXTURE.update(eager, 0, step / 3, hit);
      }
    }

    // Then
    assertThat(wagers.steps()).isEqualTo(90);
    assertThat(wagers.placed(1)).isEqualTo(30);
    assertThat(wagers.hits(1)).isEqualTo(15);
    assertThat(wagers.evidence(1, MIXTURE)).isEqualTo(FRESH * MIXTURE.evidence(eager, 0, 30));
    assertThat(wagers.placed(0)).isZero();
    assertThat(wagers.evidence(0, MIXTURE)).isEqualTo(FRESH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void shouldReadWhatItWroteWhenSomeBetsHaveStarted(int started) throws IOException {
    // Given a bit per bet that has had a hit; all were placed
    Wagers wagers = new Wagers(3, GRID.size());
    for (int step = 1; step <= 20; step++) {
      wagers.step();
      wagers.place(0, MIXTURE, step == 9 && (started & 1) != 0);
      wagers.place(1, MIXTURE, step == 10 && (started & 2) != 0);
      if ((started & 4) != 0) {
        wagers.placeRecord(2, step % 2, step + 1, step == 11);
      }
    }
    byte[] bytes = CleanModel.bytes(wagers);

    // When
    Wagers read = CleanModel.reread(wagers, in -> Wagers.read(in, 3, GRID.size()));

    // Then
    assertThat(CleanModel.bytes(read)).isEqualTo(bytes);
    assertThat(read.bytes()).isEqualTo(wagers.bytes());
    for (int bet = 0; bet < 2; bet++) {
      assertThat(read.placed(bet)).isEqualTo(20);
      assertThat(read.hits(bet)).isEqualTo(started >> bet & 1);
      assertThat(read.evidence(bet, MIXTURE)).isEqualTo(wagers.evidence(bet, MIXTURE));
    }
    assertThat(read.recordEvidence(2, 2)).isEqualTo(wagers.recordEvidence(2, 2));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(
              () ->
                  Wagers.read(new DataInputStream(new ByteArrayInputStream(part)), 3, GRID.size()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldHoldNoCapitalWhenNothingHasHit() {
    // Given
    Wagers wagers = new Wagers(8, GRID.size());
    int fresh = wagers.bytes();

    // When
    for (int step = 1; step <= 1_000; step++) {
      wagers.step();
      wagers.place(3, MIXTURE, false);
    }

    // Then
    assertThat(wagers.bytes()).isEqualTo(fresh);
    assertThat(wagers.evidence(3, MIXTURE)).isEqualTo(FRESH * (0.5 / 1_000));
  }

  @Test
  void shouldKeepVillesBoundWhenSeriesShareABetOnRecords() {
    // Given two series without aim, that take turns
    SplittableRandom random = new SplittableRandom(9);
    int runs = 10_000;
    int alarms = 0;

    // When
    for (int run = 0; run < runs; run++) {
      Wagers wagers = new Wagers(1, GRID.size());
      double best = 1;
      for (int rank = 2; rank <= 150; rank++) {
        for (int series = 0; series < 2; series++) {
          wagers.placeRecord(0, series, rank, random.nextDouble() < 1.0 / rank);
          best = Math.max(best, wagers.recordEvidence(0, 2));
        }
      }
      alarms += best >= 100 ? 1 : 0;
    }

    // Then
    assertThat(alarms / (double) runs).isLessThanOrEqualTo(0.01 + 3 * Math.sqrt(0.0099 / runs));
  }
}
