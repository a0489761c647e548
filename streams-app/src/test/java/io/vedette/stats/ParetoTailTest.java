package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoTailTest {

  private static double[] sample(long seed, int size, DoubleUnaryOperator quantile) {
    return new SplittableRandom(seed).doubles(size).map(quantile).toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 0.4})
  void shouldRecoverTheShapeOfAHeavyTail(double xi) {
    // Given
    double[] benign = sample(71, 20_000, u -> (Math.pow(u, -xi) - 1) / xi);
    // When
    ParetoTail tail = new ParetoTail(benign, 0.1);
    // Then
    assertThat(tail.shape()).isCloseTo(xi, within(0.08));
  }

  @Test
  void shouldExtrapolateByOrdersOfMagnitudeWithinAFactorOfThree() {
    // Given: the true tail is exp(-x), from 2,000 values
    double[] benign = sample(72, 2_000, u -> -Math.log(u));
    ParetoTail tail = new ParetoTail(benign, 0.1);
    // When
    ParetoTail.PValue far = tail.p(-Math.log(1e-5));
    // Then
    assertThat(far.extrapolated()).isTrue();
    assertThat(Math.log10(far.p())).isCloseTo(-5, within(0.5));
  }

  @Test
  void shouldBeTheConformalRankBelowTheThreshold() {
    // Given
    double[] benign = sample(73, 1_000, u -> u);
    ParetoTail tail = new ParetoTail(benign, 0.1);
    // When
    ParetoTail.PValue middle = tail.p(0.5);
    // Then
    assertThat(middle.extrapolated()).isFalse();
    assertThat(middle.p()).isEqualTo(new ConformalRank(benign).p(0.5));
    assertThat(tail.p(Double.NaN).p()).isEqualTo(1);
  }

  @Test
  void shouldRarelyBeSmallWhenTheClientIsBenign() {
    // Given
    SplittableRandom random = new SplittableRandom(74);
    int small = 0;
    int smaller = 0;
    // When
    for (int run = 0; run < 200; run++) {
      ParetoTail tail = new ParetoTail(sample(random.nextLong(), 1_000, u -> -Math.log(u)), 0.1);
      for (int i = 0; i < 1_000; i++) {
        double p = tail.p(-Math.log(random.nextDouble())).p();
        small += p <= 1e-2 ? 1 : 0;
        smaller += p <= 1e-3 ? 1 : 0;
      }
    }
    // Then: an approximation, so with room
    assertThat(small / 200_000.0).isLessThan(1.1e-2);
    assertThat(smaller / 200_000.0).isLessThan(1.3e-3);
  }

  @Test
  void shouldFallAsTheObservedGrows() {
    // Given
    ParetoTail tail = new ParetoTail(sample(75, 1_000, u -> 1 / Math.sqrt(u)), 0.1);
    // When
    double previous = 1;
    // Then
    for (double x = tail.threshold() * 1.0001; x < 1_000; x *= 1.5) {
      double p = tail.p(x).p();
      assertThat(p).isBetween(0.0, previous);
      previous = p;
    }
  }

  @Test
  void shouldNotExtrapolateFromEqualValues() {
    // Given
    ParetoTail tail = new ParetoTail(new double[500], 0.2);
    // When
    ParetoTail.PValue above = tail.p(1);
    // Then
    assertThat(above).isEqualTo(new ParetoTail.PValue(1 / 501.0, false));
    assertThat(tail.shape()).isZero();
  }

  @Test
  void shouldRefuseTooFewValues() {
    // When // Then
    assertThatThrownBy(() -> new ParetoTail(new double[100], 0.1))
        .hasMessageContaining("0.1 of 100");
  }
}
