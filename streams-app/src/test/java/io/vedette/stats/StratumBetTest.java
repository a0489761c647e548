package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StratumBetTest {

  private static final int RUNS = 20_000;
  private static final int TRIALS = 10;

  @ParameterizedTest
  @ValueSource(doubles = {4, 16, 64, 256})
  void shouldHaveAFactorOfMeanOneWhateverTheRatesAre(double odds) {
    for (int n = 1; n <= StratumBet.MOST_TRIALS; n += 3) {
      for (int first = 0; first <= n; first++) {
        for (int second = 0; second <= n; second++) {
          // Given the ways in which the facts can fall on the trials
          double ways = CombinatoricsUtils.binomialCoefficientDouble(n, second);

          // When
          double mean = 0;
          for (int both = Math.max(0, first + second - n);
              both <= Math.min(first, second);
              both++) {
            double share =
                CombinatoricsUtils.binomialCoefficientDouble(first, both)
                    * CombinatoricsUtils.binomialCoefficientDouble(n - first, second - both)
                    / ways;
            mean += share * StratumBet.factor(odds, n, first, second, both);
          }

          // Then
          assertThat(mean).as("%d of %d, %d", first, n, second).isCloseTo(1, within(1e-9));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // odds, n, first, second, both, ratio of the two probabilities in exact fractions
    "4, 4, 2, 2, 2, 2.909090909090909", // 16 / (1 + 4 * 4 + 16), over 1 / 6
    "16, 10, 3, 3, 3, 46.744650499286735",
    "256, 10, 5, 5, 0, 2.0851086893063536e-10"
  })
  void shouldBeFishersLikelihoodRatio(
      double odds, int n, int first, int second, int both, double ratio) {
    assertThat(StratumBet.factor(odds, n, first, second, both))
        .isCloseTo(ratio, within(1e-9 * ratio));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.002, 0.05})
  void shouldKeepVillesBoundWhenBothRatesChangeTogether(double change) {
    // Given facts that do not depend on one another, whose rates are high and low together
    SplittableRandom random = new SplittableRandom(7);

    // When
    double[] best = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      best[run] = highest(change, 0, random);
    }

    // Then
    Arrays.sort(best);
    for (double level : new double[] {10, 100, 1000}) {
      long reached = Arrays.stream(best).filter(e -> e >= level).count();
      assertThat(reached).isLessThanOrEqualTo((long) (RUNS / level + 3 * Math.sqrt(RUNS / level)));
    }
  }

  @Test
  void shouldSeeWithinSomeStrataThatFactsGoTogether() {
    // Given: nine in ten of the second facts follow the first
    SplittableRandom random = new SplittableRandom(8);

    // When
    int found = 0;
    for (int run = 0; run < 200; run++) {
      found += highest(0, 0.9, random) > 1e6 ? 1 : 0;
    }

    // Then
    assertThat(found).isGreaterThan(190);
  }

  @Test
  void shouldRefuseCountsThatNoStratumHas() {
    assertThatThrownBy(() -> StratumBet.factor(4, 10, 8, 8, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 6 to 8")
        .hasMessageContaining("was 5");
    assertThatThrownBy(() -> StratumBet.factor(4, 33, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Highest evidence in 40 strata. */
  private static double highest(double change, double follows, SplittableRandom random) {
    double[] capital = new double[StratumBet.SIZE];
    double best = 0;
    boolean high = false;
    for (int step = 1; step <= 40; step++) {
      int first = 0;
      int second = 0;
      int both = 0;
      for (int trial = 0; trial < TRIALS; trial++) {
        boolean a = random.nextDouble() < (high ? 0.6 : 0.3);
        boolean b = random.nextDouble() < follows ? a : random.nextDouble() < (high ? 0.8 : 0.2);
        first += a ? 1 : 0;
        second += b ? 1 : 0;
        both += a && b ? 1 : 0;
      }
      high ^= random.nextDouble() < change * TRIALS;
      StratumBet.update(capital, 0, step, TRIALS, first, second, both);
      best = Math.max(best, StratumBet.evidence(capital, 0, step));
    }
    return best;
  }
}
