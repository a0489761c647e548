package io.vedette.stats;

import org.apache.commons.math3.special.Beta;

/** Evidence that a rate differs from, or exceeds, a bound when the alternative is unknown. */
public final class BetaContest {

  /*
   * Point null q0, closed form: E = B(a+k, b+n-k) / B(a,b) / (q0^k (1-q0)^(n-k)), the beta mixture
   * of likelihood ratios; valid for "rate = q0" only [1].
   * Composite null "rate <= q0", plug-in: factor q_t/q0 or (1-q_t)/(1-q0) with
   * q_t = max(q0, (a + k) / (a + b + n)) of the past only [2].
   * What counts as a hit must be fixed before the count starts.
   *
   * Cost: closed form two log-beta values; plug-in one logarithm per event; the caller holds k, n and
   * log E.
   *
   * [1] Robbins, Statistical methods related to the law of the iterated logarithm, 1970
   * [2] Wald, Sequential analysis, 1947, section 10.10 (estimates of the past as alternative)
   */

  private final double q0;
  private final double a;
  private final double b;

  /**
   * A contest.
   *
   * @param q0 rate under the null, inside (0, 1)
   * @param a prior hits, > 0
   * @param b prior misses, > 0
   */
  public BetaContest(double q0, double a, double b) {
    if (!(q0 > 0 && q0 < 1 && a > 0 && b > 0)) {
      throw new IllegalArgumentException(
          "q0 must be inside (0, 1), a and b > 0, were " + (q0 + ", " + a + ", " + b));
    }
    this.q0 = q0;
    this.a = a;
    this.b = b;
  }

  /**
   * Log e-value against "rate = q0" from the totals.
   *
   * @param k hits, 0 to {@code n}
   * @param n events
   */
  public double logE(long k, long n) {
    if (k < 0 || k > n) {
      throw new IllegalArgumentException("hits must be from 0 to " + n + ", were " + k);
    }
    return Beta.logBeta(a + k, b + n - k)
        - Beta.logBeta(a, b)
        - k * Math.log(q0)
        - (n - k) * Math.log1p(-q0);
  }

  /**
   * Log factor of the next event against "rate <= q0"; add it to the ledger, then count the event.
   *
   * @param k hits before this event
   * @param n events before this event
   */
  public double logFactor(long k, long n, boolean hit) {
    double q = Math.max(q0, (a + k) / (a + b + n));
    return hit ? Math.log(q / q0) : Math.log1p(-q) - Math.log1p(-q0);
  }
}
