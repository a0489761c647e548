package io.vedette.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Decides one e-value after another so that few of the rejections are false; restart it daily. */
public final class ELond {

  /*
   * Reject if E_t >= 1 / alpha_t, alpha_t = alpha gamma_t (R_{t-1} + 1), R the rejections so far [1].
   * False discovery rate <= alpha under any dependence, for e-values.
   *
   * Cost per test: three elementary functions; 24 bytes. Its levels follow a fixed falling sequence,
   * so it has less power than LORD++ and goes blind in an endless series.
   *
   * [1] Xu, Ramdas, Online multiple testing with e-values, AISTATS 2024
   *     https://arxiv.org/abs/2311.06412
   */

  private final double alpha;
  private long tests;
  private long rejections;

  /**
   * A fresh series.
   *
   * @param alpha false discovery rate, inside (0, 1)
   */
  public ELond(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be inside (0, 1), was " + alpha);
    }
    this.alpha = alpha;
  }

  /** Natural logarithm that the next e-value must reach to be rejected. */
  public double logThreshold() {
    return -Math.log(level(alpha, tests + 1, rejections));
  }

  static double level(double alpha, long t, long rejections) {
    return alpha * SpendingSequence.gamma(t) * (rejections + 1.0);
  }

  /** Tests the next e-value, given as natural logarithm; true when it is rejected. */
  public boolean test(double logE) {
    boolean reject = logE >= logThreshold();
    tests++;
    if (reject) {
      rejections++;
    }
    return reject;
  }

  /** How many tests it has seen. */
  public long tests() {
    return tests;
  }

  /** How many it has rejected. */
  public long rejections() {
    return rejections;
  }

  /**
   * Writes the series.
   *
   * @throws IOException when the output fails
   */
  public void write(DataOutput out) throws IOException {
    out.writeDouble(alpha);
    out.writeLong(tests);
    out.writeLong(rejections);
  }

  /**
   * Reads a series written by {@link #write}.
   *
   * @throws IOException when the bytes are not such a series
   */
  public static ELond read(DataInput in) throws IOException {
    double alpha = in.readDouble();
    long tests = in.readLong();
    long rejections = in.readLong();
    if (!(alpha > 0 && alpha < 1) || rejections < 0 || rejections > tests) {
      throw new IOException("not an e-LOND series: " + rejections + " rejections of " + tests);
    }
    ELond series = new ELond(alpha);
    series.tests = tests;
    series.rejections = rejections;
    return series;
  }
}
