package io.vedette.stats;

/**
 * A bet that hits come more often than a benign key may have them, from some step on that nobody
 * knows; the caller holds the capital.
 */
public final class RestartedMixture {

  /*
   * Method. A Bernoulli e-process that starts betting at step s is an e-process; so is any average
   * of them over s with weights that sum to one [1, 2]. We take w_1 = 1/2 and w_s = 1/(2 s (s-1)),
   * and keep the sum of the started ones with one recursion per alternative rate,
   *
   *   R_t = (R_{t-1} + w_t) f(h_t),   E_t = mean_j R_{t,j} + (1 - w_1 - ... - w_t),
   *
   *   f_j(1) = p1_j / p0,  f_j(0) = (1 - p1_j) / (1 - p0),  p1_j = min(0.9, m_j p0).
   *
   * An attack after s benign steps thus costs a factor of 2 s (s-1), not the product of s losses.
   * P(sup E >= 1/alpha) <= alpha while each step's hit probability, given the past, is <= p0.
   * The capital is kept as such, not as a logarithm, and never exceeds 1e200; a lower capital is
   * still a valid one.
   *
   * Cost: two multiplications and an addition per alternative, no allocation; 8 bytes each.
   *
   * [1] Ville 1939. [2] Shin, Ramdas, Rinaldo: E-detectors, 2022, https://arxiv.org/abs/2203.03532
   */

  private static final double CAP = 0.9;
  private static final double MOST = 1e200;
  private static final int MOST_MISSES = 4096;
  private static final int STRIDE = 16;
  private static final int KNOWN = 512; // misses whose capital is kept, every 16th

  private final double p0;
  private final double[] hit;
  private final double[] miss;
  private final double[] missed; // double[KNOWN / STRIDE][size], after so many misses

  /**
   * A bet against rates of at most {@code p0}.
   *
   * @param p0 largest benign rate, above 0 and below 0.9
   * @param multipliers alternatives as multiples of p0, each above 1
   */
  public RestartedMixture(double p0, double... multipliers) {
    if (!(p0 > 0 && p0 < CAP)) {
      throw new IllegalArgumentException("p0 must be above 0 and below 0.9, was " + p0);
    }
    this.p0 = p0;
    this.hit = new double[multipliers.length];
    this.miss = new double[multipliers.length];
    for (int j = 0; j < multipliers.length; j++) {
      double p1 = Math.max(p0, Math.min(CAP, multipliers[j] * p0));
      hit[j] = p1 / p0;
      miss[j] = (1 - p1) / (1 - p0);
    }
    this.missed = new double[KNOWN / STRIDE * miss.length];
    double[] capital = new double[miss.length];
    for (int step = 1; step <= KNOWN; step++) {
      update(capital, 0, step, false);
      if (step % STRIDE == 0) {
        System.arraycopy(capital, 0, missed, (step / STRIDE - 1) * miss.length, miss.length);
      }
    }
  }

  /** What is staked on a change at a step, from 1; all stakes sum to one. */
  static double stake(long step) {
    return step <= 1 ? 0.5 : 0.5 / ((double) step * (step - 1));
  }

  /** The benign rate that is bet against. */
  public double p0() {
    return p0;
  }

  /** Doubles of capital that the caller holds. */
  public int size() {
    return hit.length;
  }

  /**
   * Takes one step.
   *
   * @param capital the caller's array
   * @param offset where this bet's {@link #size()} numbers stand, zero at first
   * @param step number of this step, from 1
   * @param isHit whether it was a hit
   */
  public void update(double[] capital, int offset, long step, boolean isHit) {
    double w = stake(step);
    double[] factors = isHit ? hit : miss;
    for (int j = 0; j < factors.length; j++) {
      double r = (capital[offset + j] + w) * factors[j];
      capital[offset + j] = r < MOST ? r : MOST;
    }
  }

  /**
   * Takes steps 1 to {@code last} as misses, as for a key that is looked at for the first time when
   * it hits. Bets that started more than 4096 steps before are left out: what they lost is lost,
   * and a lower capital is still a valid one.
   *
   * @param capital the caller's array, zero where this bet's numbers stand
   */
  public void misses(double[] capital, int offset, long last) {
    long step = last - MOST_MISSES;
    if (step <= 0) {
      int known = (int) Math.min(last, KNOWN) / STRIDE;
      step = (long) known * STRIDE;
      if (known > 0) {
        System.arraycopy(missed, (known - 1) * size(), capital, offset, size());
      }
    }
    while (step < last) {
      step++;
      update(capital, offset, step, false);
    }
  }

  /** Evidence after {@code step} steps: the e-value, at most 1e200. */
  public double evidence(double[] capital, int offset, long step) {
    double sum = 0;
    for (int j = 0; j < hit.length; j++) {
      sum += capital[offset + j];
    }
    return sum / hit.length + (step == 0 ? 1 : 0.5 / step);
  }
}
