package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeIndependenceTest {

  @ParameterizedTest
  @CsvSource({"0.1, 0.5", "0.5, 0.5", "0.9, 0.2", "0.98, 0.9"})
  void shouldSeldomReachAHundredWhenTheFactsAreIndependent(double rate, double share) {
    // Given
    SplittableRandom random = new SplittableRandom(7);
    int runs = 2_000;
    int reached = 0;

    // When: looked at after every event
    for (int run = 0; run < runs; run++) {
      long[] n = new long[4];
      double most = 0;
      for (int i = 0; i < 300; i++) {
        boolean first = random.nextDouble() < share;
        boolean second = random.nextDouble() < rate;
        n[first ? 1 : 3]++;
        n[first ? 0 : 2] += second ? 1 : 0;
        most = Math.max(most, SafeIndependence.logE(n[0], n[1], n[2], n[3]));
      }
      reached += most >= Math.log(100) ? 1 : 0;
    }

    // Then
    assertThat(reached / (double) runs).isLessThan(0.01);
  }

  @Test
  void shouldGrowWhenOneFactDecidesTheOther() {
    // When
    double few = SafeIndependence.logE(5, 5, 0, 5);
    double many = SafeIndependence.logE(20, 20, 0, 20);

    // Then: 40 bits less the price of two rates
    assertThat(many).isGreaterThan(Math.log(1e9)).isGreaterThan(few);
    assertThat(many).isEqualTo(40 * Math.log(2) + 2 * Math.log(0.12537), within(0.01));
  }

  @Test
  void shouldBeNoEvidenceWhenNothingWasCounted() {
    assertThat(SafeIndependence.logE(0, 0, 0, 0)).isZero();
    assertThat(SafeIndependence.logE(9, 9, 0, 0)).isNegative();
  }

  @Test
  void shouldRefuseWhenThereAreMoreHitsThanEvents() {
    assertThatThrownBy(() -> SafeIndependence.logE(2, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 of 1");
  }
}
