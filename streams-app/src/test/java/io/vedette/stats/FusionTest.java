package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusionTest {

  @Test
  void shouldAverageEvidenceWhenGivenLogarithms() {
    // Given
    double[] weights = {0.5, 0.25, 0.25};
    double[] logE = {Math.log(8), Math.log(4), Math.log(2)};
    // When
    double mean = Fusion.logMean(weights, logE);
    // Then
    assertThat(mean).isCloseTo(Math.log(5.5), offset(1e-12));
  }

  @Test
  void shouldNeedSixTimesTheThresholdWhenOneOfSixFiresAlone() {
    // Given
    double[] weights = new double[6];
    Arrays.fill(weights, 1.0 / 6);
    double none = Double.NEGATIVE_INFINITY;
    double[] logE = {Math.log(6e4), none, none, none, none, none};
    // When
    double mean = Fusion.logMean(weights, logE);
    // Then
    assertThat(mean).isCloseTo(Math.log(1e4), offset(1e-9));
  }

  @Test
  void shouldNotOverflowWhenEvidenceIsHuge() {
    // Given
    double[] logE = {5_000, 0};
    // When
    double mean = Fusion.logMean(new double[] {0.5, 0.5}, logE);
    // Then
    assertThat(mean).isCloseTo(5_000 - Math.log(2), offset(1e-9));
  }

  @Test
  void shouldStayBetweenTheSmallestAndTheLargest() {
    // Given
    double[] logE = {-3, 1, 7};
    // When
    double mean = Fusion.logMean(new double[] {0.2, 0.3, 0.5}, logE);
    // Then
    assertThat(mean).isBetween(-3.0, 7.0);
  }

  @Test
  void shouldGiveNoEvidenceWhenAllAreZero() {
    // Given
    double none = Double.NEGATIVE_INFINITY;
    // When
    double mean = Fusion.logMean(new double[] {0.5, 0.5}, new double[] {none, none});
    // Then
    assertThat(mean).isEqualTo(none);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void shouldKeepTheBoundOfItsPartsWhateverTheyShare(double shared) {
    // Given three bets, of which each sees the same events or its own, looked at after each
    double[] rates = {0.02, 0.05, 0.2};
    double[] weights = {0.5, 0.3, 0.2};
    BernoulliMixture[] bets =
        Arrays.stream(rates).mapToObj(BernoulliMixture::of).toArray(BernoulliMixture[]::new);

    // When // Then
    FalseAlarms.assertVille(
        4_000,
        61,
        random -> {
          double[][] logs = new double[bets.length][];
          for (int b = 0; b < bets.length; b++) {
            logs[b] = new double[bets[b].size()];
          }
          double sup = Double.NEGATIVE_INFINITY;
          double[] logE = new double[bets.length];
          for (int event = 0; event < 150; event++) {
            double common = random.nextDouble();
            for (int b = 0; b < bets.length; b++) {
              double draw = random.nextDouble() < shared ? common : random.nextDouble();
              bets[b].update(logs[b], 0, draw < rates[b]);
              logE[b] = bets[b].logE(logs[b], 0);
            }
            sup = Math.max(sup, Fusion.logMean(weights, logE));
          }
          return sup;
        });
  }

  @Test
  void shouldRefuseWeightsThatDoNotSumToOne() {
    // When // Then
    assertThatThrownBy(() -> Fusion.logMean(new double[] {0.5, 0.6}, new double[2]))
        .hasMessageContaining("sum of weights must be 1");
    assertThatThrownBy(() -> Fusion.logMean(new double[] {1}, new double[2]))
        .hasMessageContaining("as many");
    assertThatThrownBy(() -> Fusion.logMean(new double[] {-1, 2}, new double[2]))
        .hasMessageContaining("weight must be >= 0");
  }
}
