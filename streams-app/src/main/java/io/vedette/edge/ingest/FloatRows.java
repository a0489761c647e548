package io.vedette.edge.ingest;

import java.util.Arrays;

/** A growable matrix of floats, reused from line to line; not thread-safe. */
final class FloatRows {

  static final int MAX_VALUES = 1 << 20; // rows * columns of one line

  private float[] values = new float[256];
  private int size;
  private int rows;
  private int columns;
  private boolean nested;

  void clear() {
    size = 0;
    rows = 0;
    columns = 0;
    nested = false;
  }

  /** False when the matrix is full. */
  boolean add(float value) {
    if (size == values.length) {
      if (size >= MAX_VALUES) {
        return false;
      }
      values = Arrays.copyOf(values, Math.min(MAX_VALUES, size * 2));
    }
    values[size++] = value;
    return true;
  }

  /** Ends a row of a list of rows; false when it is not as long as the first one. */
  boolean endRow() {
    int start = rows * columns;
    if (rows == 0) {
      columns = size;
    }
    rows++;
    nested = true;
    return size - start == columns;
  }

  /** Ends a flat list: one row. */
  void endFlat() {
    rows = 1;
    columns = size;
  }

  /** True when the values came as a list of rows. */
  boolean nested() {
    return nested;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** A copy of all values, row-major. */
  float[] copy() {
    return Arrays.copyOf(values, size);
  }

  /** A copy of one row. */
  float[] copyRow(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }
}
