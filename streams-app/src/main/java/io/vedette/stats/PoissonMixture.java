package io.vedette.stats;

/** Evidence that a count is larger than its expected rate allows. */
public final class PoissonMixture {

  /*
   * E = mean over j of (lambda1_j / lambda0)^N exp(-(lambda1_j - lambda0)), lambda1_j > lambda0: the
   * likelihood ratio, an e-value for every Poisson rate <= lambda0 [1]. Multiply only over disjoint
   * counts (consecutive windows, disjoint members).
   *
   * Cost: J exponentials and one logarithm, no allocation, no state.
   * Blind spot: clustered arrivals are not Poisson; count distinct callers, not rows.
   *
   * [1] Grunwald, de Heide, Koolen, Safe testing, JRSS B 2024, https://arxiv.org/abs/1906.07801
   */

  private final double[] logRatio;
  private final double[] excess;

  private PoissonMixture(double[] logRatio, double[] excess) {
    this.logRatio = logRatio;
    this.excess = excess;
  }

  /**
   * A mixture.
   *
   * @param lambda0 largest expected count of a benign key, > 0
   * @param lambda1 alternatives, at least one, each > lambda0
   */
  public static PoissonMixture of(double lambda0, double... lambda1) {
    if (!(lambda0 > 0) || lambda1.length == 0) {
      throw new IllegalArgumentException(
          "lambda0 must be > 0 with at least 1 alternative, was "
              + (lambda0 + " with " + lambda1.length));
    }
    double[] logRatio = new double[lambda1.length];
    double[] excess = new double[lambda1.length];
    for (int j = 0; j < lambda1.length; j++) {
      if (!(lambda1[j] > lambda0)) {
        throw new IllegalArgumentException(
            "lambda1 must be > lambda0 = " + lambda0 + ", was " + lambda1[j]);
      }
      logRatio[j] = Math.log(lambda1[j] / lambda0);
      excess[j] = lambda1[j] - lambda0;
    }
    return new PoissonMixture(logRatio, excess);
  }

  /**
   * Natural logarithm of the e-value of one count.
   *
   * @param count >= 0
   */
  public double logE(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be >= 0, was " + count);
    }
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < logRatio.length; j++) {
      max = Math.max(max, count * logRatio[j] - excess[j]);
    }
    double sum = 0;
    for (int j = 0; j < logRatio.length; j++) {
      sum += Math.exp(count * logRatio[j] - excess[j] - max);
    }
    return max + Math.log(sum / logRatio.length);
  }
}
