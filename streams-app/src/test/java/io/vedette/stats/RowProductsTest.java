package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowProductsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 8, 11})
  void shouldAddEachRowsSumFromLeftToRightWhenRowsAreTakenTogether(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    for (int columns : new int[] {0, 1, 7, 40}) {
      // Given
      float[] matrix = numbers(rows * columns, random);
      float[] x = numbers(columns + 2, random);
      float[] target = numbers(rows, random);
      float[] expected = target.clone();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          expected[i] += matrix[i * columns + j] * x[j];
        }
      }

      // When
      RowProducts.add(matrix, columns, x, target);

      // Then
      assertThat(target).containsExactly(expected);
    }
  }

  private static float[] numbers(int count, SplittableRandom random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }
}
