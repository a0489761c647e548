package io.vedette.detect.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Histogram;
import io.vedette.detect.CleanModel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTestTest {

  private static final Baseline BASELINE = CleanModel.baseline(3, 10);
  private static final Histogram COLUMN = BASELINE.columns().get(0);

  @Test
  void shouldSeldomBeSmallWhenNothingChanged() {
    // Given
    SplittableRandom random = new SplittableRandom(1);
    int runs = 2_000;
    int[] below = new int[3];

    // When
    for (int run = 0; run < runs; run++) {
      double p = test(COLUMN, 0, 1_000, random).p();
      for (int level = 0; level < 3; level++) {
        below[level] += p < Math.pow(10, -(level + 1)) ? 1 : 0;
      }
    }

    // Then p is conservative at each level
    for (int level = 0; level < 3; level++) {
      assertThat(below[level] / (double) runs).isLessThanOrEqualTo(Math.pow(10, -(level + 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, -0.1})
  void shouldSeldomBeSmallWhenTheChangeIsBelowTheFloor(double shift) {
    // Given
    SplittableRandom random = new SplittableRandom(2);
    int small = 0;

    // When
    for (int run = 0; run < 1_000; run++) {
      small += test(COLUMN, shift, 1_000, random).p() < 0.01 ? 1 : 0;
    }

    // Then
    assertThat(small).isLessThanOrEqualTo(15);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -0.5})
  void shouldBeBeyondDoubtWhenTheShiftIsHalfADeviation(double shift) {
    // Given
    SplittableRandom random = new SplittableRandom(3);
    int strong = 0;
    double mean = 0;

    // When
    for (int run = 0; run < 200; run++) {
      ColumnTest test = test(COLUMN, shift, 1_000, random);
      strong += test.p() < 1e-9 ? 1 : 0;
      mean += test.shift() / 200;
    }

    // Then
    assertThat(strong).isGreaterThan(190);
    assertThat(mean).isCloseTo(shift, within(0.1));
  }

  @Test
  void shouldBeBeyondDoubtWhenValuesGoMissing() {
    // Given
    int[] window = new int[COLUMN.bins()];
    SplittableRandom random = new SplittableRandom(4);
    for (int r = 0; r < 1_000; r++) {
      float v = r % 5 == 0 ? Float.NaN : CleanModel.row(1, random)[0];
      window[COLUMN.bin(v)]++;
    }

    // When
    ColumnTest test = ColumnTest.of("f0", COLUMN, window, 1_000, DriftConfig.USUAL);

    // Then
    assertThat(test.p()).isLessThan(1e-9);
  }

  @Test
  void shouldBeBeyondDoubtWhenLabelsChangeSides() {
    // Given
    Histogram labels = BASELINE.labels();
    int[] window = new int[labels.bins()];
    window[0] = 750;
    window[1] = 250;

    // When
    ColumnTest test = ColumnTest.of("label", labels, window, 1_000, DriftConfig.USUAL);

    // Then
    assertThat(test.p()).isLessThan(1e-9);
    assertThat(test.shift()).isZero();
  }

  @Test
  void shouldSayNothingWhenTheWindowOrTheReferenceIsEmpty() {
    // When
    ColumnTest test = ColumnTest.of("f0", COLUMN, new int[COLUMN.bins()], 0, DriftConfig.USUAL);

    // Then
    assertThat(test.p()).isEqualTo(1);
  }

  private static ColumnTest test(
      Histogram column, double shift, int rows, SplittableRandom random) {
    int[] window = new int[column.bins()];
    for (int r = 0; r < rows; r++) {
      window[column.bin((float) (CleanModel.row(1, random)[0] + shift))]++;
    }
    return ColumnTest.of("f0", column, window, rows, DriftConfig.USUAL);
  }
}
