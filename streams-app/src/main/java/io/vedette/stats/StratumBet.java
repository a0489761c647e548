package io.vedette.stats;

/**
 * A bet that two yes-no facts of one key go together, from some stratum of trials on that nobody
 * knows; the caller holds the capital.
 */
public final class StratumBet {

  /*
   * Method. Trials come in strata of a few in a row. If within a stratum the second fact does not
   * depend on the first, and its rate does not change, then given how often each fact holds the
   * number of trials with both is hypergeometric [1]. The factor of a stratum is the likelihood
   * ratio of Fisher's noncentral hypergeometric distribution with odds w to that, so its expectation
   * is one whatever the rates are, and products of factors are e-values [2]. Rates may change from
   * stratum to stratum: what only moves together over time is no evidence. Started anew at every
   * stratum with the stakes of RestartedMixture, for four odds.
   *
   * Cost per stratum: four sums of ten terms at most. Capital: four doubles.
   *
   * [1] Fisher 1935, The logic of inductive inference; Cochran 1954, Some methods for strengthening
   *     the common chi-square tests. [2] Grunwald, de Heide, Koolen: Safe testing, JRSS B 2024,
   *     https://arxiv.org/abs/1906.07801
   */

  /** Doubles of capital that the caller holds. */
  public static final int SIZE = 4;

  /** Most trials of a stratum. */
  public static final int MOST_TRIALS = 32;

  private static final double[] ODDS = {4, 16, 64, 256};
  private static final double MOST = 1e200;

  private StratumBet() {}

  /**
   * Takes one stratum.
   *
   * @param capital the caller's array
   * @param at where this bet's {@link #SIZE} numbers stand, zero at first
   * @param step number of this stratum, from 1
   * @param n trials, 1..32
   * @param first trials in which the first fact holds
   * @param second trials in which the second fact holds
   * @param both trials in which both hold
   */
  public static void update(
      double[] capital, int at, long step, int n, int first, int second, int both) {
    double stake = RestartedMixture.stake(step);
    for (int i = 0; i < SIZE; i++) {
      double now = (capital[at + i] + stake) * factor(ODDS[i], n, first, second, both);
      capital[at + i] = Math.min(MOST, now);
    }
  }

  /** Evidence after {@code step} strata: the e-value, at most 1e200. */
  public static double evidence(double[] capital, int at, long step) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += capital[at + i];
    }
    return sum / SIZE + (step == 0 ? 1 : 0.5 / step);
  }

  /**
   * Likelihood ratio of one stratum, for odds against independence.
   *
   * @throws IllegalArgumentException when no stratum can have these counts
   */
  static double factor(double odds, int n, int first, int second, int both) {
    int least = Math.max(0, first + second - n);
    int most = Math.min(first, second);
    if (n < 1 || n > MOST_TRIALS || first > n || second > n || both < least || both > most) {
      throw new IllegalArgumentException(
          "both must be from %d to %d for %d and %d of %d trials (1..%d), was %d"
              .formatted(least, most, first, second, n, MOST_TRIALS, both));
    }
    // Terms of the two distributions, as multiples of the first one's.
    double term = 1;
    double weight = 1;
    double independent = 0;
    double dependent = 0;
    double seen = 1;
    for (int k = least; k <= most; k++) {
      independent += term;
      dependent += term * weight;
      seen = k == both ? weight : seen;
      weight *= odds;
      term *= (double) (first - k) * (second - k) / ((k + 1.0) * (n - first - second + k + 1));
    }
    return seen * independent / dependent;
  }
}
