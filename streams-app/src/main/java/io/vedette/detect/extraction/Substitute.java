package io.vedette.detect.extraction;

import io.vedette.baseline.Histogram;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What a suspect could have made of the answers so far: a small copy of the model, fitted on the
 * suspect's own queries, and how much of the input range they touched.
 */
final class Substitute implements State {

  /*
   * Method. A linear classifier in the standardised input, fitted one row at a time by the
   * passive-aggressive rule [1]. Before it learns a row it is asked for its label; how often it is
   * right, over the last 64 rows or so, is a lower estimate of the thief's fidelity on inputs like
   * the ones sent: thieves fit larger models and go over their rows many times. The share of the
   * most frequent answer is beside it, because whoever always says that is as right as that.
   *
   * Coverage: of the bins of the clean histograms (up to 20 a feature, each with about as much of
   * the clean traffic) the share that the queries fell into; 64 features at most, evenly spaced.
   *
   * Response shape: the share of answers that are less sure than nine in ten clean ones, which is
   * what active learning and boundary searches are after; and so are honest reviewers of doubtful
   * cases, so nothing is bet on it.
   *
   * For the analyst only: no bet depends on it. Cost: 2 classes x dimensions multiply-adds a row.
   * State: 4 bytes a class and dimension, 8 bytes a feature; only suspects have one.
   *
   * [1] Crammer et al., Online Passive-Aggressive Algorithms, JMLR 2006 (multiclass, PA-I, C = 1)
   */

  private static final int MOST_CLASSES = 8;
  private static final int MOST_COLUMNS = 64;
  private static final int MEMORY = 64; // rows that the agreement is about
  private static final float STEP = 1; // C
  private static final int COPIED_FROM = 2 * MEMORY; // rows: the first ones foresee little
  private static final double COPIED = 0.9;
  private static final double CERTAIN = 3; // standard errors

  private final int dimensions;
  private final int[] labels = new int[MOST_CLASSES];
  private final int[] answers = new int[MOST_CLASSES]; // rows per label
  private int classes;
  private float[] weights = {}; // float[classes * (dimensions + 1)], the bias last
  private final long[] touched; // bit per bin, per column
  private int rows;
  private float agreement;
  private int disclosed; // rows whose confidence was disclosed
  private int unsure; // of those, less sure than nine in ten clean answers
  private boolean told; // that it is a copy

  /**
   * Nothing learnt.
   *
   * @param dimensions of the points
   * @param columns of the model's input
   */
  Substitute(int dimensions, int columns) {
    this.dimensions = dimensions;
    this.touched = new long[Math.min(MOST_COLUMNS, columns)];
  }

