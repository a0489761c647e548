package io.vedette.stats;

/** Turns a p-value into an e-value; both calibrators keep the expectation at 1 under the null. */
public final class PToE {

  /*
   * e = k p^(k-1) for 0 < k < 1, and its average over k in (0, 1):
   * e = (1 - p + p ln p) / (p (ln p)^2) [1]. With u = -ln p the average is (e^u - 1 - u) / u^2, which
   * keeps its digits near p = 1. One p-value alone reaches e = 1e4 only at p <= 1.34e-6 (k = 0.2).
   *
   * Cost: one logarithm, one exponential. A p-value of 0 counts as the smallest double.
   *
   * [1] Vovk, Wang, E-values: Calibration, combination and applications, Ann. Statist. 49 (2021)
   *     https://arxiv.org/abs/1912.06116
   */

  private static final double DEFAULT_K = 0.2;
  private static final double SERIES_LIMIT = 1e-4;
  private static final double LARGE_LIMIT = 40;

  private PToE() {}

  /** Log e-value with k = 0.2, the choice for p-values between 1e-2 and 1e-6. */
  public static double logE(double p) {
    return logE(p, DEFAULT_K);
  }

  /**
   * Log e-value.
   *
   * @param p 0..1
   * @param k inside (0, 1); smaller pays more for tiny p-values
   */
  public static double logE(double p, double k) {
    if (!(k > 0 && k < 1)) {
      throw new IllegalArgumentException("k must be inside (0, 1), was " + k);
    }
    return Math.log(k) + (1 - k) * nats(p);
  }

  /** Log e-value averaged over k: no parameter to choose, less at moderate p-values. */
  public static double logAveraged(double p) {
    double u = nats(p);
    if (u < SERIES_LIMIT) {
      return Math.log(0.5 + u / 6 + u * u / 24);
    }
    if (u > LARGE_LIMIT) {
      return u - 2 * Math.log(u);
    }
    return Math.log((Math.expm1(u) - u) / (u * u));
  }

  private static double nats(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("p must be 0 to 1, was " + p);
    }
    return -Math.log(Math.max(p, Double.MIN_VALUE));
  }
}
