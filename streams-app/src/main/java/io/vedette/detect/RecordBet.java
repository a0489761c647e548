package io.vedette.detect;

/** A bet that a series goes on setting records, from some step on that nobody knows. */
final class RecordBet {

  /*
   * Without aim the i-th value of a series is a record with probability 1 / i, independently of the
   * others [1]. The bet is on min(1/2, 1/sqrt(i)), restarted like RestartedMixture.
   *
   * [1] Renyi, Theorie des elements saillants d'une suite d'observations, 1962
   */

  private static final double MOST = 1e200;

  private RecordBet() {}

  /**
   * Takes one step.
   *
   * @param step number of this step, from 1
   * @param rank place of the value in its series, from 2
   */
  static void update(double[] capital, int at, long step, int rank, boolean record) {
    double w = step <= 1 ? 0.5 : 0.5 / ((double) step * (step - 1));
    double p0 = 1.0 / rank;
    double p1 = Math.max(p0, Math.min(0.5, 1 / Math.sqrt(rank)));
    double factor = record ? p1 / p0 : (1 - p1) / (1 - p0);
    capital[at] = Math.min(MOST, (capital[at] + w) * factor);
  }
}
