package io.vedette.baseline;

import java.util.List;

/** Place and scale of the columns of clean rows. */
final class FrameFit {

  private static final double ONE_UNIT = 3; // times the usual deviation, which no column exceeds
  private static final double LEAST_OF_USUAL = 0.25;
  private static final float[] UNITS = {1, 0.5f, 0.1f, 0.01f};
  private static final double NEARLY = 1e-6; // what is left of a decimal fraction in a float

  private FrameFit() {}

  /** The frame of rows that all have the same columns. */
  static Frame of(List<CleanRow> rows, List<String> names) {
    int numeric = rows.get(0).values().length;
    int dimensions = numeric + names.size();
    float[] mean = new float[dimensions];
    float[] inverse = new float[dimensions];
    double[] deviations = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      double sum = 0;
      double squares = 0;
      int n = 0;
      double first = Double.NaN;
      for (CleanRow row : rows) {
        double v =
            d < numeric
                ? row.values()[d]
                : Frame.coordinate(d - numeric, row.categories().get(d - numeric));
        if (!Double.isNaN(v)) {
          first = n == 0 ? v : first;
          sum += v - first; // shifted, so that large offsets keep their digits
          squares += (v - first) * (v - first);
          n++;
        }
      }
      double shifted = n == 0 ? 0 : sum / n;
      double variance = n < 2 ? 0 : Math.max(0, squares / n - shifted * shifted);
      mean[d] = n == 0 ? 0 : (float) (first + shifted);
      deviations[d] = Math.sqrt(variance);
    }
    double least = leastDeviation(deviations, numeric);
    for (int d = 0; d < dimensions; d++) {
      double sd = d < numeric ? Math.max(deviations[d], least) : deviations[d];
      inverse[d] = (float) (1 / (sd > 1e-9 * Math.abs(mean[d]) && sd > 0 ? sd : unit(mean[d])));
    }
    float[] units = new float[numeric];
    for (int d = 0; d < numeric; d++) {
      units[d] = unit(rows, d);
    }
    return new Frame(numeric, names, mean, inverse, units);
  }

  /** The largest of the usual units that all values of a column are multiples of, 0 for none. */
  private static float unit(List<CleanRow> rows, int column) {
    for (float unit : UNITS) {
      boolean fits = true;
      for (int r = 0; fits && r < rows.size(); r++) {
        double units = rows.get(r).values()[column] / (double) unit;
        fits =
            Double.isNaN(units)
                || Math.abs(units - Math.rint(units)) < NEARLY * (1 + Math.abs(units));
      }
      if (fits) {
        return unit;
      }
    }
    return 0;
  }

  /**
   * The least deviation that counts, 0 for tables. Pixels and embeddings have one unit, so the
   * margin of a picture, which hardly varies, must not weigh a hundred times as much as its middle.
   * Columns of different units have a root mean square that the largest of them makes.
   */
  private static double leastDeviation(double[] deviations, int numeric) {
    double squares = 0;
    double most = 0;
    for (int d = 0; d < numeric; d++) {
      squares += deviations[d] * deviations[d];
      most = Math.max(most, deviations[d]);
    }
    double usual = Math.sqrt(squares / numeric);
    return numeric > Manifold.MOST_DIRECT && most <= ONE_UNIT * usual ? LEAST_OF_USUAL * usual : 0;
  }

  /** Scale of a column that never varied: a tenth of its size. */
  static double unit(double mean) {
    return Math.max(0.1 * Math.abs(mean), 0.1);
  }
}
