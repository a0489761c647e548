package io.vedette.detect;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last eight distinct rows of one caller on one model, as points of the model's manifold. */
public final class History implements State {

  /** Rows kept. */
  public static final int ROWS = 8;

  private static final int CONTENTS = 48; // a load test goes round some tens of rows

  private static final int[] NONE = {};

  private final int dimensions;
  private final int rows;
  private final float[] points; // ring of ROWS points
  private final int[] labels;
  private final int[] contents; // ring of content hashes, to know exact repeats
  private int size;
  private int head; // index of the newest point
  private int contentHead;
  private int nearest = -1; // of the row looked for last
  private float nearestSquared;
  private float newestSquared;

  History(int dimensions) {
    this(dimensions, ROWS, CONTENTS);
  }

  /** A shorter one, which does not look for repeats. */
  History(int dimensions, int rows) {
    this(dimensions, rows, 0);
  }

  private History(int dimensions, int rows, int contents) {
    this.dimensions = dimensions;
    this.rows = rows;
    this.points = new float[rows * dimensions];
    this.labels = new int[rows];
    this.contents = contents == 0 ? NONE : new int[contents];
    this.head = rows - 1;
  }

  /** Forgets the points. */
  void clear() {
    size = 0;
    head = rows - 1;
  }

  int dimensions() {
    return dimensions;
  }

  /** Points held, 0..8. */
  int size() {
    return size;
  }

  float[] points() {
    return points;
  }

  /** Copies the newest point; there must be one. */
  void newest(float[] target) {
    System.arraycopy(points, offset(0), target, 0, dimensions);
  }

  /** Offset in {@link #points()} of the point added {@code back} points ago; 0 is the newest. */
  int offset(int back) {
    return Math.floorMod(head - back, rows) * dimensions;
  }

  int label(int back) {
    return labels[Math.floorMod(head - back, rows)];
  }

  /** True when the content is among the last 48; remembers it otherwise. */
  boolean repeats(long content) {
    int hash = (int) (content >>> 32) | 1; // 0 stands for none
    for (int c : contents) {
      if (c == hash) {
        return true;
      }
    }
    contentHead = (contentHead + 1) % CONTENTS;
    contents[contentHead] = hash;
    return false;
  }

  /** Looks for the point that is nearest; see {@link #nearest()} and {@link #nearestSquared()}. */
  void look(float[] point) {
    nearest = -1;
    nearestSquared = Float.POSITIVE_INFINITY;
    newestSquared = Float.POSITIVE_INFINITY;
    int back = 0;
    // Four points at once: independent sums keep the floating-point pipeline full.
    for (; back + 4 <= size; back += 4) {
      int at0 = offset(back);
      int at1 = offset(back + 1);
      int at2 = offset(back + 2);
      int at3 = offset(back + 3);
      float sum0 = 0;
      float sum1 = 0;
      float sum2 = 0;
      float sum3 = 0;
      for (int i = 0; i < point.length; i++) {
        float value = point[i];
        float d0 = value - points[at0 + i];
        float d1 = value - points[at1 + i];
        float d2 = value - points[at2 + i];
        float d3 = value - points[at3 + i];
        sum0 += d0 * d0;
        sum1 += d1 * d1;
        sum2 += d2 * d2;
        sum3 += d3 * d3;
      }
      found(back, sum0);
      found(back + 1, sum1);
      found(back + 2, sum2);
      found(back + 3, sum3);
    }
    for (; back < size; back++) {
      found(back, Points.squared(point, points, offset(back)));
    }
  }

  private void found(int back, float squared) {
    if (back == 0) {
      newestSquared = squared;
    }
    if (squared < nearestSquared) {
      nearestSquared = squared;
      nearest = back;
    }
  }

  /** How many points ago the nearest one was added, -1 for none. */
  int nearest() {
    return nearest;
  }

  /** Squared distance of the nearest point, infinite for none. */
  float nearestSquared() {
    return nearestSquared;
  }

  /** Squared distance of the point added last from the one looked for, infinite for none. */
  float newestSquared() {
    return newestSquared;
  }

  void add(float[] point, int label) {
    add(point, 0, label);
  }

  /** Adds the point that begins at an offset. */
  void add(float[] from, int offset, int label) {
    head = (head + 1) % rows;
    System.arraycopy(from, offset, points, head * dimensions, dimensions);
    labels[head] = label;
    size = Math.min(rows, size + 1);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeShort(dimensions);
    out.writeByte(size);
    for (int back = size - 1; back >= 0; back--) {
      int offset = offset(back);
      for (int i = 0; i < dimensions; i++) {
        out.writeFloat(points[offset + i]);
      }
      out.writeInt(label(back));
    }
    for (int i = 1; i <= contents.length; i++) {
      out.writeInt(contents[(contentHead + i) % CONTENTS]);
    }
  }

  static History read(DataInput in) throws IOException {
    return read(in, ROWS, CONTENTS);
  }

  static History read(DataInput in, int rows) throws IOException {
    return read(in, rows, 0);
  }

  private static History read(DataInput in, int rows, int contents) throws IOException {
    int dimensions = in.readUnsignedShort();
    if (dimensions > 64) {
      throw new IOException("history must have 64 dimensions at most, has " + dimensions);
    }
    History history = new History(dimensions, rows, contents);
    int size = in.readUnsignedByte();
    float[] point = new float[dimensions];
    for (int r = 0; r < size; r++) {
      for (int i = 0; i < dimensions; i++) {
        point[i] = in.readFloat();
      }
      history.add(point, in.readInt());
    }
    for (int i = 1; i <= contents; i++) {
      history.contents[i % contents] = in.readInt();
    }
    return history;
  }

  @Override
  public int bytes() {
    return (contents == NONE ? 88 : 104) + 4 * (points.length + labels.length + contents.length);
  }
}
