package io.vedette.stats;

/** How online tests share one error budget over an endless series. */
final class SpendingSequence {

  /*
   * gamma_t = 0.0772 ln(max(t, 2)) / (t exp(sqrt(ln t))), sum 0.976 <= 1 [1].
   *
   * [1] Javanmard, Montanari, Online rules for control of false discovery rate, Ann. Statist. 46
   *     (2018), https://arxiv.org/abs/1603.09000
   */

  private static final double SCALE = 0.0772;

  private SpendingSequence() {}

  /** Share of the budget of test {@code t}, counted from 1. */
  static double gamma(long t) {
    double time = t;
    return SCALE * Math.log(Math.max(time, 2)) / (time * Math.exp(Math.sqrt(Math.log(time))));
  }
}
