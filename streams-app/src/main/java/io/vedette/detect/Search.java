package io.vedette.detect;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A stay of one caller in one neighbourhood of the input space, and whether it goes the way of a
 * search: from the best row so far and not from the last one, or ever nearer to a row elsewhere.
 */
public final class Search implements State {

  /*
   * Method. A row belongs to the stay when it lies near its last or its best row; other rows of the
   * caller pass it by. Three facts are measured, each of which detectors bet on:
   *
   * - return: after a try that did not lower the class's probability (or raise the top one), a
   *   search goes on from its best row [1, 2]. So the next row is nearer to the best row than to
   *   the failed one and to the stay's first row. Rows without aim (sensor noise) are exchangeable,
   *   so that happens in a third of the cases at most; a walk goes on from its last row; variants
   *   and noisy copies are made of the first row.
   * - radius: the row is exactly as far from one of the two rows before the stay as the best row or
   *   the last one is, as the proposals of decision-based attacks are [3].
   * - approach: nearer than ever, by a twentieth, to one of the two rows before the stay. Without
   *   aim the i-th row sets a record with probability 1/i (Renyi 1962). A pan or a slider comes
   *   nearer in a row, be it in small steps; a search fails in between, so only rows after one that
   *   came no nearer at all count.
   *
   * - contest: the label is not that of most rows so far, nor that of the last one, as for about a
   *   quarter of all probes of a boundary; a scene that flickers at a boundary does that as well, so
   *   it counts only beside an approach. (A pan keeps a label for a while.)
   *
   * Cost per row: at most 5 distances, no allocation. State: 5 points.
   * Blind spots: a search through several accounts (cells), one that never asks a row outside its
   * neighbourhood (no radius, no approach) and gets labels only (no return).
   *
   * [1] Guo et al., Simple Black-box Adversarial Attacks, ICML 2019, https://arxiv.org/abs/1905.07121
   * [2] Andriushchenko et al., Square Attack, ECCV 2020, https://arxiv.org/abs/1912.00049
   * [3] Brendel et al., ICLR 2018, https://arxiv.org/abs/1712.04248
   */

  /** Rows outside the stay that distances are taken from. */
  public static final int ANCHORS = 2;

  private static final int FIRST = 0;
  private static final int LOWEST = 1;
  private static final int HIGHEST = 2;
  private static final int POINTS = 3;
  private static final int TRAIL = 3; // rows
  private static final int PATIENCE = 8; // rows elsewhere, after which a longer stay is given up
  private static final int SHORT = 4; // rows; a shorter stay is given up for a new one at once
  private static final float SAME_RADIUS = 0.005f; // of the step that led here
  private static final float LEAP = 0.95f; // a scene that drifts comes nearer by less
  private static final float CLOSER = 0.9f; // ratio of distances, so that ties do not count

  private int dimensions;
  private float[] points = {}; // float[POINTS * dimensions]
  private float[] anchors = {}; // float[ANCHORS * dimensions], as many as were known
  private final float[] radii = new float[ANCHORS]; // of the last row
  private final float[] least = new float[2 * ANCHORS]; // so far: by leaps, then whatever the step
  private final float[] start = new float[ANCHORS]; // of the first row
  private History trail = new History(0); // the stay's last rows
  private int bisectionRun;
  private boolean passedBy; // rows elsewhere came before this one
  private int label; // of the first row
  private int others; // rows with another label
  private int lastLabel;
  private int rows;
  private int elsewhere; // rows since the last one of the stay
  private float lowest;
  private float highest;
  private boolean failedLow; // the last row did not lower the score
  private boolean failedHigh;
  private boolean lowMoved; // the best row is not the first
  private boolean highMoved;

  private boolean lowTrial;
  private boolean lowHit;
  private boolean highTrial;
  private boolean highHit;
  private boolean sameRadius;
  private boolean contested;
  private boolean contests;
  private int nearer; // bit per anchor: the last row was nearer than all before
  private final boolean[] record = new boolean[ANCHORS];
  private final boolean[] recordTrial = new boolean[ANCHORS];

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

  /**
   * True when most rows of the stay so far had one label, so that {@link #contests} tells
   * something.
   */
  public boolean contested() {
    return contested;
  }

  /** True when the row's label is neither that of most rows of the stay so far nor of the last. */
  public boolean contests() {
    return contests;
  }

  /** True when the row is as far from an anchor as the best or the last row. */
  public boolean sameRadius() {
    return sameRadius;
  }

