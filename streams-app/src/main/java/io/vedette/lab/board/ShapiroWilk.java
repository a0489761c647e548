package io.vedette.lab.board;

/** Shapiro and Wilk's W: how straight a normal plot is, near 1 for normal samples. */
final class ShapiroWilk {

  /*
   * Royston, Remark AS R94: A remark on algorithm AS 181: the W test for normality, Applied
   * Statistics 44 (1995); weights for n > 5. Its error is below 1e-4 up to n = 5,000.
   */

  private static final double[] LAST = {0, 0.221157, -0.147981, -2.071190, 4.434685, -2.706056};
  private static final double[] SECOND = {0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633};

  private ShapiroWilk() {}

  /**
   * The statistic, 0 to 1.
   *
   * @param sorted ascending, 6 to 5,000 values; 0 when all are equal
   */
  static double w(double[] sorted) {
    int n = sorted.length;
    if (n < 6 || n > 5_000) {
      throw new IllegalArgumentException("sample size must be 6 to 5000, was " + n);
    }
    double[] a = weights(n);
    double mean = 0;
    for (double v : sorted) {
      mean += v / n;
    }
    double line = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      line += a[i] * sorted[i];
      squares += (sorted[i] - mean) * (sorted[i] - mean);
    }
    return squares <= 0 ? 0 : Math.min(1, line * line / squares);
  }

  private static double[] weights(int n) {
    double[] m = new double[n];
    double length = 0;
    for (int i = 0; i < n; i++) {
      m[i] = NormalQuantile.at((i + 1 - 0.375) / (n + 0.25));
      length += m[i] * m[i];
    }
    double root = Math.sqrt(length);
    double u = 1 / Math.sqrt(n);
    double last = m[n - 1] / root + polynomial(LAST, u);
    double second = m[n - 2] / root + polynomial(SECOND, u);
    double phi =
        (length - 2 * m[n - 1] * m[n - 1] - 2 * m[n - 2] * m[n - 2])
            / (1 - 2 * last * last - 2 * second * second);
    double[] a = new double[n];
    for (int i = 2; i < n - 2; i++) {
      a[i] = m[i] / Math.sqrt(phi);
    }
    a[n - 1] = last;
    a[0] = -last;
    a[n - 2] = second;
    a[1] = -second;
    return a;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
