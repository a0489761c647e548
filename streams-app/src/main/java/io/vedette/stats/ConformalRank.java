package io.vedette.stats;

import java.util.Arrays;

/** Ranks a statistic among the same statistic of benign clients: a p-value without a model. */
public final class ConformalRank {

  /*
   * p = (1 + #{benign T >= T_obs}) / (N + 1): P(p <= x) <= x when the client is exchangeable with the
   * benign ones [1]. Never below 1 / (N + 1). p-values that share one calibration set are dependent:
   * average their e-values, or multiply those of `bounded`, which adds the DKW error.
   *
   * Cost: one binary search; 8 N bytes, shared by all keys.
   * Blind spot: calibrate on clients, not on pooled rows, or every unusual tenant is flagged.
   *
   * [1] Vovk, Gammerman, Shafer, Algorithmic Learning in a Random World, 2005
   * [2] Massart, The tight constant in the DKW inequality, Ann. Probab. 18 (1990)
   */

  private final double[] sorted;

  /**
   * Ranks among the given values.
   *
   * @param benign statistic of each benign client, at least one, no NaN; copied
   */
  public ConformalRank(double[] benign) {
    if (benign.length == 0) {
      throw new IllegalArgumentException("calibration needs at least 1 value, had 0");
    }
    this.sorted = benign.clone();
    Arrays.sort(sorted);
    if (Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException("calibration must not hold NaN");
    }
  }

  /** How many benign values it ranks among. */
  public int size() {
    return sorted.length;
  }

  /** Conformal p-value of an observed statistic (large is suspicious); 1 for NaN. */
  public double p(double observed) {
    return Double.isNaN(observed) ? 1 : (1.0 + atLeast(observed)) / (sorted.length + 1.0);
  }

  /**
   * p-value that holds jointly for any number of uses of this calibration set.
   *
   * @param delta probability that the calibration set misleads, inside (0, 1)
   */
  public double bounded(double observed, double delta) {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must be inside (0, 1), was " + delta);
    }
    return Math.min(1, p(observed) + Math.sqrt(Math.log(1 / delta) / (2 * sorted.length)));
  }

  private int atLeast(double observed) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < observed) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return sorted.length - low;
  }
}
