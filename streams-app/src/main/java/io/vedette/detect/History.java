package io.vedette.detect;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last eight distinct rows of one caller on one model, as points of the model's manifold. */
public final class History implements State {

  /** Rows kept. */
  public static final int ROWS = 8;

  private static final int CONTENTS = 16;

  private final int dimensions;
  private final float[] points; // ring of ROWS points
  private final int[] labels;
  private final long[] contents; // ring of content hashes, to know exact repeats
  private int size;
  private int head = ROWS - 1; // index of the newest point
  private int contentHead;

  History(int dimensions) {
    this.dimensions = dimensions;
    this.points = new float[ROWS * dimensions];
    this.labels = new int[ROWS];
    this.contents = new long[CONTENTS];
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

  /** Offset in {@link #points()} of the point added {@code back} points ago; 0 is the newest. */
  int offset(int back) {
    return Math.floorMod(head - back, ROWS) * dimensions;
  }

  int label(int back) {
    return labels[Math.floorMod(head - back, ROWS)];
  }

  /** True when the content is among the last sixteen; remembers it otherwise. */
  boolean repeats(long content) {
    for (long c : contents) {
      if (c == content) {
        return true;
      }
    }
    contentHead = (contentHead + 1) % CONTENTS;
    contents[contentHead] = content;
    return false;
  }

  /** True when one of the points lies within the squared distance. */
  boolean near(float[] point, float squared) {
    for (int r = 0; r < size; r++) {
      int at = r * dimensions;
      float sum = 0;
      for (int i = 0; i < dimensions; i++) {
        float d = point[i] - points[at + i];
        sum += d * d;
      }
      if (sum < squared) {
        return true;
      }
    }
    return false;
  }

  void add(float[] point, int label) {
    head = (head + 1) % ROWS;
    System.arraycopy(point, 0, points, head * dimensions, dimensions);
    labels[head] = label;
    size = Math.min(ROWS, size + 1);
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
    for (int i = 1; i <= CONTENTS; i++) {
      out.writeLong(contents[(contentHead + i) % CONTENTS]);
    }
  }

  static History read(DataInput in) throws IOException {
    int dimensions = in.readUnsignedShort();
    if (dimensions > 64) {
      throw new IOException("history must have 64 dimensions at most, has " + dimensions);
    }
    History history = new History(dimensions);
    int size = in.readUnsignedByte();
    float[] point = new float[dimensions];
    for (int r = 0; r < size; r++) {
      for (int i = 0; i < dimensions; i++) {
        point[i] = in.readFloat();
      }
      history.add(point, in.readInt());
    }
    for (int i = 1; i <= CONTENTS; i++) {
      history.contents[i % CONTENTS] = in.readLong();
    }
    return history;
  }

  @Override
  public int bytes() {
    return 112 + 4 * points.length + 4 * ROWS + 8 * CONTENTS;
  }
}
