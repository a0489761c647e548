package io.vedette.lab.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapiroWilkTest {

  /** Values of scipy.stats.shapiro (scipy 1.x, AS R94). */
  @ParameterizedTest
  @CsvSource({
    "20, EXPONENTIAL, 0.856357",
    "20, UNIFORM, 0.960375",
    "20, WAVES, 0.966339",
    "101, EXPONENTIAL, 0.829008",
    "101, UNIFORM, 0.954720",
    "101, WAVES, 0.977449",
    "500, EXPONENTIAL, 0.819705",
    "500, UNIFORM, 0.954723",
    "500, WAVES, 0.993177"
  })
  void shouldGiveThePublishedStatisticWhenSampleIsKnown(int n, Sample sample, double expected) {
    // Given
    double[] values = sample.of(n);

    // When
    double w = ShapiroWilk.w(values);

    // Then
    assertThat(w).isCloseTo(expected, within(2e-5));
  }

  enum Sample {
    EXPONENTIAL,
    UNIFORM,
    WAVES;

    double[] of(int n) {
      IntToDoubleFunction value =
          switch (this) {
            case EXPONENTIAL -> i -> -Math.log(1 - (i + 0.5) / n);
            case UNIFORM -> i -> (i + 0.5) / n;
            case WAVES -> i -> Math.sin(i * 1.7) + Math.sin(i * 0.9) + Math.cos(i * 2.3);
          };
      double[] values = new double[n];
      Arrays.setAll(values, value);
      Arrays.sort(values);
      return values;
    }
  }

  @Test
  void shouldBeZeroWhenAllValuesAreEqual() {
    assertThat(ShapiroWilk.w(new double[10])).isZero();
  }

  @Test
  void shouldRefuseWhenSampleIsTooSmall() {
    assertThatThrownBy(() -> ShapiroWilk.w(new double[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was 5");
  }
}
