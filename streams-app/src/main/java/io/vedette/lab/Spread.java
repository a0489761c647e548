package io.vedette.lab;

import java.util.Arrays;
import java.util.List;

/**
 * Place and scale of each feature, as somebody who has seen some rows knows them.
 *
 * @param mean {@code float[d]}
 * @param sd standard deviations, {@code float[d]}, never 0
 * @param min {@code float[d]}
 * @param max {@code float[d]}
 */
public record Spread(float[] mean, float[] sd, float[] min, float[] max) {

  /** The spread of rows, at least one; a constant feature gets the deviation 1. */
  static Spread of(List<Row> rows) {
    int d = rows.get(0).x().length;
    double[] sum = new double[d];
    double[] squares = new double[d];
    float[] min = new float[d];
    float[] max = new float[d];
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    for (Row row : rows) {
      for (int i = 0; i < d; i++) {
        sum[i] += row.x()[i];
        min[i] = Math.min(min[i], row.x()[i]);
        max[i] = Math.max(max[i], row.x()[i]);
      }
    }
    for (Row row : rows) {
      for (int i = 0; i < d; i++) {
        double diff = row.x()[i] - sum[i] / rows.size();
        squares[i] += diff * diff;
      }
    }
    float[] mean = new float[d];
    float[] sd = new float[d];
    for (int i = 0; i < d; i++) {
      mean[i] = (float) (sum[i] / rows.size());
      double deviation = Math.sqrt(squares[i] / rows.size());
      sd[i] = deviation > 1e-9 ? (float) deviation : 1f;
    }
    return new Spread(mean, sd, min, max);
  }

  /** The row in standard deviations from the mean, {@code double[d]}; 0 where it is missing. */
  double[] standardise(float[] x) {
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = Float.isNaN(x[i]) ? 0 : (x[i] - mean[i]) / sd[i];
    }
    return z;
  }
}
