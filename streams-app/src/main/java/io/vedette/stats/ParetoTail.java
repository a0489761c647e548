package io.vedette.stats;

import java.util.Arrays;

/** Extends a conformal rank beyond the calibration data by a fitted tail; its p is extrapolated. */
public final class ParetoTail {

  /*
   * P(T > x) = (n_u / N) (1 + xi (x - u) / beta)^(-1/xi) above a high threshold u: the generalised
   * Pareto law is the limit of exceedances of almost every distribution [1]; xi and beta by
   * probability-weighted moments [2], xi not below 0, so that a light tail counts as exponential.
   * Up to u the p-value is the conformal one.
   *
   * An approximation, not a bound: a finding that rests on it says so. Needs 50 exceedances.
   * Cost: one sort to fit, one power per value; 40 bytes and the calibration values.
   *
   * [1] Pickands, Statistical inference using extreme order statistics, Ann. Statist. 3 (1975)
   * [2] Hosking, Wallis, Parameter and quantile estimation for the generalized Pareto distribution,
   *     Technometrics 29 (1987)
   */

  private static final int MIN_EXCEEDANCES = 50;
  private static final double EXPONENTIAL_BELOW = 1e-9;

  private final ConformalRank rank;
  private final double threshold;
  private final double share;
  private final double shape;
  private final double scale;

  /**
   * A p-value and where it comes from.
   *
   * @param p 0..1
   * @param extrapolated whether it comes from the fitted tail
   */
  public record PValue(double p, boolean extrapolated) {}

  /**
   * Fits the tail.
   *
   * @param benign statistic of each benign client; copied
   * @param tailShare share of the values above the threshold, inside (0, 0.5], such as 0.1; at
   *     least 50 values must lie there
   */
  public ParetoTail(double[] benign, double tailShare) {
    this.rank = new ConformalRank(benign);
    int count = (int) (benign.length * tailShare);
    if (!(tailShare > 0 && tailShare <= 0.5) || count < MIN_EXCEEDANCES) {
      throw new IllegalArgumentException(
          "tailShare must be inside (0, 0.5] and give at least 50 values, was "
              + (tailShare + " of " + benign.length));
    }
    double[] sorted = benign.clone();
    Arrays.sort(sorted);
    this.threshold = sorted[sorted.length - count - 1];
    this.share = (count + 1.0) / (benign.length + 1.0);
    double mean = 0;
    double weighted = 0;
    for (int i = 0; i < count; i++) {
      double excess = sorted[sorted.length - count + i] - threshold;
      mean += excess / count;
      weighted += excess * (count - i - 0.65) / count / count; // plotting position of [2]
    }
    double xi = mean > 0 ? 2 - mean / (mean - 2 * weighted) : 0;
    this.shape = Math.max(0, xi);
    // With xi set to 0 the scale that keeps the mean is the mean itself.
    this.scale = xi > 0 ? 2 * mean * weighted / (mean - 2 * weighted) : mean;
  }

  /** p-value of an observed statistic; large is suspicious, NaN gives 1. */
  public PValue p(double observed) {
    if (!(observed > threshold)) {
      return new PValue(rank.p(observed), false);
    }
    if (!(scale > 0)) { // all exceedances equal the threshold: nothing to extrapolate from
      return new PValue(rank.p(observed), false);
    }
    double excess = (observed - threshold) / scale;
    double tail =
        shape < EXPONENTIAL_BELOW
            ? Math.exp(-excess)
            : Math.exp(-Math.log1p(shape * excess) / shape);
    return new PValue(share * tail, true);
  }

  /** Threshold u above which p-values are extrapolated. */
  public double threshold() {
    return threshold;
  }

  /** Shape xi, >= 0: 0 exponential, larger is heavier. */
  public double shape() {
    return shape;
  }
}