  /**
   * Takes a row.
   *
   * @param x standardised point
   * @param label of the answer, 0 when there is none
   * @param bins of the row's values, one per column
   * @param level how many of the cuts of the clean confidences (a tenth of them lie below the
   *     lowest) the confidence lies above, -1 when it is not disclosed
   */
  void learn(float[] x, int label, int[] bins, int level) {
    disclosed += level >= 0 ? 1 : 0;
    unsure += level == 0 ? 1 : 0;
    for (int i = 0; i < Math.min(touched.length, bins.length); i++) {
      int bin = bins[column(i, bins.length)];
      touched[i] |= bin < Long.SIZE ? 1L << bin : 0; // the last of 65 is for missing values
    }
    int own = label == 0 ? -1 : known(label);
    if (own < 0) {
      return;
    }
    int rival = -1;
    int best = 0;
    float highest = Float.NEGATIVE_INFINITY;
    float rivals = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      float score = score(c, x);
      if (score > highest) {
        highest = score;
        best = c;
      }
      if (c != own && score > rivals) {
        rivals = score;
        rival = c;
      }
    }
    if (rows > 0) {
      agreement += ((best == own ? 1 : 0) - agreement) / Math.min(rows, MEMORY);
    }
    rows++;
    answers[own]++;
    if (rival >= 0) {
      correct(x, own, rival, 1 - score(own, x) + rivals);
    }
  }

  private void correct(float[] x, int own, int rival, float loss) {
    if (!(loss > 0)) {
      return;
    }
    float norm = 1;
    for (float v : x) {
      norm += v * v;
    }
    float step = Math.min(STEP, loss / (2 * norm));
    if (!(step > 0)) {
      return; // an infinite point teaches nothing
    }
    int width = dimensions + 1;
    for (int i = 0; i < dimensions; i++) {
      weights[own * width + i] += step * x[i];
      weights[rival * width + i] -= step * x[i];
    }
    weights[own * width + dimensions] += step;
    weights[rival * width + dimensions] -= step;
  }

  private float score(int c, float[] x) {
    int at = c * (dimensions + 1);
    float sum = weights[at + dimensions];
    for (int i = 0; i < dimensions; i++) {
      sum += weights[at + i] * x[i];
    }
    return sum;
  }

  /** Place of a label, a new one while there is room, else -1. */
  private int known(int label) {
    for (int c = 0; c < classes; c++) {
      if (labels[c] == label) {
        return c;
      }
    }
    if (classes == MOST_CLASSES) {
      return -1;
    }
    labels[classes] = label;
    float[] wider = new float[(classes + 1) * (dimensions + 1)];
    System.arraycopy(weights, 0, wider, 0, weights.length);
    weights = wider;
    return classes++;
  }

  private int column(int place, int columns) {
    return touched.length == columns ? place : (int) ((long) place * columns / touched.length);
  }

  /** Rows with an answer that it learnt from. */
  int rows() {
    return rows;
  }

  /** Rows whose confidence was disclosed. */
  int disclosed() {
    return disclosed;
  }

  /** Share of those that are less sure than nine in ten clean answers, 0..1. */
  double unsure() {
    return disclosed == 0 ? 0 : (double) unsure / disclosed;
  }

  /** Share of the last 64 rows or so whose answer it foresaw, 0..1. */
  double agreement() {
    return agreement;
  }

  /** Share of the most frequent answer, 0..1: what is foreseen without any copy. */
  double commonest() {
    int most = 0;
    for (int count : answers) {
      most = Math.max(most, count);
    }
    return rows == 0 ? 0 : (double) most / rows;
  }

  /**
   * True when it foresees nine in ten of the last answers, and by three standard errors more of
   * them than whoever always says the most frequent one: the thief has a copy that is at least as
   * good, on inputs like the ones sent.
   */
  boolean copies() {
    double guess = commonest();
    double error = Math.sqrt(guess * (1 - guess) / MEMORY);
    return rows >= COPIED_FROM && agreement >= COPIED && agreement - guess > CERTAIN * error;
  }

  /** Whether a finding has told that this is a copy. */
  boolean told() {
    return told;
  }

  /** True when a finding tells that this is a copy; whoever had one once has it. */
  boolean tell() {
    told |= copies();
    return told;
  }

  /**
   * Share of the bins that the queries fell into, 0..1.
   *
   * @param columns the clean histograms
   */
  double coverage(List<Histogram> columns) {
    int seen = 0;
    int all = 0;
    for (int i = 0; i < touched.length; i++) {
      int bins = columns.get(column(i, columns.size())).bins() - 1; // the last is for missing ones
      all += bins;
      seen += Long.bitCount(bins < Long.SIZE ? touched[i] & ((1L << bins) - 1) : touched[i]);
    }
    return all == 0 ? 0 : (double) seen / all;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(dimensions);
    out.writeByte(touched.length);
    out.writeByte(classes);
    for (int c = 0; c < classes; c++) {
      out.writeInt(labels[c]);
      out.writeInt(answers[c]);
    }
    for (float weight : weights) {
      out.writeFloat(weight);
    }
    for (long bins : touched) {
      out.writeLong(bins);
    }
    out.writeInt(rows);
    out.writeFloat(agreement);
    out.writeInt(disclosed);
    out.writeInt(unsure);
    out.writeBoolean(told);
  }

  static Substitute read(DataInput in) throws IOException {
    int dimensions = in.readUnsignedByte();
    int columns = in.readUnsignedByte();
    int classes = in.readUnsignedByte();
    if (columns > MOST_COLUMNS || classes > MOST_CLASSES) {
      throw new IOException(
          "copy must have 64 columns and 8 classes at most, has " + columns + " and " + classes);
    }
    Substitute copy = new Substitute(dimensions, columns);
    copy.classes = classes;
    for (int c = 0; c < classes; c++) {
      copy.labels[c] = in.readInt();
      copy.answers[c] = in.readInt();
    }
    copy.weights = new float[classes * (dimensions + 1)];
    for (int i = 0; i < copy.weights.length; i++) {
      copy.weights[i] = in.readFloat();
    }
    for (int i = 0; i < columns; i++) {
      copy.touched[i] = in.readLong();
    }
    copy.rows = in.readInt();
    copy.agreement = in.readFloat();
    copy.disclosed = in.readInt();
    copy.unsure = in.readInt();
    copy.told = in.readBoolean();
    return copy;
  }

  @Override
  public int bytes() {
    return 160 + 4 * weights.length + 8 * touched.length;
  }
}
