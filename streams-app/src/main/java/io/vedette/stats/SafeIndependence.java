package io.vedette.stats;

import org.apache.commons.math3.special.Beta;

/** Evidence, from four counts, that two yes-no facts of one key depend on one another. */
public final class SafeIndependence {

  /*
   * Universal inference for a 2 x 2 table: E = (predicted probability of the second fact, learnt
   * apart for each value of the first one, Krichevsky and Trofimov) / (largest probability under
   * one common rate). Whatever that rate is, E is at most a likelihood ratio against it, so an
   * e-value at any time [1]. It costs about half a bit per doubling and group.
   *
   * Cost: five logarithms of beta functions; the caller holds four counts. Not valid when the common
   * rate and the first fact change together over time.
   *
   * [1] Wasserman, Ramdas, Balakrishnan: Universal inference, PNAS 2020
   *     https://arxiv.org/abs/1912.11436
   */

  private SafeIndependence() {}

  /**
   * Natural logarithm of the e-value.
   *
   * @param yesHits second fact given the first, count
   * @param yes first fact, count, at least {@code yesHits}
   * @param noHits second fact without the first
   * @param no without the first fact, count, at least {@code noHits}
   */
  public static double logE(long yesHits, long yes, long noHits, long no) {
    if (yesHits < 0 || yesHits > yes || noHits < 0 || noHits > no) {
      throw new IllegalArgumentException(
          "hits must be from 0 to all, were %d of %d and %d of %d"
              .formatted(yesHits, yes, noHits, no));
    }
    double common = common(yesHits + noHits, yes + no);
    return predicted(yesHits, yes) + predicted(noHits, no) - common;
  }

  private static double predicted(long hits, long n) {
    return Beta.logBeta(hits + 0.5, n - hits + 0.5) - Beta.logBeta(0.5, 0.5);
  }

  private static double common(long hits, long n) {
    double rate = n == 0 ? 0 : (double) hits / n;
    double yes = hits == 0 ? 0 : hits * Math.log(rate);
    double no = hits == n ? 0 : (n - hits) * Math.log1p(-rate);
    return yes + no;
  }
}
