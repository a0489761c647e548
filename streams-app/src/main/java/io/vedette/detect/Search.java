package io.vedette.detect;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A stay of one caller in one neighbourhood of the input space, and whether it goes the way of a
 * search: from the best row so far and not from the last one, or ever nearer to a row elsewhere.
 */
public final class Search implements State {

  /*
   * Method. A row belongs to the stay when it lies near its last or its best row and repeats
   * none that is remembered; other rows of the caller pass it by. Five facts are measured, each of
   * which detectors bet on:
   *
   * - return: after a try that did not lower the class's probability (or raise the top one), a
   *   search goes on from its best row [1, 2]. So the next row is nearer to the best row than to
   *   the failed one and to the stay's first row. Rows without aim (sensor noise) are exchangeable,
   *   so that happens in a third of the cases at most; a walk goes on from its last row; variants
   *   and noisy copies are made of the first row.
   * - radius: the row is exactly as far from one of the two rows before the stay as the best row or
   *   the last one is, as the proposals of decision-based attacks are [3].
   * - ray: the row and an earlier one lie on one ray from one of the two rows before the stay, as a
   *   proposal and its step towards the row under attack do [3]; see Rays.
   * - approach: nearer than ever, by a twentieth, to one of the two rows before the stay. Without
   *   aim the i-th row sets a record with probability 1/i (Renyi 1962). A pan or a slider comes
   *   nearer in a row, be it in small steps; a search fails in between, so only rows after one that
   *   came no nearer at all count. Radius, ray and approach are Approach's.
   * - springs: after a row of the commoner label the next one springs from one of the rarer label
   *   again, as tries do of a search that knows labels only [3]; see Lineage.
   *
   * Cost per row: at most 10 distances, 12 when a stay begins; 24 more in a stay
   * of two labels. State: 6 to 8 points, and 24 there.
   * Blind spots: a search through several accounts (cells), one that never asks a row outside its
   * neighbourhood (no radius, no approach) and gets labels only (no return), while no try fails.
   *
   * [1] Guo et al., Simple Black-box Adversarial Attacks, ICML 2019, https://arxiv.org/abs/1905.07121
   * [2] Andriushchenko et al., Square Attack, ECCV 2020, https://arxiv.org/abs/1912.00049
   * [3] Brendel et al., ICLR 2018, https://arxiv.org/abs/1712.04248
   */

  private static final int TRAIL = 3; // rows
  private static final int PATIENCE = 8; // rows elsewhere, after which a longer stay is given up
  private static final int FORGOTTEN = 64; // rows elsewhere, after which it takes no room
  private static final int SHORT = 4; // rows; a shorter stay is given up for a new one at once
  private static final int RAYS_FROM = 5; // rows; most stays of honest callers are shorter
  private static final float SAME = 1e-12f; // squared distance: equal rows have equal points
  private static final float CLOSER = 0.9f; // ratio of distances, so that ties do not count

  private int dimensions;
  private float[] first = Points.NONE;
  private float[] low = Points.NONE; // the first row until another one is better
  private float[] high = Points.NONE;
  private Approach approach = Approach.none();
  private History trail = new History(0); // the stay's last rows
  private Lineage lineage = Lineage.NONE;
  private int bisectionRun;
  private boolean passedBy; // rows elsewhere came before this one
  private final StayLabels labels = new StayLabels();
  private int rows;
  private int elsewhere; // rows since the last one of the stay
  private float lowest;
  private float highest;
  private boolean failedLow; // the last row did not lower the score
  private boolean failedHigh;
  private boolean lowMoved; // the best row is not the first
  private boolean highMoved;
  private boolean reached; // another label near the first row, and kept it

  private boolean lowTrial;
  private boolean lowHit;
  private boolean highTrial;
  private boolean highHit;
  private boolean rises;
  private boolean measured; // the last row, by the approach

  /** The stay's last rows, without the measured one until {@link #follow}. */
  History trail() {
    return trail;
  }

  /** True when the row is part of the stay but the caller's row before it is not. */
  boolean passedBy() {
    return passedBy;
  }

  /** True when the row is none of the stay, which may go on after it. */
  boolean isElsewhere() {
    return rows >= SHORT && elsewhere > 0 && elsewhere < PATIENCE;
  }

  /** Bisection steps in a row within the stay. */
  int bisectionRun() {
    return bisectionRun;
  }

