package io.vedette.detect.drift;

import io.vedette.baseline.Histogram;
import io.vedette.stats.PopulationStability;
import java.util.Arrays;

/**
 * One column's test in one window.
 *
 * @param name column name
 * @param p probability of such a window when the change is at most the floors
 * @param psi debiased population stability index
 * @param shift of the mean, standard deviations, 0 for categories
 */
record ColumnTest(String name, double p, double psi, double shift) {

  private static final double FEWEST_EXPECTED = 5; // rows in a bin, for the chi-square law

  static ColumnTest of(
      String name, Histogram reference, int[] window, int rows, DriftConfig config) {
    int[] counts = reference.counts();
    long total = 0;
    for (int c : counts) {
      total += c;
    }
    long[] w = new long[counts.length + 1];
    long[] r = new long[counts.length + 1];
    int bins = 0;
    for (int b = 0; b < counts.length; b++) {
      // Rare bins are tested together, as the last one; new categories fall there too.
      boolean rare = (double) counts[b] * rows / Math.max(1, total) < FEWEST_EXPECTED;
      int at = rare ? counts.length : bins++;
      w[at] += window[b];
      r[at] += counts[b];
    }
    w[bins] = w[counts.length];
    r[bins] = r[counts.length];
    bins = w[bins] + r[bins] > 0 ? bins + 1 : bins;
    if (bins < 2 || total == 0) {
      return new ColumnTest(name, 1, 0, 0);
    }
    double psi = PopulationStability.psi(Arrays.copyOf(w, bins), Arrays.copyOf(r, bins));
    double n = PopulationStability.effectiveRows(rows, (double) total, reference.phi());
    double p = PopulationStability.effectP(psi, bins, n, config.psiFloor());
    double shift = 0;
    if (reference.numeric()) {
      PopulationStability.Direction direction =
          PopulationStability.direction(shares(window), shares(counts), n, config.shiftFloor());
      p = Math.min(p, direction.p());
      shift = direction.shiftSd();
    }
    double debiased =
        PopulationStability.debiased(psi, bins, rows / reference.phi(), (double) total);
    return new ColumnTest(name, Math.min(1, 2 * p), debiased, shift);
  }

  /** Shares of the ordered bins, without the last one, which holds missing values. */
  private static double[] shares(int[] counts) {
    double[] shares = new double[counts.length - 1];
    double sum = 0;
    for (int b = 0; b < shares.length; b++) {
      sum += counts[b];
    }
    for (int b = 0; b < shares.length; b++) {
      shares[b] = sum == 0 ? 1.0 / shares.length : counts[b] / sum;
    }
    return shares;
  }
}
