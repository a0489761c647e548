package io.vedette.stats;

/** Bets that hits come more often than a benign key may have them; the caller holds the capital. */
public final class BernoulliMixture {

  /*
   * E = mean over j of prod f_j(h), f_j(1) = p1_j / p0, f_j(0) = (1 - p1_j) / (1 - p0), with
   * p1_j = min(0.9, m_j p0) and never below p0. Every p1_j >= p0, so E is a test supermartingale for
   * "hit rate <= p0 at each step given the past", and P(sup E >= 1/alpha) <= alpha for any number of
   * steps [1, 2]. The order of hits does not matter.
   *
   * Cost per event: J additions, no logarithm, no allocation; 8 bytes per component. Reading E costs
   * J exponentials and one logarithm.
   * Blind spots: retries and copied rows break the null (remove exact repeats first); a p0 below what
   * calibration supports voids the bound (ClopperPearson).
   *
   * [1] Ville, Etude critique de la notion de collectif, 1939
   * [2] Ramdas et al., Game-theoretic statistics and safe anytime-valid inference, 2023
   *     https://arxiv.org/abs/2210.01948
   */

  private static final double CAP = 0.9;
  private static final double[] DEFAULT_MULTIPLIERS = {2, 4, 8, 16};

  private final double p0;
  private final double[] logHit;
  private final double[] logMiss;

  private BernoulliMixture(double p0, double[] rates) {
    this.p0 = p0;
    this.logHit = new double[rates.length];
    this.logMiss = new double[rates.length];
    for (int j = 0; j < rates.length; j++) {
      if (rates[j] > p0) { // else no bet: both factors stay 1
        logHit[j] = Math.log(rates[j] / p0);
        logMiss[j] = Math.log1p(-rates[j]) - Math.log1p(-p0);
      }
    }
  }

  /**
   * A mixture with the multipliers 2, 4, 8 and 16.
   *
   * @param p0 largest hit rate of a benign key, above 0 up to 1; from 0.9 on it never bets
   */
  public static BernoulliMixture of(double p0) {
    return of(p0, DEFAULT_MULTIPLIERS);
  }

  /**
   * A mixture over the rates {@code min(0.9, multiplier * p0)}.
   *
   * @param p0 largest hit rate of a benign key, above 0 up to 1; from 0.9 on it never bets
   * @param multipliers at least one, each >= 1
   */
  public static BernoulliMixture of(double p0, double... multipliers) {
    checkNull(p0, multipliers.length);
    double[] rates = new double[multipliers.length];
    for (int j = 0; j < rates.length; j++) {
      if (!(multipliers[j] >= 1)) {
        throw new IllegalArgumentException("multiplier must be >= 1, was " + multipliers[j]);
      }
      rates[j] = Math.max(p0, Math.min(CAP, multipliers[j] * p0));
    }
    return new BernoulliMixture(p0, rates);
  }

  /**
   * A mixture over given alternative rates.
   *
   * @param p0 largest hit rate of a benign key, above 0 and below 1
   * @param rates at least one, each from p0 to below 1
   */
  public static BernoulliMixture ofRates(double p0, double... rates) {
    checkNull(p0, rates.length);
    for (double rate : rates) {
      if (!(rate >= p0 && rate < 1)) {
        throw new IllegalArgumentException(
            "rate must be from p0 = " + p0 + " to below 1, was " + rate);
      }
    }
    return new BernoulliMixture(p0, rates);
  }

  private static void checkNull(double p0, int components) {
    if (!(p0 > 0 && p0 <= 1)) {
      throw new IllegalArgumentException("p0 must be above 0 up to 1, was " + p0);
    }
    if (components == 0) {
      throw new IllegalArgumentException("a mixture needs at least 1 component, had 0");
    }
  }

  /** Largest hit rate of a benign key. */
  public double p0() {
    return p0;
  }

  /** How many doubles the caller holds for it; all zero is a fresh ledger (E = 1). */
  public int size() {
    return logHit.length;
  }

  /**
   * Takes one event into the logarithms.
   *
   * @param logs natural logarithms of the components, from {@code offset} on; changed in place
   */
  public void update(double[] logs, int offset, boolean hit) {
    double[] factors = hit ? logHit : logMiss;
    for (int j = 0; j < factors.length; j++) {
      logs[offset + j] += factors[j];
    }
  }

  /** Natural logarithm of the e-value. */
  public double logE(double[] logs, int offset) {
    return Fusion.logMean(logs, offset, logHit.length);
  }

  double logFactor(int component, boolean hit) {
    return hit ? logHit[component] : logMiss[component];
  }
}