  /** Adds the measured row to the trail. */
  void follow(float[] x, int answered, boolean bisectionStep) {
    if (elsewhere == 0 && rows > 0) {
      bisectionRun = bisectionStep ? bisectionRun + 1 : 0;
      trail.add(x, answered);
    }
  }

  /** Rows of the stay so far, the measured one included; 0 when the row is not part of it. */
  public int place() {
    return elsewhere == 0 ? rows : 0;
  }

  /** True when the row follows a try that did not lower the first label's probability. */
  public boolean lowTrial() {
    return lowTrial;
  }

  /** True when it starts from the row of the lowest probability and not from the failed one. */
  public boolean lowReturn() {
    return lowHit;
  }

  /** True when the row follows a try that did not raise the top label's probability. */
  public boolean highTrial() {
    return highTrial;
  }

  /** True when it starts from the row of the highest probability and not from the failed one. */
  public boolean highReturn() {
    return highHit;
  }

  /** True when the stay's row before was answered with the label of its first row. */
  public boolean ownLabel() {
    return labels.own();
  }

  /** True when the model is surer of the row's label than of any before in the stay. */
  public boolean rises() {
    return rises;
  }

  /** From which rows of the stay the row springs; changes with the next row. */
  public Lineage lineage() {
    return lineage;
  }

  /** How the row lies to the rows before the stay; changes with the next row. */
  public Approach approach() {
    return approach;
  }

  /**
   * True when a stay has come to another label than its first row's within the neighbourhood of
   * that row, and kept it for two rows; forgotten with the stay, after 64 rows elsewhere.
   */
  public boolean reached() {
    return reached;
  }

  /**
   * Measures a distinct row that the history has looked for but not taken in yet.
   *
   * @param x point of the manifold
   * @param answered label of the answer, 0 when there is none
   * @param confidence of the answer, 0..1, NaN when not disclosed
   * @param radius squared distance within which rows are of one neighbourhood, there
   * @param directions {@code float[3 * dimensions]}, of normal variates
   */
  void measure(
      float[] x,
      int answered,
      float confidence,
      float radius,
      History history,
      float[] directions) {
    lowTrial = false;
    lowHit = false;
    highTrial = false;
    highHit = false;
    rises = false;
    labels.clear();
    if (measured) { // most rows begin no stay, and a caller's objects are far from the processor
      approach.clear();
      if (!lineage.isEmpty()) {
        lineage.clear();
      }
      measured = false;
    }
    if (rows > 0 && dimensions == x.length && isNear(x, radius) && !isKnown(x)) {
      passedBy = elsewhere > 0;
      elsewhere = 0;
      reached |= labels.flips(answered) && Points.within(x, first, 0, radius);
      labels.measure(answered);
      rows++;
      turn(x);
      approach.measure(x, (float) Math.sqrt(toLast(x)), rows);
      measured = true;
      if (rows >= RAYS_FROM) {
        approach.pair(x, trail.points(), trail.offset(0), directions);
      }
      trace(x, answered);
      score(x, answered, confidence);
      return;
    }
    passedBy = false;
    elsewhere++;
    if (rows > 0 && elsewhere == FORGOTTEN) {
      rows = 0;
      reached = false;
      dimensions = 0;
      first = Points.NONE;
      low = first;
      high = first;
      lowMoved = false;
      highMoved = false;
      approach = Approach.none();
      trail = new History(0);
      lineage = Lineage.NONE;
    }
    if (rows >= SHORT && elsewhere < PATIENCE) {
      return;
    }
    if (history.nearest() >= 0 && history.nearestSquared() < radius) {
      begin(x, answered, confidence, history.nearest(), radius, history);
    }
  }

  private boolean isNear(float[] x, float radius) {
    return Points.within(x, trail.points(), trail.offset(0), radius)
        || Points.within(x, low, 0, radius)
        || ((lowMoved || highMoved) && Points.within(x, high, 0, radius));
  }

  /** A list that is sent again after more rows than the history knows comes as far as it came. */
  private boolean isKnown(float[] x) {
    for (int back = 0; back < trail.size(); back++) {
      if (Points.within(x, trail.points(), trail.offset(back), SAME)) {
        return true;
      }
    }
    return Points.within(x, first, 0, SAME)
        || (lowMoved && Points.within(x, low, 0, SAME))
        || (highMoved && Points.within(x, high, 0, SAME));
  }

  private void turn(float[] x) {
    float other = CLOSER * CLOSER * Math.min(toLast(x), Points.squared(x, first, 0));
    lowTrial = failedLow && lowMoved;
    lowHit = lowTrial && Points.within(x, low, 0, other);
    highTrial = failedHigh && highMoved;
    highHit = highTrial && Points.within(x, high, 0, other);
  }

