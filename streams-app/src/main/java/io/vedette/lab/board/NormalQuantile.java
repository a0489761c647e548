package io.vedette.lab.board;

/** Quantiles of the standard normal, fast: a rational approximation, relative error below 2e-9. */
final class NormalQuantile {

  /* Acklam, An algorithm for computing the inverse normal cumulative distribution function (2003) */

  private static final double[] MIDDLE = {
    -3.969683028665376e+01,
    2.209460984245205e+02,
    -2.759285104469687e+02,
    1.383577518672690e+02,
    -3.066479806614716e+01,
    2.506628277459239e+00
  };
  private static final double[] MIDDLE_BELOW = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01,
    1
  };
  private static final double[] TAIL = {
    -7.784894002430293e-03,
    -3.223964580411365e-01,
    -2.400758277161838e+00,
    -2.549732539343734e+00,
    4.374664141464968e+00,
    2.938163982698783e+00
  };
  private static final double[] TAIL_BELOW = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
  };
  private static final double EDGE = 0.02425;

  private NormalQuantile() {}

  /** The quantile at p, inside (0, 1). */
  static double at(double p) {
    if (p > 1 - EDGE) {
      return -at(1 - p);
    }
    if (p < EDGE) {
      double q = Math.sqrt(-2 * Math.log(p));
      return polynomial(TAIL, q) / polynomial(TAIL_BELOW, q);
    }
    double q = p - 0.5;
    return q * polynomial(MIDDLE, q * q) / polynomial(MIDDLE_BELOW, q * q);
  }

  private static double polynomial(double[] falling, double x) {
    double sum = 0;
    for (double c : falling) {
      sum = sum * x + c;
    }
    return sum;
  }
}
