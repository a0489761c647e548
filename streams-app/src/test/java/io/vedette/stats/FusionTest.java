package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

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
