package io.vedette.stats;

/**
 * Change-point form of a Bernoulli bet: keeps its evidence over midnight, forgets benign history.
 */
public final class ShiryaevRoberts {

  /*
   * R_t = (R_{t-1} + 1) f(h_t), R_0 = 0, averaged over the components of a BernoulliMixture [1]. The
   * bound is a run length, not a probability per day: the mean number of benign events before
   * R >= A is at least A. For entities that live long; callers reset daily instead.
   *
   * The caller holds log(1 + R) per component, so that all zero is fresh and no value underflows.
   * Cost per event: one exp and one log1p per component, no allocation; 8 bytes per component.
   * Blind spots: those of BernoulliMixture.
   *
   * [1] Shin, Ramdas, Rinaldo, E-detectors, NEJSDS 2023, https://arxiv.org/abs/2203.03532
   */

  private static final double EXACT_LIMIT = 40; // beyond it log(1 + R) equals log R in doubles

  private final BernoulliMixture bet;

  /** A detector with the factors of a bet. */
  public ShiryaevRoberts(BernoulliMixture bet) {
    this.bet = bet;
  }

  /** How many doubles the caller holds for it; all zero is fresh (R = 0). */
  public int size() {
    return bet.size();
  }

  /**
   * Takes one event into the logarithms.
   *
   * @param logs log(1 + R) of the components, from {@code offset} on; changed in place
   */
  public void update(double[] logs, int offset, boolean hit) {
    for (int j = 0; j < bet.size(); j++) {
      double logR = logs[offset + j] + bet.logFactor(j, hit);
      logs[offset + j] = logR > EXACT_LIMIT ? logR : Math.log1p(Math.exp(logR));
    }
  }

  /** Natural logarithm of the mean R; negative infinity before the first event. */
  public double logR(double[] logs, int offset) {
    double max = logs[offset];
    for (int j = 1; j < bet.size(); j++) {
      max = Math.max(max, logs[offset + j]);
    }
    if (max > EXACT_LIMIT) {
      return Fusion.logMean(logs, offset, bet.size());
    }
    double sum = 0;
    for (int j = 0; j < bet.size(); j++) {
      sum += Math.expm1(logs[offset + j]);
    }
    return Math.log(sum / bet.size());
  }
}
