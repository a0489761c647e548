package io.vedette.stats;

import org.apache.commons.math3.distribution.BetaDistribution;

/** Exact upper confidence bound of a hit rate; the source of every calibrated p0. */
public final class ClopperPearson {

  /*
   * upper = BetaInverse(level; k + 1, n - k): covers the true rate with probability >= level for
   * every n and rate [1]. Take it of the worst benign client, not of pooled rows.
   *
   * Cost: a root search of the incomplete beta function, tens of microseconds; calibration only.
   *
   * [1] Clopper, Pearson, The use of confidence or fiducial limits illustrated in the case of the
   *     binomial, Biometrika 26 (1934)
   */

  private static final double ACCURACY = 1e-14;

  private ClopperPearson() {}

  /**
   * Upper bound of the rate.
   *
   * @param k hits, from 0 to {@code n}; may be fractional after shrinkage
   * @param n trials, > 0
   * @param level confidence, inside (0, 1), such as 0.99
   * @return a rate in (0, 1]
   */
  public static double upper(double k, double n, double level) {
    if (!(n > 0 && k >= 0 && k <= n)) {
      throw new IllegalArgumentException(
          "hits must be from 0 to trials and trials > 0, were " + k + " of " + n);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be inside (0, 1), was " + level);
    }
    if (k == n) {
      return 1;
    }
    if (k == 0) {
      return -Math.expm1(Math.log1p(-level) / n);
    }
    return new BetaDistribution(null, k + 1, n - k, ACCURACY).inverseCumulativeProbability(level);
  }
}