  /**
   * True when the row before came no nearer than all before it, so that {@link #record} tells
   * something.
   */
  public boolean recordTrial(int anchor) {
    return recordTrial[anchor];
  }

  /** True when the row is nearer to an anchor than all rows before, by a leap. */
  public boolean record(int anchor) {
    return record[anchor];
  }

  /** Anchors known, 0..2. */
  public int anchors() {
    return dimensions == 0 ? 0 : anchors.length / dimensions;
  }

  /** How far the stay has come towards an anchor: least distance over the first one, 0..1. */
  public float approach(int anchor) {
    return start[anchor] > 0 ? least[anchor] / start[anchor] : 1;
  }

  /**
   * Measures a distinct row that has not been added to the history yet.
   *
   * @param x point of the manifold
   * @param answered label of the answer, 0 when there is none
   * @param confidence of the answer, 0..1, NaN when not disclosed
   * @param radius squared distance within which rows are of one neighbourhood
   */
  void measure(float[] x, int answered, float confidence, float radius, History history) {
    lowTrial = false;
    lowHit = false;
    highTrial = false;
    highHit = false;
    sameRadius = false;
    contested = false;
    contests = false;
    recordTrial[0] = false;
    recordTrial[1] = false;
    record[0] = false;
    record[1] = false;
    if (rows > 0 && dimensions == x.length && isNear(x, radius)) {
      passedBy = elsewhere > 0;
      elsewhere = 0;
      contest(answered);
      rows++;
      turn(x);
      distances(x);
      score(x, answered, confidence);
      return;
    }
    passedBy = false;
    elsewhere++;
    if (rows >= SHORT && elsewhere < PATIENCE) {
      return;
    }
    int neighbour = neighbour(x, radius, history);
    if (neighbour >= 0) {
      begin(x, answered, confidence, neighbour, radius, history);
    }
  }

  private boolean isNear(float[] x, float radius) {
    return toLast(x) < radius || squared(x, LOWEST) < radius || squared(x, HIGHEST) < radius;
  }

  private void contest(int answered) {
    boolean other = answered != label;
    int same = rows - others;
    contested = answered != 0 && label != 0 && same != others;
    contests = contested && other == same > others && answered != lastLabel;
    others += other ? 1 : 0;
    lastLabel = answered;
  }

  private void turn(float[] x) {
    float other = CLOSER * CLOSER * Math.min(toLast(x), squared(x, FIRST));
    lowTrial = failedLow && lowMoved;
    lowHit = lowTrial && squared(x, LOWEST) < other;
    highTrial = failedHigh && highMoved;
    highHit = highTrial && squared(x, HIGHEST) < other;
  }

  private void distances(float[] x) {
    float step = (float) Math.sqrt(toLast(x));
    for (int a = 0; a < anchors(); a++) {
      float distance = (float) Math.sqrt(toAnchor(x, a));
      float tolerance = SAME_RADIUS * step;
      sameRadius |=
          Math.abs(distance - radii[a]) < tolerance || Math.abs(distance - least[a]) < tolerance;
      recordTrial[a] = rows > 2 && (nearer & 1 << a) == 0;
      record[a] = distance < LEAP * least[a];
      least[a] = record[a] ? distance : least[a];
      nearer = distance < least[ANCHORS + a] ? nearer | 1 << a : nearer & ~(1 << a);
      least[ANCHORS + a] = Math.min(least[ANCHORS + a], distance);
      radii[a] = distance;
    }
  }

  /** The probability of the first row's label falls, or that of the top label rises. */
  private void score(float[] x, int answered, float confidence) {
    failedLow = false;
    failedHigh = false;
    if (Float.isNaN(confidence)) {
      return;
    }
    float first = answered == label ? confidence : 1 - confidence;
    if (first < lowest) {
      lowest = first;
      lowMoved = true;
      put(LOWEST, x);
    } else {
      failedLow = true;
    }
    if (confidence > highest) {
      highest = confidence;
      highMoved = true;
      put(HIGHEST, x);
    } else {
      failedHigh = true;
    }
  }

  private static int neighbour(float[] x, float radius, History history) {
    int found = -1;
    float least = radius;
    for (int back = 0; back < history.size(); back++) {
      float d = squared(x, history.points(), history.offset(back));
      if (d < least) {
        least = d;
        found = back;
      }
    }
    return found;
  }

