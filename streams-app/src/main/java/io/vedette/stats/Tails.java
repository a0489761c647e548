package io.vedette.stats;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;

/** Upper tail probabilities with full relative accuracy, far out as well. */
public final class Tails {

  /*
   * The noncentral chi-square tail is the Poisson mixture sum_j Pois(j; ncp/2) Q(df/2 + j, x/2). The
   * sum runs over the window where its terms live: around the Poisson mode ncp/2 and around
   * sqrt(ncp x)/2, where the product of a far tail peaks, 12 standard deviations either way; all
   * terms are positive and Q follows its upward recurrence, so nothing cancels. Relative error about
   * 1e-9 for ncp up to 1e4 (checked in the tests).
   *
   * Cost: microseconds; the mixture O(sqrt(ncp)) terms. For windows, not for events.
   *
   * [1] Ding, Algorithm AS 275: Computing the non-central chi-squared distribution function, 1992
   * [2] Marsaglia, Tsang, Wang, Evaluating Kolmogorov's distribution, J. Stat. Software 8 (2003)
   */

  private static final double WINDOW_SD = 12;
  private static final double WINDOW_EXTRA = 40;
  // The root of X is a Lipschitz function of normals, so beyond t sd its tail is under exp(-t^2/2).
  private static final double UNDERFLOW_SD = 39;
  private static final double TERM_LIMIT = 1e-20;

  private Tails() {}

  /** P(Z >= z) of a standard normal. */
  public static double normal(double z) {
    return 0.5 * Erf.erfc(z / Math.sqrt(2));
  }

  /** P(T >= t) of Student's t with {@code df} > 0 degrees of freedom. */
  public static double student(double t, double df) {
    return new TDistribution(null, df).cumulativeProbability(-t);
  }

  /** P(X >= x) of chi-square with {@code df} > 0 degrees of freedom; 1 for not-a-number. */
  public static double chiSquare(double x, double df) {
    if (!(x > 0)) {
      return 1;
    }
    return Double.isInfinite(x) ? 0 : Gamma.regularizedGammaQ(df / 2, x / 2);
  }

  /** P(N > k) of a Poisson count with mean {@code mean} > 0. */
  public static double poisson(long k, double mean) {
    return k < 0 ? 1 : Gamma.regularizedGammaP(k + 1.0, mean);
  }

  /** P(K >= k) of {@code n} trials with success rate {@code p}. */
  public static double binomial(int k, int n, double p) {
    return k <= 0 ? 1 : 1 - new BinomialDistribution(null, n, p).cumulativeProbability(k - 1);
  }

  /** Limit tail of the Kolmogorov statistic, P(sqrt(n) D >= x) for large n. */
  public static double kolmogorov(double x) {
    if (!(x > 0)) {
      return 1;
    }
    double sum = 0;
    if (x < 1) { // the theta-transformed series converges fast here
      double factor = -Math.PI * Math.PI / (8 * x * x);
      for (int k = 1; k < 40; k += 2) {
        sum += Math.exp(factor * k * k);
      }
      return 1 - Math.sqrt(2 * Math.PI) / x * sum;
    }
    for (int k = 1; k < 40; k++) {
      double term = 2 * Math.exp(-2 * x * x * k * k);
      sum += k % 2 == 1 ? term : -term;
      if (term < TERM_LIMIT * sum) {
        break;
      }
    }
    return sum;
  }

  /**
   * P(X >= x) of noncentral chi-square; 1 for not-a-number.
   *
   * @param df degrees of freedom, > 0
   * @param ncp noncentrality, >= 0
   */
  public static double noncentralChiSquare(double x, double df, double ncp) {
    if (!(df > 0 && ncp >= 0)) {
      throw new IllegalArgumentException("df must be > 0, ncp >= 0, were " + df + ", " + ncp);
    }
    if (!(x > 0)) {
      return 1;
    }
    if (Math.sqrt(x) > Math.sqrt(df + ncp) + UNDERFLOW_SD) { // also keeps the sum short
      return 0;
    }
    if (ncp == 0) {
      return chiSquare(x, df);
    }
    return poissonMixture(x, df, ncp);
  }

  private static double poissonMixture(double x, double df, double ncp) {
    double mean = ncp / 2;
    double peak = Math.max(mean, Math.sqrt(ncp * x) / 2);
    long first = (long) Math.max(0, mean - WINDOW_SD * Math.sqrt(mean) - WINDOW_EXTRA);
    long last = (long) (peak + WINDOW_SD * Math.sqrt(peak) + WINDOW_EXTRA);
    double half = x / 2;
    double logHalf = Math.log(half);
    double logMean = Math.log(mean);
    double shape = df / 2 + first;
    double logWeight = first * logMean - mean - Gamma.logGamma(first + 1.0);
    double logStep = shape * logHalf - half - Gamma.logGamma(shape + 1); // Q(a+1) - Q(a)
    double tail = Gamma.regularizedGammaQ(shape, half);
    double sum = 0;
    for (long j = first; j <= last; j++) {
      sum += Math.exp(logWeight) * tail;
      tail += Math.exp(logStep);
      shape++;
      logStep += logHalf - Math.log(shape);
      logWeight += logMean - Math.log(j + 1.0);
    }
    return Math.min(1, sum);
  }
}
