package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TailsTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 3, 40, 300, 2_000, 10_000})
  void shouldEqualTheNormalTailsWhenOneDegreeOfFreedomIsLeft(double ncp) {
    // Given: X = (Z + delta)^2, so the tail is two normal tails
    double delta = Math.sqrt(ncp);
    // When // Then
    for (double root = 0.1; root < delta + 14; root += (delta + 14) / 60) {
      double tail = Tails.noncentralChiSquare(root * root, 1, ncp);
      double expected = Tails.normal(root - delta) + Tails.normal(root + delta);
      assertThat(tail).isCloseTo(expected, offset(2e-9 * expected));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 100, 10_000})
  void shouldHoldTheRecurrenceOverDegreesOfFreedom(double ncp) {
    // Given: three degrees have a closed form as well
    double delta = Math.sqrt(ncp);
    // When // Then
    for (double root = 0.5; root < delta + 8; root += (delta + 8) / 30) {
      double tail = Tails.noncentralChiSquare(root * root, 3, ncp);
      double density = density(root - delta) - density(root + delta);
      double expected = Tails.normal(root - delta) + Tails.normal(root + delta) + density / delta;
      assertThat(tail).isCloseTo(expected, offset(1e-8 * expected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "109.0909, 19, 18.1818, 5.2275312286024e-7", "38.709, 19, 6.452, 0.061842904081951",
    "300, 19, 18.1818, 5.6119941090579e-34", "900, 19, 500, 1.5150394377437e-13",
    "10500, 49, 10000, 0.012793610919944", "11500, 49, 10000, 1.2231741716557e-12",
    "9000, 49, 10000, 0.99999996235216"
  })
  void shouldAgreeWithFortyDigitArithmetic(double x, double df, double ncp, double expected) {
    // When: expected is the same mixture summed with mpmath at 40 digits
    double tail = Tails.noncentralChiSquare(x, df, ncp);
    // Then
    assertThat(tail).isCloseTo(expected, offset(1e-9 * expected));
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  @Test
  void shouldBeCentralWhenTheNoncentralityVanishes() {
    // When
    double tail = Tails.noncentralChiSquare(30, 19, 0);
    // Then
    assertThat(tail).isEqualTo(Tails.chiSquare(30, 19));
    assertThat(Tails.noncentralChiSquare(30, 19, 1e-12)).isCloseTo(tail, offset(1e-12));
    assertThat(Tails.noncentralChiSquare(0, 19, 5)).isEqualTo(1);
    assertThat(Tails.noncentralChiSquare(1e9, 19, 5)).isZero();
  }

  @Test
  void shouldEndWhenTheStatisticIsHugeOrMissing() {
    // When
    double tail = Tails.noncentralChiSquare(Double.POSITIVE_INFINITY, 19, 2e6);
    // Then
    assertThat(tail).isZero();
    assertThat(Tails.noncentralChiSquare(3e10, 19, 2e6)).isZero();
    assertThat(Tails.noncentralChiSquare(2.1e6, 19, 2e6)).isLessThan(1e-200).isPositive();
    assertThat(Tails.noncentralChiSquare(Double.NaN, 19, 5)).isEqualTo(1);
    assertThat(Tails.chiSquare(Double.POSITIVE_INFINITY, 19)).isZero();
    assertThat(Tails.chiSquare(Double.NaN, 19)).isEqualTo(1);
  }

  @Test
  void shouldFallInTheStatisticAndRiseInTheNoncentrality() {
    // When
    double previous = 1;
    // Then
    for (double x = 1; x < 200; x += 3) {
      double tail = Tails.noncentralChiSquare(x, 19, 18.2);
      assertThat(tail).isBetween(0.0, previous).isLessThan(Tails.noncentralChiSquare(x, 19, 30));
      previous = tail;
    }
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.9999999999995", "0.5, 0.96394524366", "1, 0.26999967168", "3, 3.045996e-8"})
  void shouldGiveTheKolmogorovTail(double x, double expected) {
    // When
    double tail = Tails.kolmogorov(x);
    // Then
    assertThat(tail).isCloseTo(expected, withinPercentage(1e-5));
    assertThat(Tails.kolmogorov(0)).isEqualTo(1);
  }

  @Test
  void shouldGiveKnownTails() {
    // When
    double normal = Tails.normal(1.959963984540054);
    // Then
    assertThat(normal).isCloseTo(0.025, offset(1e-12));
    assertThat(Tails.normal(12)).isCloseTo(1.776482112e-33, withinPercentage(1e-6));
    assertThat(Tails.chiSquare(3.841458820694124, 1)).isCloseTo(0.05, offset(1e-12));
    assertThat(Tails.chiSquare(-1, 1)).isEqualTo(1);
    assertThat(Tails.student(2.570581835636314, 5)).isCloseTo(0.025, offset(1e-12));
    assertThat(Tails.poisson(0, 0.1)).isCloseTo(1 - Math.exp(-0.1), offset(1e-12));
    assertThat(Tails.poisson(-1, 0.1)).isEqualTo(1);
    assertThat(Tails.binomial(10, 10, 0.5)).isCloseTo(1 / 1_024.0, offset(1e-12));
    assertThat(Tails.binomial(0, 10, 0.5)).isEqualTo(1);
    assertThatThrownBy(() -> Tails.noncentralChiSquare(1, 0, 1)).hasMessageContaining("df must be");
  }
}
