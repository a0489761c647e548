package io.vedette.detect;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * From which rows of a stay its rows spring: those of the rarer answer, as the tries of a search do
 * that knows labels only.
 */
public final class Lineage implements State {

  /*
   * Method. A decision-based search keeps a row that has the wanted answer, tries rows near it, drops
   * those that lose the answer and goes on from those that keep it [1]. So the nearest earlier row of
   * a try has the wanted answer, also when that is the rarer one. Each row is held against the last
   * rows of the stay, its candidates; the nearest of them is its parent.
   *
   * - trial: the last row has the commoner answer, but its parent had the rarer one.
   * - springs: the parent of the row has the rarer answer again.
   *
   * Without aim labels tell nothing of who the parent of the next row is: noise about a point at the
   * boundary springs from the rarer answer as often as candidates have it, whatever their number of
   * dimensions (LineageTest); a walk springs from its last row, so it never does after a row of the
   * commoner answer; rows of two entities spring from their own, so theirs are no trials.
   *
   * The first row of a stay is a parent like others, but makes neither a trial nor a hit: noisy
   * copies of one row spring from that row all day. (A row before the stay is no candidate.) Nor
   * does any row for more than eight trials.
   *
   * Cost per row: 24 distances in a stay that has seen two answers, none otherwise. State: 24 points in
   * such a stay. Blind spots: fewer than five effective dimensions, where parents are a matter of luck;
   * a search whose tries succeed more often than not; several accounts.
   *
   * [1] Brendel, Rauber, Bethge, ICLR 2018, https://arxiv.org/abs/1712.04248
   */

  /** Of a stay that has seen one answer; never measures. */
  static final Lineage NONE = new Lineage(0);

  static final int ROWS = 24;

  private static final int FIRST = 1; // row with which the stay began
  private static final int SPARED = 4; // the newest ones of either answer stay
  private static final int LEAST = 8; // candidates
  private static final int MOST_TRIALS = 8; // of one parent

  private final int dimensions;
  private final float[] points; // float[ROWS * dimensions], oldest first
  private int others; // bit per row, set when its answer is not that of the stay's first row
  private int size;
  private int parent = -1; // of the last row
  private int trials; // of the present parent

  private boolean trial;
  private boolean springs;
  private float share;

  Lineage(int dimensions) {
    this.dimensions = dimensions;
    this.points = new float[dimensions == 0 ? 0 : ROWS * dimensions];
  }

  /** True when the row tells something. */
  public boolean trial() {
    return trial;
  }

  /** True when it springs from a row of the rarer answer. */
  public boolean springs() {
    return springs;
  }

  /** Share of the candidates that have the rarer answer, 0..0.5. */
  public float share() {
    return share;
  }

  /** True when there is nothing yet to be held against. */
  boolean isEmpty() {
    return size == 0;
  }

  /** Forgets what was measured of the last row. */
  void clear() {
    trial = false;
    springs = false;
  }

  /**
   * Measures a row and takes it in.
   *
   * @param at where the point begins in {@code from}
   * @param other whether the answer is not that of the stay's first row
   */
  void measure(float[] from, int at, boolean other) {
    clear();
    int nearest = nearest(from, at);
    if (size >= LEAST) {
      int known = (1 << size) - 1;
      int rare = Integer.bitCount(others & known);
      boolean rarer = 2 * rare <= size; // the answers other than the first row's
      share = (float) Math.min(rare, size - rare) / size;
      boolean last = isOther(size - 1) == rarer;
      if (share > 0 && !last && parent >= FIRST && isOther(parent) == rarer) {
        trial = trials < MOST_TRIALS;
        trials++;
        springs = trial && nearest >= FIRST && isOther(nearest) == rarer;
      }
    }
    if (nearest != parent) {
      trials = 0;
    }
    parent = nearest;
    add(from, at, other);
  }

  private int nearest(float[] from, int at) {
    int nearest = -1;
    float least = Float.POSITIVE_INFINITY;
    for (int row = size - 1; row >= 0; row--) {
      float distance = squared(from, at, row * dimensions, least);
      if (distance < least) {
        least = distance;
        nearest = row;
      }
    }
    return nearest;
  }

  private float squared(float[] from, int at, int row, float limit) {
    float sum = 0;
    for (int i = 0; i < dimensions && sum < limit; i++) {
      float d = from[at + i] - points[row + i];
      sum += d * d;
    }
    return sum;
  }

  private boolean isOther(int row) {
    return (others >>> row & 1) != 0;
  }

  private void add(float[] from, int at, boolean other) {
    if (size == ROWS) {
      drop(leaving());
    }
    System.arraycopy(from, at, points, size * dimensions, dimensions);
    others = (others & ~(1 << size)) | (other ? 1 << size : 0);
    size++;
  }

  /** The oldest row that is not the stay's first and none of the newest of its answer. */
  private int leaving() {
    int other = Integer.bitCount(others & (1 << size) - 1);
    int[] newer = {size - other, other};
    for (int row = 0; row < size; row++) {
      int answer = isOther(row) ? 1 : 0;
      if (row >= FIRST && newer[answer] > SPARED) {
        return row;
      }
      newer[answer]--;
    }
    return FIRST;
  }

  private void drop(int row) {
    int after = (row + 1) * dimensions;
    System.arraycopy(points, after, points, row * dimensions, size * dimensions - after);
    int below = (1 << row) - 1;
    others = (others & below) | ((others >>> 1) & ~below);
    size--;
    if (parent == row) {
      parent = -1;
    } else if (parent > row) {
      parent--;
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(size);
    if (size == 0) {
      return;
    }
    out.writeInt(others);
    out.writeByte(parent);
    out.writeByte(Math.min(trials, MOST_TRIALS));
    Points.write(out, Arrays.copyOf(points, size * dimensions));
  }

  static Lineage read(DataInput in, int dimensions) throws IOException {
    int size = in.readUnsignedByte();
    if (size > ROWS) {
      throw new IOException("lineage must have " + ROWS + " rows at most, has " + size);
    }
    if (size == 0) {
      return NONE;
    }
    Lineage lineage = new Lineage(dimensions);
    lineage.size = size;
    lineage.others = in.readInt();
    lineage.parent = in.readByte();
    if (lineage.parent >= lineage.size) {
      throw new IOException("parent must be one of " + lineage.size + ", is " + lineage.parent);
    }
    lineage.trials = in.readUnsignedByte();
    float[] known = Points.read(in, lineage.size * dimensions);
    System.arraycopy(known, 0, lineage.points, 0, known.length);
    return lineage;
  }

  @Override
  public int bytes() {
    return isEmpty() ? 0 : 56 + 4 * points.length;
  }
}
