package io.vedette.stats;

import java.util.Arrays;

/** Picks which of many keys to list, so that few of the listed are benign. */
public final class EBenjaminiHochberg {

  /*
   * Sort e-values downwards and reject the largest k with E_(k) >= m / (k alpha): the false discovery
   * rate is at most alpha under any dependence [1].
   *
   * Cost: one sort of the values given; keys without evidence (E <= 1) need only be counted in m.
   *
   * [1] Wang, Ramdas, False discovery rate control with e-values, JRSS B 84 (2022)
   *     https://arxiv.org/abs/2009.02824
   */

  private EBenjaminiHochberg() {}

  /**
   * Log e-value from which keys are rejected; positive infinity when none is.
   *
   * @param logE natural logarithms of the keys with evidence, in any order; not changed
   * @param tested m, all keys tested, >= {@code logE.length}
   * @param alpha false discovery rate, inside (0, 1)
   */
  public static double logThreshold(double[] logE, long tested, double alpha) {
    if (tested < logE.length || !(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "tested must be >= "
              + logE.length
              + " and alpha inside (0, 1), were "
              + tested
              + " and "
              + alpha);
    }
    double[] sorted = logE.clone();
    Arrays.sort(sorted);
    for (int k = sorted.length; k >= 1; k--) {
      double needed = Math.log(tested / (k * alpha));
      if (sorted[sorted.length - k] >= needed) {
        return needed;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
