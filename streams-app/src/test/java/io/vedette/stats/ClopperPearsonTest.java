package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClopperPearsonTest {

  @ParameterizedTest
  @CsvSource({"0, 400, 0.01145", "0, 800, 0.00574", "3, 1000, 0.01001", "0, 10000, 0.00046"})
  void shouldGiveTheReferenceBound(int hits, int trials, double expected) {
    // When
    double upper = ClopperPearson.upper(hits, trials, 0.99);
    // Then
    assertThat(upper).isCloseTo(expected, offset(5e-6));
  }

  @ParameterizedTest
  @CsvSource({"0, 7, 0.9", "1, 50, 0.95", "3, 1000, 0.99", "40, 100, 0.99", "99, 100, 0.999"})
  void shouldLeaveOneMinusLevelInTheBinomialTail(int hits, int trials, double level) {
    // When
    double upper = ClopperPearson.upper(hits, trials, level);
    // Then
    double tail = new BinomialDistribution(null, trials, upper).cumulativeProbability(hits);
    assertThat(tail).isCloseTo(1 - level, offset(1e-9));
  }

  @Test
  void shouldGrowWithHitsAndShrinkWithTrials() {
    // When
    double bound = ClopperPearson.upper(5, 1_000, 0.99);
    // Then
    assertThat(bound)
        .isGreaterThan(ClopperPearson.upper(4, 1_000, 0.99))
        .isGreaterThan(ClopperPearson.upper(5, 2_000, 0.99))
        .isGreaterThan(5 / 1_000.0);
    assertThat(ClopperPearson.upper(9, 9, 0.99)).isEqualTo(1);
    assertThat(ClopperPearson.upper(0.5, 1_000, 0.99))
        .isBetween(ClopperPearson.upper(0, 1_000, 0.99), ClopperPearson.upper(1, 1_000, 0.99));
  }

  @Test
  void shouldRefuseImpossibleCounts() {
    // When // Then
    assertThatThrownBy(() -> ClopperPearson.upper(2, 1, 0.99)).hasMessageContaining("2.0 of 1.0");
    assertThatThrownBy(() -> ClopperPearson.upper(0, 0, 0.99)).hasMessageContaining("trials > 0");
    assertThatThrownBy(() -> ClopperPearson.upper(0, 1, 1)).hasMessageContaining("level");
  }
}
