package io.vedette.stats;

/** How far the bin shares of a window stand from a reference, and whether that exceeds noise. */
public final class PopulationStability {

  /*
   * PSI = sum (p-q) ln(p/q). Without drift its mean is (B-1)(1/n + 1/m) [1], so fixed limits of
   * 0.1 and 0.25 mean nothing by themselves. Under "effect <= delta0", PSI n_eff is noncentral
   * chi-square with B-1 degrees of freedom and noncentrality n_eff delta0, n_eff = 1/(phi/n + 1/m);
   * phi is the over-dispersion of clustered traffic, measured on calibration days. The directional
   * test spends one degree of freedom on a shift of the mean and finds smaller ones.
   *
   * Cost: one logarithm per bin; the tests tens of microseconds. Once per window and feature.
   * Blind spots: effects below delta0 by construction; fewer than a few hundred rows per window.
   *
   * [1] Yurdakul, Naranjo, Statistical properties of the population stability index, J. Risk Model
   *     Validation 14 (2020)
   */

  private static final double COUNT_PRIOR = 0.5;
  // Slope of the mean rank of a normal feature per sd, over the sd of a uniform rank, B = 20 bins.
  private static final double RANK_SHIFT_PER_SD = 0.974;

  private PopulationStability() {}

  /**
   * Result of the directional test.
   *
   * @param z standard score of the shift beyond its floor
   * @param p probability of at least this shift, either way, when the true one is at the floor
   * @param shiftSd estimated shift of the mean, standard deviations of the reference, signed
   */
  public record Direction(double z, double p, double shiftSd) {}

  /** PSI of two vectors of shares; infinite when a bin is empty on one side only. */
  public static double psi(double[] window, double[] reference) {
    Divergence.checkBins(window, reference);
    double sum = 0;
    for (int i = 0; i < window.length; i++) {
      if (window[i] != reference[i]) {
        sum += (window[i] - reference[i]) * Math.log(window[i] / reference[i]);
      }
    }
    return sum;
  }

  /** PSI of counts; 0.5 is added to every bin, so empty bins stay finite. */
  public static double psi(long[] window, long[] reference) {
    return psi(smoothed(window), smoothed(reference));
  }

  /** Shares of counts with 0.5 added to every bin. */
  public static double[] smoothed(long[] counts) {
    double total = COUNT_PRIOR * counts.length;
    for (long count : counts) {
      total += count;
    }
    double[] shares = new double[counts.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (counts[i] + COUNT_PRIOR) / total;
    }
    return shares;
  }

  /** PSI less its mean under no drift; may be negative. */
  public static double debiased(double psi, int bins, double windowRows, double referenceRows) {
    return psi - (bins - 1) * (1 / windowRows + 1 / referenceRows);
  }

  /** Pearson's X2 of the window against the reference shares; bins with share 0 are left out. */
  public static double chiSquare(double[] window, double[] reference, double windowRows) {
    Divergence.checkBins(window, reference);
    double sum = 0;
    for (int i = 0; i < window.length; i++) {
      if (reference[i] > 0) {
        double difference = window[i] - reference[i];
        sum += difference * difference / reference[i];
      }
    }
    return windowRows * sum;
  }

  /** Likelihood-ratio statistic G of the window against the reference shares. */
  public static double g(double[] window, double[] reference, double windowRows) {
    return 2 * windowRows * Divergence.kullbackLeibler(window, reference);
  }

  /**
   * Over-dispersion phi of clustered traffic, at least 1.
   *
   * @param chiSquares X2 of benign calibration windows
   * @param bins B
   */
  public static double overDispersion(double[] chiSquares, int bins) {
    double sum = 0;
    for (double value : chiSquares) {
      sum += value / (bins - 1);
    }
    return chiSquares.length == 0 ? 1 : Math.max(1, sum / chiSquares.length);
  }

  /** Rows that an independent sample of the same precision would have. */
  public static double effectiveRows(double windowRows, double referenceRows, double phi) {
    return 1 / (phi / windowRows + 1 / referenceRows);
  }

  /**
   * p-value of "the true PSI is at most the floor".
   *
   * @param psi not debiased
   * @param floor delta0, smallest PSI of interest, >= 0
   */
  public static double effectP(double psi, int bins, double effectiveRows, double floor) {
    return Tails.noncentralChiSquare(psi * effectiveRows, bins - 1.0, effectiveRows * floor);
  }

  /**
   * Tests for a shift of the mean over ordered bins.
   *
   * @param floorSd smallest shift of interest, standard deviations, >= 0
   */
  public static Direction direction(
      double[] window, double[] reference, double effectiveRows, double floorSd) {
    Divergence.checkBins(window, reference);
    int bins = window.length;
    double shift = 0;
    double mean = 0;
    double square = 0;
    for (int b = 0; b < bins; b++) {
      double score = (b + 0.5) / bins;
      shift += score * (window[b] - reference[b]);
      mean += score * reference[b];
      square += score * score * reference[b];
    }
    double sd = Math.sqrt(square - mean * mean);
    if (!(sd > 0)) { // all of the reference in one bin: no direction to speak of
      return new Direction(0, 1, 0);
    }
    double root = Math.sqrt(effectiveRows);
    double floor = RANK_SHIFT_PER_SD * floorSd;
    double z = (Math.abs(shift) / sd - floor) * root;
    double p = Math.min(1, Tails.normal(z) + Tails.normal(z + 2 * floor * root));
    return new Direction(z, p, shift / sd / RANK_SHIFT_PER_SD);
  }
}
