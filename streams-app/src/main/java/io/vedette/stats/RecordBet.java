package io.vedette.stats;

/**
 * A bet that a series goes on setting records, from some step on that nobody knows; the caller
 * holds the capital.
 */
public final class RecordBet {

  /*
   * The bet of RecordTest with c = 1, started anew at every step with the stakes of
   * RestartedMixture. Unlike RecordTest it is told what was a record, so that several series may
   * share the stakes and steps may be left out.
   */

  private static final double MOST = 1e200;

  private RecordBet() {}

  /**
   * Takes one step.
   *
   * @param capital the caller's array, changed at {@code at}
   * @param step number of this step over all series that share the stakes, from 1
   * @param rank place of the value in its series, from 2
   */
  public static void update(double[] capital, int at, long step, int rank, boolean record) {
    double staked = capital[at] + RestartedMixture.stake(step);
    capital[at] = Math.min(MOST, staked * RecordTest.factor(1, rank, record));
  }
}