  private void begin(
      float[] x, int answered, float confidence, int neighbour, float radius, History history) {
    dimensions = x.length;
    if (points.length != POINTS * dimensions) {
      points = new float[POINTS * dimensions];
    }
    rows = 1;
    elsewhere = 0;
    others = 0;
    lastLabel = answered;
    bisectionRun = 0;
    trail = new History(dimensions, TRAIL);
    trail.add(point(history, neighbour), history.label(neighbour));
    label = answered;
    lowest = Float.isNaN(confidence) ? 1 : confidence;
    highest = Float.isNaN(confidence) ? 0 : confidence;
    failedLow = false;
    failedHigh = false;
    lowMoved = false;
    highMoved = false;
    nearer = 0;
    for (int point = 0; point < POINTS; point++) {
      put(point, x);
    }
    int known = 0;
    float[] found = new float[ANCHORS * dimensions];
    for (int back = 0; back < history.size() && known < ANCHORS; back++) {
      int at = history.offset(back);
      if (back != neighbour && squared(x, history.points(), at) >= radius) {
        System.arraycopy(history.points(), at, found, known * dimensions, dimensions);
        known++;
      }
    }
    anchors = known == ANCHORS ? found : Arrays.copyOf(found, known * dimensions);
    for (int a = 0; a < known; a++) {
      start[a] = (float) Math.sqrt(toAnchor(x, a));
      least[a] = start[a];
      least[ANCHORS + a] = start[a];
      radii[a] = start[a];
    }
  }

  private static float[] point(History history, int back) {
    int at = history.offset(back);
    return Arrays.copyOfRange(history.points(), at, at + history.dimensions());
  }

  private void put(int point, float[] x) {
    System.arraycopy(x, 0, points, point * dimensions, dimensions);
  }

  private float squared(float[] x, int point) {
    return squared(x, points, point * dimensions);
  }

  private float toLast(float[] x) {
    return squared(x, trail.points(), trail.offset(0));
  }

  private float toAnchor(float[] x, int anchor) {
    return squared(x, anchors, anchor * dimensions);
  }

  private static float squared(float[] x, float[] points, int at) {
    float sum = 0;
    for (int i = 0; i < x.length; i++) {
      float d = x[i] - points[at + i];
      sum += d * d;
    }
    return sum;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(dimensions);
    out.writeByte(anchors());
    for (float v : points) {
      out.writeFloat(v);
    }
    for (float v : anchors) {
      out.writeFloat(v);
    }
    if (dimensions == 0) {
      return;
    }
    trail.write(out);
    out.writeInt(bisectionRun);
    for (int a = 0; a < ANCHORS; a++) {
      out.writeFloat(radii[a]);
      out.writeFloat(least[a]);
      out.writeFloat(least[ANCHORS + a]);
      out.writeFloat(start[a]);
    }
    out.writeInt(label);
    out.writeInt(rows);
    out.writeInt(others);
    out.writeInt(lastLabel);
    out.writeInt(elsewhere);
    out.writeFloat(lowest);
    out.writeFloat(highest);
    out.writeByte(
        (failedLow ? 1 : 0)
            | (failedHigh ? 2 : 0)
            | (lowMoved ? 4 : 0)
            | (highMoved ? 8 : 0)
            | nearer << 4);
  }

  static Search read(DataInput in) throws IOException {
    Search search = new Search();
    int n = in.readUnsignedByte();
    int known = in.readUnsignedByte();
    if (n > 64 || known > ANCHORS) {
      throw new IOException(
          "stay must have 64 dimensions and 2 anchors at most, has " + n + " and " + known);
    }
    search.dimensions = n;
    search.points = floats(in, POINTS * n);
    search.anchors = floats(in, known * n);
    if (n == 0) {
      return search;
    }
    search.trail = History.read(in, TRAIL);
    search.bisectionRun = in.readInt();
    for (int a = 0; a < ANCHORS; a++) {
      search.radii[a] = in.readFloat();
      search.least[a] = in.readFloat();
      search.least[ANCHORS + a] = in.readFloat();
      search.start[a] = in.readFloat();
    }
    search.label = in.readInt();
    search.rows = in.readInt();
    search.others = in.readInt();
    search.lastLabel = in.readInt();
    search.elsewhere = in.readInt();
    search.lowest = in.readFloat();
    search.highest = in.readFloat();
    int flags = in.readUnsignedByte();
    search.failedLow = (flags & 1) != 0;
    search.failedHigh = (flags & 2) != 0;
    search.lowMoved = (flags & 4) != 0;
    search.highMoved = (flags & 8) != 0;
    search.nearer = flags >>> 4 & 3;
    return search;
  }

  private static float[] floats(DataInput in, int count) throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  @Override
  public int bytes() {
    return 180 + 4 * (points.length + anchors.length) + trail.bytes();
  }
}
