package io.vedette.stats;

/** Averages e-values that are held as natural logarithms. */
public final class Fusion {

  /*
   * An average of e-values is an e-value under any dependence between them [1], so one fused ledger
   * costs one alpha. A detector with weight w that fires alone must reach threshold / w.
   *
   * Cost: one exp per term and one log; no allocation.
   *
   * [1] Vovk, Wang, E-values: Calibration, combination and applications, Ann. Statist. 49 (2021)
   *     https://arxiv.org/abs/1912.06116
   */

  private static final double SUM_TOLERANCE = 1e-9;

  private Fusion() {}

  /**
   * Logarithm of the weighted mean of e-values.
   *
   * @param weights each >= 0, sum 1
   * @param logE natural logarithms, negative infinity for E = 0; as long as {@code weights}
   * @throws IllegalArgumentException when the lengths differ or the weights do not sum to 1
   */
  public static double logMean(double[] weights, double[] logE) {
    if (weights.length != logE.length || weights.length == 0) {
      throw new IllegalArgumentException(
          "weights must be as many as e-values and at least 1, were "
              + weights.length
              + " for "
              + logE.length);
    }
    double max = Double.NEGATIVE_INFINITY;
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0)) {
        throw new IllegalArgumentException("weight must be >= 0, was " + weights[i]);
      }
      total += weights[i];
      if (weights[i] > 0) {
        max = Math.max(max, logE[i]);
      }
    }
    if (Math.abs(total - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException("sum of weights must be 1, was " + total);
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        sum += weights[i] * Math.exp(logE[i] - max);
      }
    }
    return max + Math.log(sum);
  }

  /** Logarithm of the plain mean of {@code count} e-values that start at {@code offset}. */
  static double logMean(double[] logE, int offset, int count) {
    double max = logE[offset];
    for (int j = 1; j < count; j++) {
      max = Math.max(max, logE[offset + j]);
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += Math.exp(logE[offset + j] - max);
    }
    return max + Math.log(sum / count);
  }
}
