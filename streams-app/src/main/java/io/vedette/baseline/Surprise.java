package io.vedette.baseline;

import io.vedette.core.Payload;
import java.util.List;

/**
 * The surprise of a row: sum over its columns of minus the log of their clean density, nats.
 *
 * <p>The numeric columns' bins lie in arrays one after the other, because rows of pictures visit
 * hundreds of them.
 */
public final class Surprise {

  private final List<Histogram> columns;
  private final int[] stepsFrom; // int[columns + 1]
  private final float[] steps;
  private final int[] natsFrom; // int[columns]
  private final float[] nats;

  /** Of rows with these columns. */
  public Surprise(List<Histogram> columns) {
    this.columns = columns;
    int count = columns.size();
    stepsFrom = new int[count + 1];
    natsFrom = new int[count + 1];
    for (int c = 0; c < count; c++) {
      Histogram column = columns.get(c);
      stepsFrom[c + 1] = stepsFrom[c] + column.steps().length;
      natsFrom[c + 1] = natsFrom[c] + column.bins();
    }
    steps = new float[stepsFrom[count]];
    nats = new float[natsFrom[count]];
    for (int c = 0; c < count; c++) {
      Histogram column = columns.get(c);
      System.arraycopy(column.steps(), 0, steps, stepsFrom[c], column.steps().length);
      for (int bin = 0; bin < column.bins(); bin++) {
        nats[natsFrom[c] + bin] = column.surprise(bin);
      }
    }
  }

  /**
   * Surprise of one row of a payload that fits the columns' frame.
   *
   * @param bins target: the bin of each column, {@code int[columns]}
   */
  public float of(Payload.Features features, int row, int[] bins) {
    float sum = 0;
    int numeric = features.columns();
    int base = row * numeric;
    float[] values = features.values();
    for (int d = 0; d < numeric; d++) {
      int bin = bin(d, values[base + d]);
      bins[d] = bin;
      sum += nats[natsFrom[d] + bin];
    }
    for (int c = 0; c < features.categorical().size(); c++) {
      String value = features.categorical().get(c).values().get(row);
      Histogram column = columns.get(numeric + c);
      int bin = value.isEmpty() ? column.missingBin() : column.bin(Hashes.category(value));
      bins[numeric + c] = bin;
      sum += column.surprise(bin);
    }
    return sum;
  }

  /** As {@link Histogram#bin(float)}. */
  private int bin(int column, float value) {
    if (Float.isNaN(value)) {
      return natsFrom[column + 1] - natsFrom[column] - 1;
    }
    int from = stepsFrom[column];
    int low = 0;
    for (int half = (stepsFrom[column + 1] - from) >> 1; half > 0; half >>= 1) {
      low += value >= steps[from + low + half - 1] ? half : 0;
    }
    return low;
  }
}
