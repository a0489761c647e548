package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Small cases with known answers; ReferenceValuesTest compares many more when its file is there.
 */
class ComparisonTest {

  private static final double[] X = {0, 0, 0, 1};
  private static final double[] Y = {0, 0, 1, 1, 1};

  @Test
  void shouldCompareSamplesWithTies() {
    // When
    double d = TwoSample.kolmogorovSmirnov(X, Y);
    // Then
    assertThat(d).isCloseTo(0.35, offset(1e-12));
    assertThat(TwoSample.kolmogorovSmirnovExactP(d, 4, 5))
        .isCloseTo(0.873015873015873, offset(1e-12));
    assertThat(TwoSample.kolmogorovSmirnovLimitP(d, 4, 5))
        .isCloseTo(0.9483081109654531, offset(1e-9));
    assertThat(TwoSample.wasserstein(X, Y)).isCloseTo(0.35, offset(1e-12));
    assertThat(TwoSample.energy(X, Y)).isCloseTo(0.4949747468305833, offset(1e-12));
    assertThat(TwoSample.mannWhitney(X, Y).statistic()).isEqualTo(6.5);
    assertThat(TwoSample.mannWhitney(X, Y).p()).isCloseTo(0.3961439091520741, offset(1e-9));
    assertThat(TwoSample.welch(X, Y).statistic()).isCloseTo(-1, offset(1e-12));
    assertThat(TwoSample.welch(X, Y).p()).isCloseTo(0.35148707353951036, offset(1e-9));
  }

  @Test
  void shouldFindNoDifferenceBetweenEqualSamples() {
    // Given
    double[] sample = new SplittableRandom(61).doubles(50).toArray();
    // When
    double d = TwoSample.kolmogorovSmirnov(sample, sample);
    // Then
    assertThat(d).isZero();
    assertThat(TwoSample.kolmogorovSmirnovExactP(d, 50, 50)).isEqualTo(1);
    assertThat(TwoSample.wasserstein(sample, sample)).isZero();
    assertThat(TwoSample.energy(sample, sample)).isZero();
    assertThat(TwoSample.mannWhitney(new double[] {1, 1}, new double[] {1}).p()).isEqualTo(1);
    assertThat(TwoSample.welch(new double[] {1, 1}, new double[] {1, 1}).p()).isNaN();
    assertThat(TwoSample.welch(new double[] {1, 1}, new double[] {2, 2}).p()).isZero();
  }

  @Test
  void shouldMoveWithTheShift() {
    // Given
    double[] sample = {1, 2, 3, 4};
    double[] shifted = {3.5, 4.5, 5.5, 6.5};
    // When
    double distance = TwoSample.wasserstein(sample, shifted);
    // Then
    assertThat(distance).isCloseTo(2.5, offset(1e-12));
    assertThat(TwoSample.wasserstein(shifted, sample)).isCloseTo(2.5, offset(1e-12));
  }

  @Test
  void shouldHoldItsLevelExactlyWhenSamplesAreContinuous() {
    // Given
    SplittableRandom random = new SplittableRandom(62);
    int runs = 5_000;
    int rejected = 0;
    // When
    for (int run = 0; run < runs; run++) {
      double[] x = random.doubles(12).toArray();
      double[] y = random.doubles(9).toArray();
      double d = TwoSample.kolmogorovSmirnov(x, y);
      rejected += TwoSample.kolmogorovSmirnovExactP(d, 12, 9) <= 0.1 ? 1 : 0;
    }
    // Then
    assertThat(rejected / (double) runs).isLessThanOrEqualTo(0.1 + 3 * Math.sqrt(0.09 / runs));
  }

