package io.vedette.stats;

/**
 * Bets that categories do not come in their reference shares; learns the alternative as it goes.
 */
public final class DirichletPlugIn {

  /*
   * E *= q_t(x) / pi0(x), q_t(x) = (c_x + a pi0(x)) / (t - 1 + a), c the counts before this event: a
   * test martingale for the exact null pi0 [1].
   *
   * Cost per event: one logarithm, no allocation; the caller holds one int per category and one for
   * the total.
   * Blind spots: an estimated pi0 is not an exact null, so estimate it from far more data than the
   * stream will see; clustered rows break independence, so feed one row per client and pane.
   *
   * [1] Krichevsky, Trofimov, The performance of universal encoding, IEEE Trans. IT 27 (1981)
   */

  private static final double SUM_TOLERANCE = 1e-6;

  private final double[] shares;
  private final double strength;

  /**
   * A bet against the given shares.
   *
   * @param shares pi0, each > 0, sum 1; copied
   * @param strength a, prior events, > 0
   */
  public DirichletPlugIn(double[] shares, double strength) {
    double sum = 0;
    for (double share : shares) {
      if (!(share > 0)) {
        throw new IllegalArgumentException("share must be > 0, was " + share);
      }
      sum += share;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE || !(strength > 0)) {
      throw new IllegalArgumentException(
          "shares must sum to 1 and strength be > 0, were " + sum + " and " + strength);
    }
    this.shares = shares.clone();
    this.strength = strength;
  }

  /** How many ints the caller holds: one per category, then the total; all zero is fresh. */
  public int size() {
    return shares.length + 1;
  }

  /**
   * Counts one event and gives its log factor.
   *
   * @param counts from {@code offset} on, changed in place
   * @param category 0 to the number of categories - 1
   */
  public double update(int[] counts, int offset, int category) {
    if (category < 0 || category >= shares.length) {
      throw new IllegalArgumentException(
          "category must be 0 to " + (shares.length - 1) + ", was " + category);
    }
    int total = counts[offset + shares.length]++;
    int before = counts[offset + category]++;
    double share = shares[category];
    return Math.log((before + strength * share) / ((total + strength) * share));
  }
}
