package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConformalRankTest {

  @Test
  void shouldCountBenignClientsAtOrAboveTheObserved() {
    // Given
    ConformalRank rank = new ConformalRank(new double[] {3, 1, 2, 2});
    // When
    double p = rank.p(2);
    // Then
    assertThat(p).isEqualTo(4 / 5.0);
    assertThat(rank.p(4)).isEqualTo(1 / 5.0);
    assertThat(rank.p(0)).isEqualTo(1);
    assertThat(rank.p(Double.NaN)).isEqualTo(1);
    assertThat(rank.size()).isEqualTo(4);
  }

  @Test
  void shouldBeSuperUniformWhenTheClientIsBenign() {
    // Given
    SplittableRandom random = new SplittableRandom(21);
    int runs = 20_000;
    int[] below = new int[3];
    // When
    for (int run = 0; run < runs; run++) {
      double p = new ConformalRank(random.doubles(199).toArray()).p(random.nextDouble());
      below[0] += p <= 0.1 ? 1 : 0;
      below[1] += p <= 0.01 ? 1 : 0;
      below[2] += p <= 0.001 ? 1 : 0;
    }
    // Then
    assertThat(below[0] / (double) runs).isLessThanOrEqualTo(0.1 + 3 * Math.sqrt(0.09 / runs));
    assertThat(below[1] / (double) runs).isLessThanOrEqualTo(0.01 + 3 * Math.sqrt(0.0099 / runs));
    assertThat(below[2]).isZero(); // never below 1 / 200
  }

  @Test
  void shouldFallAsTheObservedGrows() {
    // Given
    ConformalRank rank = new ConformalRank(new SplittableRandom(4).doubles(50).toArray());
    // When
    double previous = rank.p(-1);
    // Then
    for (double observed = 0; observed < 1.1; observed += 0.01) {
      assertThat(rank.p(observed)).isLessThanOrEqualTo(previous);
      previous = rank.p(observed);
    }
  }

  @Test
  void shouldAddTheCalibrationErrorWhenBounded() {
    // Given
    ConformalRank rank = new ConformalRank(new SplittableRandom(4).doubles(5_000).toArray());
    // When
    double bounded = rank.bounded(0.9, 0.01);
    // Then
    double error = Math.sqrt(Math.log(100) / 10_000);
    assertThat(bounded).isCloseTo(rank.p(0.9) + error, offset(1e-12));
    assertThat(rank.bounded(-1, 0.01)).isEqualTo(1);
  }

  @Test
  void shouldRefuseEmptyOrBrokenCalibration() {
    // When // Then
    assertThatThrownBy(() -> new ConformalRank(new double[0])).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new ConformalRank(new double[] {1, Double.NaN}))
        .hasMessageContaining("NaN");
  }
}
