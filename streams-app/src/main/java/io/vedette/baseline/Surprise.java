package io.vedette.baseline;

import io.vedette.core.Payload;
import java.util.List;

/** The surprise of a row: sum over its columns of minus the log of their clean density, nats. */
public final class Surprise {

  private Surprise() {}

  /**
   * Surprise of one row of a payload that fits the columns' frame.
   *
   * @param bins target: the bin of each column, {@code int[columns.size()]}
   */
  public static float of(Payload.Features features, int row, List<Histogram> columns, int[] bins) {
    float sum = 0;
    int numeric = features.columns();
    int base = row * numeric;
    float[] values = features.values();
    for (int d = 0; d < numeric; d++) {
      Histogram column = columns.get(d);
      int bin = column.bin(values[base + d]);
      bins[d] = bin;
      sum += column.surprise(bin);
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
}
