package io.vedette.stats;

/**
 * A matrix that lies column by column in memory, and its product with a vector.
 *
 * <p>Sums of several rows grow side by side, which a processor adds at once; each of them is still
 * added from left to right, so that it has the same bits everywhere.
 */
public final class ColumnMatrix {

  private static final int AT_ONCE = 4; // columns; with more, the compiler gives up its vectors

  private final int rows;
  private final float[][] columns;

  private ColumnMatrix(int count, int rows) {
    if (rows < 1 || count % rows != 0) {
      throw new IllegalArgumentException(
          "values must fill " + rows + " rows, at least one, were " + count);
    }
    this.rows = rows;
    this.columns = new float[count / rows][rows];
  }

  /** Copies a matrix whose rows lie one after the other. */
  public static ColumnMatrix ofRows(float[] values, int rows) {
    ColumnMatrix matrix = new ColumnMatrix(values.length, rows);
    float[][] columns = matrix.columns;
    for (int i = 0; i < values.length; i++) {
      columns[i % columns.length][i / columns.length] = values[i];
    }
    return matrix;
  }

  /** Copies a matrix whose columns lie one after the other. */
  public static ColumnMatrix ofColumns(float[] values, int rows) {
    ColumnMatrix matrix = new ColumnMatrix(values.length, rows);
    for (int i = 0; i < values.length; i++) {
      matrix.columns[i / rows][i % rows] = values[i];
    }
    return matrix;
  }

  /**
   * Adds the product to what the target holds: {@code target[i] += sum_j matrix[i][j] * x[j]}, each
   * sum from left to right.
   *
   * @param x at least as many numbers as columns
   * @param target {@code float[rows]}
   */
  public void addProduct(float[] x, float[] target) {
    if (target.length != rows) {
      throw new IllegalArgumentException(
          "target must hold " + rows + " numbers, held " + target.length);
    }
    int j = 0;
    for (; j + AT_ONCE <= columns.length; j += AT_ONCE) {
      add(
          columns[j],
          x[j],
          columns[j + 1],
          x[j + 1],
          columns[j + 2],
          x[j + 2],
          columns[j + 3],
          x[j + 3],
          target);
    }
    for (; j < columns.length; j++) {
      float[] column = columns[j];
      float value = x[j];
      for (int i = 0; i < target.length; i++) {
        target[i] += column[i] * value;
      }
    }
  }

  // All arrays are read at the same place, so that the compiler need not know them to be different.
  private static void add(
      float[] a, float p, float[] b, float q, float[] c, float r, float[] d, float s, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = to[i] + a[i] * p + b[i] * q + c[i] * r + d[i] * s;
    }
  }
}
