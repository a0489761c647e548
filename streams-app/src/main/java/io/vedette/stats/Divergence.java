package io.vedette.stats;

/** Distances between two vectors of shares; each vector sums to 1 and has the same bins. */
public final class Divergence {

  /*
   * Definitions after Lin, Divergence measures based on the Shannon entropy, IEEE Trans. IT 37
   * (1991), and Pinsker's order: TV^2 / 2 <= KL (nats), Hellinger^2 <= TV <= sqrt(2) Hellinger.
   * A bin with 0 in both adds nothing. Cost: one or two logarithms per bin, no allocation.
   * Blind spot: none of them knows how noisy the shares are; PopulationStability does.
   */

  private static final double LN2 = Math.log(2);

  private Divergence() {}

  /** Kullback-Leibler divergence of p from q, nats; infinite when q lacks a bin of p. */
  public static double kullbackLeibler(double[] p, double[] q) {
    checkBins(p, q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0) {
        sum += q[i] > 0 ? p[i] * Math.log(p[i] / q[i]) : Double.POSITIVE_INFINITY;
      }
    }
    return sum;
  }

  /** Jensen-Shannon divergence, bits, 0 (equal) to 1 (disjoint). */
  public static double jensenShannonBits(double[] p, double[] q) {
    checkBins(p, q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double middle = (p[i] + q[i]) / 2;
      sum += p[i] > 0 ? p[i] * Math.log(p[i] / middle) : 0;
      sum += q[i] > 0 ? q[i] * Math.log(q[i] / middle) : 0;
    }
    return Math.max(0, sum / 2 / LN2);
  }

  /** Effect size sqrt(JS): a metric, 0 (equal) to 1 (disjoint). */
  public static double jensenShannonDistance(double[] p, double[] q) {
    return Math.sqrt(jensenShannonBits(p, q));
  }

  /** Shannon entropy, nats. */
  public static double entropy(double[] p) {
    double sum = 0;
    for (double share : p) {
      sum -= share > 0 ? share * Math.log(share) : 0;
    }
    return sum;
  }

  /** Hellinger distance, 0 (equal) to 1 (disjoint). */
  public static double hellinger(double[] p, double[] q) {
    checkBins(p, q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double difference = Math.sqrt(p[i]) - Math.sqrt(q[i]);
      sum += difference * difference;
    }
    return Math.sqrt(sum / 2);
  }

  /** Total variation distance, 0 (equal) to 1 (disjoint). */
  public static double totalVariation(double[] p, double[] q) {
    checkBins(p, q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.abs(p[i] - q[i]);
    }
    return sum / 2;
  }

  static void checkBins(double[] p, double[] q) {
    if (p.length != q.length || p.length == 0) {
      throw new IllegalArgumentException(
          "both vectors must have the same bins and at least 1, had "
              + (p.length + " and " + q.length));
    }
  }
}
