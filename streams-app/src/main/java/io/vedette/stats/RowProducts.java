package io.vedette.stats;

/** The product of a matrix that lies row by row in an array and a vector. */
public final class RowProducts {

  private RowProducts() {}

  /**
   * Adds the products to what the target holds: {@code target[i] += sum_j matrix[i][j] * x[j]},
   * each sum from left to right.
   *
   * @param matrix {@code float[target.length * columns]}
   * @param x at least {@code columns} numbers
   */
  public static void add(float[] matrix, int columns, float[] x, float[] target) {
    int rows = target.length;
    int row = 0;
    // Four rows at once: independent sums keep the floating-point pipeline full.
    for (; row + 4 <= rows; row += 4) {
      int at0 = row * columns;
      int at1 = at0 + columns;
      int at2 = at1 + columns;
      int at3 = at2 + columns;
      float sum0 = target[row];
      float sum1 = target[row + 1];
      float sum2 = target[row + 2];
      float sum3 = target[row + 3];
      for (int i = 0; i < columns; i++) {
        float value = x[i];
        sum0 += matrix[at0 + i] * value;
        sum1 += matrix[at1 + i] * value;
        sum2 += matrix[at2 + i] * value;
        sum3 += matrix[at3 + i] * value;
      }
      target[row] = sum0;
      target[row + 1] = sum1;
      target[row + 2] = sum2;
      target[row + 3] = sum3;
    }
    for (; row < rows; row++) {
      int at = row * columns;
      float sum = target[row];
      for (int i = 0; i < columns; i++) {
        sum += matrix[at + i] * x[i];
      }
      target[row] = sum;
    }
  }
}
