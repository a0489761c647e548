package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnMatrixTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 8, 11})
  void shouldAddEachRowsSumFromLeftToRightWhenColumnsAreTakenTogether(int rows) {
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
      float[] other = target.clone();
      ColumnMatrix.ofRows(matrix, rows).addProduct(x, target);
      ColumnMatrix.ofColumns(transposed(matrix, rows), rows).addProduct(x, other);

      // Then
      assertThat(target).containsExactly(expected);
      assertThat(other).containsExactly(expected);
    }
  }

  @Test
  void shouldRefuseWhatFitsNoMatrixOrTarget() {
    // When / Then
    assertThatThrownBy(() -> ColumnMatrix.ofRows(new float[7], 2))
        .hasMessage("values must fill 2 rows, at least one, were 7");
    assertThatThrownBy(
            () -> ColumnMatrix.ofRows(new float[6], 2).addProduct(new float[3], new float[3]))
        .hasMessage("target must hold 2 numbers, held 3");
  }

  private static float[] transposed(float[] matrix, int rows) {
    float[] columns = new float[matrix.length];
    int n = matrix.length / rows;
    for (int i = 0; i < matrix.length; i++) {
      columns[i % n * rows + i / n] = matrix[i];
    }
    return columns;
  }

  private static float[] numbers(int count, SplittableRandom random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }
}