  @Test
  void shouldOrderDivergencesAsTheirInequalitiesSay() {
    // Given
    SplittableRandom random = new SplittableRandom(63);
    // When // Then
    for (int run = 0; run < 200; run++) {
      double[] p = shares(random);
      double[] q = shares(random);
      double variation = Divergence.totalVariation(p, q);
      double hellinger = Divergence.hellinger(p, q);
      assertThat(2 * variation * variation).isLessThanOrEqualTo(Divergence.kullbackLeibler(p, q));
      assertThat(hellinger * hellinger).isLessThanOrEqualTo(variation);
      assertThat(variation).isLessThanOrEqualTo(Math.sqrt(2) * hellinger);
      assertThat(Divergence.jensenShannonBits(p, q)).isBetween(0.0, variation);
      assertThat(Divergence.jensenShannonBits(p, q))
          .isCloseTo(Divergence.jensenShannonBits(q, p), offset(1e-12));
    }
  }

  private static double[] shares(SplittableRandom random) {
    double[] raw = random.doubles(6).map(u -> u + 1e-3).toArray();
    double sum = 0;
    for (double value : raw) {
      sum += value;
    }
    for (int i = 0; i < raw.length; i++) {
      raw[i] /= sum;
    }
    return raw;
  }

  @Test
  void shouldReachTheEndsOfTheirRanges() {
    // Given
    double[] left = {1, 0};
    double[] right = {0, 1};
    // When
    double distance = Divergence.jensenShannonDistance(left, right);
    // Then
    assertThat(distance).isCloseTo(1, offset(1e-12));
    assertThat(Divergence.hellinger(left, right)).isCloseTo(1, offset(1e-12));
    assertThat(Divergence.totalVariation(left, right)).isEqualTo(1);
    assertThat(Divergence.kullbackLeibler(left, right)).isInfinite();
    assertThat(Divergence.entropy(left)).isZero();
    assertThat(Divergence.entropy(new double[] {0.5, 0.5})).isCloseTo(Math.log(2), offset(1e-12));
  }

  @Test
  void shouldTestTables() {
    // Given
    long[][] table = {{87, 413}, {108, 292}};
    long[][] small = {{39, 58}, {18, 15}};
    // When
    Contingency.Result pearson = Contingency.chiSquare(table);
    // Then
    assertThat(pearson.statistic()).isCloseTo(12.066775777414065, offset(1e-9));
    assertThat(pearson.p()).isCloseTo(0.0005132839455862633, offset(1e-12));
    assertThat(pearson.df()).isEqualTo(1);
    assertThat(pearson.cramersV()).isCloseTo(0.11579088324031035, offset(1e-12));
    assertThat(Contingency.g(table).statistic()).isCloseTo(12.002398085240621, offset(1e-9));
    assertThat(Contingency.yates(small).p()).isCloseTo(0.21835662983864515, offset(1e-9));
    assertThat(Contingency.fisher(small)).isCloseTo(0.1617224525973912, offset(1e-9));
  }

  @Test
  void shouldFindNothingInTablesThatSayNothing() {
    // When
    Contingency.Result result = Contingency.chiSquare(new long[][] {{5, 0}, {7, 0}});
    // Then
    assertThat(result).isEqualTo(new Contingency.Result(0, 1, 0, 0));
    assertThat(Contingency.g(new long[0][0]).p()).isEqualTo(1);
    assertThat(Contingency.fisher(new long[2][2])).isEqualTo(1);
    assertThatThrownBy(() -> Contingency.fisher(new long[3][2])).hasMessageContaining("2 x 2");
    assertThatThrownBy(() -> Contingency.chiSquare(new long[][] {{1}, {1, 2}}))
        .hasMessageContaining("equally long");
  }

  @Test
  void shouldKeepIntervalsInsideZeroAndOne() {
    // When
    WilsonInterval none = WilsonInterval.of95(0, 10);
    // Then
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(0.2775327998628892, offset(1e-9));
    assertThat(WilsonInterval.of95(3, 10).low()).isCloseTo(0.10779126740630099, offset(1e-9));
    assertThat(WilsonInterval.of95(10, 10).high()).isEqualTo(1);
    assertThatThrownBy(() -> WilsonInterval.of95(2, 1)).hasMessageContaining("2 of 1");
  }

  @Test
  void shouldRefuseSamplesItCannotOrder() {
    // When // Then
    assertThatThrownBy(() -> TwoSample.wasserstein(new double[0], X))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> TwoSample.energy(new double[] {Double.NaN}, X))
        .hasMessageContaining("NaN");
  }
}
