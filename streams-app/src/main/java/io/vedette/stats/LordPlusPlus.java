package io.vedette.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Decides one p-value after another so that few of the rejections are false; restart it daily. */
public final class LordPlusPlus {

  /*
   * alpha_t = gamma_t w0 + (alpha - w0) gamma_{t - tau_1} + alpha sum_{j >= 2} gamma_{t - tau_j}, tau
   * the times of rejections, w0 = alpha / 10 [1]. False discovery rate <= alpha for independent
   * p-values; batch the features of one window with BenjaminiHochberg first.
   *
   * Cost per test: O(rejections); 8 bytes per rejection. An endless series goes blind (the level
   * falls as 1/t), hence the daily restart.
   *
   * [1] Ramdas, Yang, Wainwright, Jordan, Online control of the false discovery rate with decaying
   *     memory, NIPS 2017, https://arxiv.org/abs/1710.00499
   */

  private static final double INITIAL_WEALTH = 0.1; // w0 / alpha, default of the onlineFDR package

  private final double alpha;
  private long tests;
  private long[] rejected = new long[4];
  private int rejections;

  /**
   * A fresh series.
   *
   * @param alpha false discovery rate, inside (0, 1)
   */
  public LordPlusPlus(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be inside (0, 1), was " + alpha);
    }
    this.alpha = alpha;
  }

  /** Level that the next p-value must not exceed to be rejected. */
  public double level() {
    long t = tests + 1;
    double w0 = alpha * INITIAL_WEALTH;
    double level = w0 * SpendingSequence.gamma(t);
    for (int j = 0; j < rejections; j++) {
      double wealth = j == 0 ? alpha - w0 : alpha;
      level += wealth * SpendingSequence.gamma(t - rejected[j]);
    }
    return level;
  }

  /** Tests the next p-value; true when it is rejected (a discovery). */
  public boolean test(double p) {
    boolean reject = p <= level();
    tests++;
    if (reject) {
      if (rejections == rejected.length) {
        rejected = Arrays.copyOf(rejected, 2 * rejections);
      }
      rejected[rejections++] = tests;
    }
    return reject;
  }

  /** How many tests it has seen. */
  public long tests() {
    return tests;
  }

  /** How many it has rejected. */
  public int rejections() {
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
    out.writeInt(rejections);
    for (int j = 0; j < rejections; j++) {
      out.writeLong(rejected[j]);
    }
  }

  /**
   * Reads a series written by {@link #write}.
   *
   * @throws IOException when the bytes are not such a series
   */
  public static LordPlusPlus read(DataInput in) throws IOException {
    double alpha = in.readDouble();
    long tests = in.readLong();
    int rejections = in.readInt();
    if (!(alpha > 0 && alpha < 1) || tests < 0 || rejections < 0 || rejections > tests) {
      throw new IOException("not a LORD++ series: " + rejections + " rejections of " + tests);
    }
    LordPlusPlus series = new LordPlusPlus(alpha);
    for (int j = 0; j < rejections; j++) {
      if (j == series.rejected.length) { // grows as bytes arrive, never on the word of a length
        series.rejected = Arrays.copyOf(series.rejected, 2 * j);
      }
      series.rejected[j] = in.readLong();
    }
    series.tests = tests;
    series.rejections = rejections;
    return series;
  }
}
