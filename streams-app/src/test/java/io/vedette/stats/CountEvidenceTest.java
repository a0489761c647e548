package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountEvidenceTest {

  @Nested
  class Poisson {

    @ParameterizedTest
    @CsvSource({
      "0, 0.115, 1",
      "1, 1.43, 1",
      "2, 22.7, 1",
      "3, 486, 1",
      "4, 1.34e4, 1",
      "12, 1.26e19, 1"
    })
    void shouldGiveTheReferenceEvidenceWhenTheRateIsSmall(int n, double expected, double percent) {
      // Given
      PoissonMixture mixture = PoissonMixture.of(0.1, 1, 3, 10, 30);
      // When
      double e = Math.exp(mixture.logE(n));
      // Then
      assertThat(e).isCloseTo(expected, withinPercentage(percent));
    }

    @ParameterizedTest
    @CsvSource({"4, 4.07", "8, 4.41e3", "12, 4.12e7"})
    void shouldGiveTheReferenceEvidenceWhenTheRateIsOne(int n, double expected) {
      // Given
      PoissonMixture mixture = PoissonMixture.of(1, 3, 10, 30);
      // When
      double e = Math.exp(mixture.logE(n));
      // Then
      assertThat(e).isCloseTo(expected, withinPercentage(0.5));
    }

    @Test
    void shouldHaveExpectationOneUnderTheNull() {
      // Given
      PoissonMixture mixture = PoissonMixture.of(1, 3, 10);
      double weight = Math.exp(-1);
      double expectation = 0;
      // When
      for (int n = 0; n < 120; n++) {
        expectation += weight * Math.exp(mixture.logE(n));
        weight /= n + 1;
      }
      // Then
      assertThat(expectation).isCloseTo(1, offset(1e-9));
    }

    @Test
    void shouldKeepVillesBoundWhenWindowsMultiply() {
      // Given
      PoissonMixture mixture = PoissonMixture.of(0.5, 1, 2, 4);
      // When // Then
      FalseAlarms.assertVille(
          20_000,
          3,
          random -> {
            double logE = 0;
            double sup = 0;
            for (int i = 0; i < 100; i++) {
              logE += mixture.logE(poisson(random, 0.5));
              sup = Math.max(sup, logE);
            }
            return sup;
          });
    }

    private static int poisson(SplittableRandom random, double mean) {
      double limit = Math.exp(-mean);
      int n = 0;
      for (double product = random.nextDouble(); product > limit; n++) {
        product *= random.nextDouble();
      }
      return n;
    }

    @Test
    void shouldGrowWithTheCountAndRefuseNonsense() {
      // Given
      PoissonMixture mixture = PoissonMixture.of(0.1, 1, 3);
      // When
      double five = mixture.logE(5);
      // Then
      assertThat(five).isGreaterThan(mixture.logE(4));
      assertThat(mixture.logE(1_000_000)).isFinite();
      assertThatThrownBy(() -> mixture.logE(-1)).hasMessageContaining("count must be >= 0");
      assertThatThrownBy(() -> PoissonMixture.of(1, 0.5)).hasMessageContaining("lambda1 must be >");
      assertThatThrownBy(() -> PoissonMixture.of(0, 1)).hasMessageContaining("lambda0 must be > 0");
    }
  }

  @Nested
  class Contest {

    private final BetaContest contest = new BetaContest(0.02, 1, 1);

    @Test
    void shouldGiveTheReferenceEvidenceInClosedForm() {
      // When
      double e = Math.exp(contest.logE(6, 20));
      // Then
      assertThat(e).isCloseTo(25_471, withinPercentage(0.01));
    }

    @Test
    void shouldKeepVillesBoundInClosedFormAtThePointNull() {
      // When // Then
      FalseAlarms.assertVille(
          10_000,
          5,
          random -> {
            int hits = 0;
            double sup = 0;
            for (int n = 1; n <= 400; n++) {
              if (random.nextDouble() < 0.02) {
                hits++;
                sup = Math.max(sup, contest.logE(hits, n));
              }
            }
            return sup;
          });
    }

    @ParameterizedTest
    @CsvSource({"0.02", "0.01"})
    void shouldKeepVillesBoundWithThePlugInAnywhereInTheNull(double rate) {
      // When // Then
      FalseAlarms.assertVille(
          10_000,
          6,
          random -> {
            int hits = 0;
            double logE = 0;
            double sup = 0;
            for (int n = 0; n < 400; n++) {
              boolean hit = random.nextDouble() < rate;
              logE += contest.logFactor(hits, n, hit);
              sup = Math.max(sup, logE);
              hits += hit ? 1 : 0;
            }
            return sup;
          });
    }

    @Test
    void shouldNeverBetBelowTheNull() {
      // When
      double factor = contest.logFactor(0, 1_000, true);
      // Then
      assertThat(factor).isZero();
      assertThat(contest.logFactor(50, 100, true)).isPositive();
      assertThat(contest.logFactor(50, 100, false)).isNegative();
    }

    @Test
    void shouldRefuseNonsense() {
      // When // Then
      assertThatThrownBy(() -> contest.logE(3, 2)).hasMessageContaining("hits must be from 0 to 2");
      assertThatThrownBy(() -> new BetaContest(1, 1, 1)).hasMessageContaining("q0 must be inside");
    }
  }

  @Nested
  class Dirichlet {

    private final DirichletPlugIn bet = new DirichletPlugIn(new double[] {0.5, 0.3, 0.2}, 3);
    private final int[] counts = new int[bet.size()];

    @Test
    void shouldGiveTheReferenceFactors() {
      // When
      double[] factors = {
        Math.exp(bet.update(counts, 0, 2)),
        Math.exp(bet.update(counts, 0, 2)),
        Math.exp(bet.update(counts, 0, 2))
      };
      // Then
      assertThat(factors).containsExactly(new double[] {1, 2, 2.6}, offset(1e-12));
      assertThat(factors[0] * factors[1] * factors[2]).isCloseTo(5.2, offset(1e-9));
      assertThat(counts).containsExactly(0, 0, 3, 3);
    }

    @Test
    void shouldKeepVillesBoundWhenSharesAreExact() {
      // When // Then
      FalseAlarms.assertVille(
          10_000,
          7,
          random -> {
            Arrays.fill(counts, 0);
            double logE = 0;
            double sup = 0;
            for (int i = 0; i < 300; i++) {
              double u = random.nextDouble();
              logE += bet.update(counts, 0, u < 0.5 ? 0 : u < 0.8 ? 1 : 2);
              sup = Math.max(sup, logE);
            }
            return sup;
          });
    }

    @Test
    void shouldFindAChangedShare() {
      // Given
      SplittableRandom random = new SplittableRandom(1);
      double logE = 0;
      // When
      for (int i = 0; i < 200; i++) {
        logE += bet.update(counts, 0, random.nextInt(3));
      }
      for (int i = 0; i < 200; i++) {
        logE += bet.update(counts, 0, 2);
      }
      // Then
      assertThat(logE).isGreaterThan(Math.log(1e4));
    }

    @Test
    void shouldRefuseNonsense() {
      // When // Then
      assertThatThrownBy(() -> bet.update(counts, 0, 3)).hasMessageContaining("category must be 0");
      assertThatThrownBy(() -> new DirichletPlugIn(new double[] {0.5, 0.4}, 1))
          .hasMessageContaining("shares must sum to 1");
      assertThatThrownBy(() -> new DirichletPlugIn(new double[] {1, 0}, 1))
          .hasMessageContaining("share must be > 0");
    }
  }
}
