package io.vedette.stats;

/**
 * Confidence interval of a rate that stays sensible near 0 and 1; for display, not for a p0.
 *
 * @param low lower bound, 0..1
 * @param high upper bound, 0..1
 */
public record WilsonInterval(double low, double high) {

  /*
   * Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
   * Coverage is the level on average over rates, not for each: a calibrated p0 takes ClopperPearson.
   * Cost: one square root.
   */

  private static final double Z95 = 1.959963984540054;

  /**
   * The 95% interval.
   *
   * @param k hits, 0 to {@code n}
   * @param n trials, >= 1
   */
  public static WilsonInterval of95(long k, long n) {
    if (n < 1 || k < 0 || k > n) {
      throw new IllegalArgumentException(
          "hits must be from 0 to trials and trials >= 1, were " + k + " of " + n);
    }
    double rate = (double) k / n;
    double square = Z95 * Z95 / n;
    double centre = rate + square / 2;
    double half = Z95 * Math.sqrt(rate * (1 - rate) / n + square / (4.0 * n));
    double low = k == 0 ? 0 : Math.max(0, (centre - half) / (1 + square));
    double high = k == n ? 1 : Math.min(1, (centre + half) / (1 + square));
    return new WilsonInterval(low, high);
  }
}