  /** Begins with the second label: most stays have one, and need no room. */
  private void trace(float[] x, int answered) {
    if (answered == 0 || !labels.hasTwo()) {
      return;
    }
    if (lineage.isEmpty()) {
      lineage = new Lineage(dimensions);
      lineage.measure(first, 0, false);
    }
    lineage.measure(x, 0, !labels.isFirst(answered));
  }

  /** The probability of the first row's label falls, or that of the top label rises. */
  private void score(float[] x, int answered, float confidence) {
    failedLow = false;
    failedHigh = false;
    if (Float.isNaN(confidence)) {
      return;
    }
    float ofFirst = labels.isFirst(answered) ? confidence : 1 - confidence;
    if (ofFirst < lowest) {
      lowest = ofFirst;
      low = lowMoved ? taken(x, low) : x.clone();
      lowMoved = true;
    } else {
      failedLow = true;
    }
    rises = confidence > highest;
    if (rises) {
      highest = confidence;
      high = highMoved ? taken(x, high) : x.clone();
      highMoved = true;
    } else {
      failedHigh = true;
    }
  }

  private void begin(
      float[] x, int answered, float confidence, int neighbour, float radius, History history) {
    dimensions = x.length;
    rows = 1;
    elsewhere = 0;
    labels.begin(answered);
    bisectionRun = 0;
    trail = trail.dimensions() == dimensions ? trail : new History(dimensions, TRAIL);
    trail.clear();
    trail.add(history.points(), history.offset(neighbour), history.label(neighbour));
    lowest = Float.isNaN(confidence) ? 1 : confidence;
    highest = Float.isNaN(confidence) ? 0 : confidence;
    failedLow = false;
    failedHigh = false;
    lowMoved = false;
    highMoved = false;
    first = first.length == x.length ? taken(x, first) : x.clone();
    low = first;
    high = first;
    lineage = Lineage.NONE;
    approach = approach.anew(x, radius, history);
  }

  private static float[] taken(float[] x, float[] room) {
    System.arraycopy(x, 0, room, 0, x.length);
    return room;
  }

  private float toLast(float[] x) {
    return Points.squared(x, trail.points(), trail.offset(0));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(dimensions);
    out.writeByte((lowMoved ? 1 : 0) | (highMoved ? 2 : 0));
    Points.write(out, first);
    if (lowMoved) {
      Points.write(out, low);
    }
    if (highMoved) {
      Points.write(out, high);
    }
    if (dimensions == 0) {
      return;
    }
    approach.write(out);
    trail.write(out);
    lineage.write(out);
    out.writeInt(bisectionRun);
    labels.write(out);
    out.writeInt(rows);
    out.writeInt(elsewhere);
    out.writeFloat(lowest);
    out.writeFloat(highest);
    out.writeByte((failedLow ? 1 : 0) | (failedHigh ? 2 : 0) | (reached ? 4 : 0));
  }

  static Search read(DataInput in) throws IOException {
    Search search = new Search();
    int n = in.readUnsignedByte();
    if (n > 64) {
      throw new IOException("stay must have 64 dimensions at most, has " + n);
    }
    search.dimensions = n;
    int moved = in.readUnsignedByte();
    search.lowMoved = (moved & 1) != 0;
    search.highMoved = (moved & 2) != 0;
    search.first = Points.read(in, n);
    search.low = search.lowMoved ? Points.read(in, n) : search.first;
    search.high = search.highMoved ? Points.read(in, n) : search.first;
    if (n == 0) {
      return search;
    }
    search.approach = Approach.read(in, n);
    search.trail = History.read(in, TRAIL);
    search.lineage = Lineage.read(in, n);
    search.bisectionRun = in.readInt();
    search.labels.read(in);
    search.rows = in.readInt();
    search.elsewhere = in.readInt();
    search.lowest = in.readFloat();
    search.highest = in.readFloat();
    int flags = in.readUnsignedByte();
    search.failedLow = (flags & 1) != 0;
    search.failedHigh = (flags & 2) != 0;
    search.reached = (flags & 4) != 0;
    return search;
  }

  @Override
  public int bytes() {
    int points = (first.length > 0 ? 1 : 0) + (lowMoved ? 1 : 0) + (highMoved ? 1 : 0);
    return 108
        + points * (16 + 4 * first.length)
        + approach.bytes()
        + trail.bytes()
        + lineage.bytes();
  }
}
