package io.vedette.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Whether rows of a stay lie on one ray from a row that the caller asked before the stay. */
final class Rays {

  /*
   * Method. The boundary attack takes rows about the best one, and then each of those that kept its
   * label a little towards the row under attack, c + e (x - c) [1]. So c, c + e (x - c) and x lie on
   * one line, whatever the features' scales are. With x as the anchor, both have the same direction
   * (c - x) / |c - x| from it; three projections of the direction of each of the last rows are kept.
   *
   * A row pairs when its direction equals that of an earlier one, to a twentieth of the usual
   * difference between one row and the next, and that one has no partner yet: of a cross-fade or a
   * slider from here to there, all rows lie on one ray, and two of them pair. The step between the
   * two must lead along the ray, twice as far as beside it: whole numbers that waver come back
   * to where they were but for one column. The same row again is no pair. Rows that differ from the
   * anchor in fewer than four coordinates, or a third, are left out, and those that differ from the
   * row before in fewer than half: noise of a search moves all.
   *
   * Cost per row: three dot products for each anchor and 24 comparisons. State: 430 bytes at most
   * for each anchor, from the fifth row of a stay.
   *
   * [1] Brendel, Rauber, Bethge, ICLR 2018, https://arxiv.org/abs/1712.04248
   */

  private static final int PROJECTIONS = Mirror.PROJECTIONS;
  private static final int WIDTH = PROJECTIONS + 1; // and the distance
  private static final int ROWS = 24;
  private static final float SAME = 0.05f; // of the usual change of direction
  private static final float ASIDE = 0.5f; // of the way along the ray
  private static final float SAME_VALUE = 1e-6f; // relative
  private static final float SAME_ROW = 1e-4f; // of the distance
  private static final float LEAST = 1e-5f; // change of direction; less is rounding

  private float[] seen = Points.NONE; // float[ROWS * WIDTH] once it is full, a ring
  private int size;
  private int head;
  private int paired; // bit per place of the ring
  private float change; // of direction, at the last row

  /**
   * Measures a row.
   *
   * @param x the row, and the one before it at an offset of {@code rows}
   * @param anchors points, of which one begins at {@code anchor}
   * @param directions {@code float[PROJECTIONS * dimensions]}, of normal variates
   * @return whether the row pairs with an earlier one
   */
  boolean pairs(
      float[] x, float[] rows, int last, float[] anchors, int anchor, float[] directions) {
    float[] now = new float[WIDTH];
    float turned = look(x, rows, last, anchors, anchor, directions, now);
    if (Float.isNaN(turned)) {
      return false;
    }
    float tolerance = SAME * Math.max(turned, change);
    change = turned;
    boolean pairs = false;
    int place = -1;
    if (tolerance > SAME * LEAST) {
      for (int i = 0; i < size; i++) {
        float aside = aside(now, i * WIDTH, tolerance);
        if (aside == Float.POSITIVE_INFINITY) {
          continue;
        }
        float along = Math.abs(now[PROJECTIONS] / seen[i * WIDTH + PROJECTIONS] - 1);
        if (along < SAME_ROW) {
          return false; // the same row again, long after
        }
        if (aside < ASIDE * ASIDE * along * along) {
          pairs |= (paired >>> i & 1) == 0;
          paired |= 1 << i;
          place = i; // of a ray one row is enough
        }
      }
    }
    put(now, place);
    return pairs;
  }

  /** Gives the change of direction since the row before, NaN when the row is left out. */
  private static float look(
      float[] x,
      float[] rows,
      int last,
      float[] anchors,
      int anchor,
      float[] directions,
      float[] now) {
    int differing = Points.project(x, anchors, anchor, directions, now);
    float before = 0;
    int moved = 0;
    for (int i = 0; i < x.length; i++) {
      float e = rows[last + i] - anchors[anchor + i];
      before += e * e;
      moved += Math.abs(x[i] - rows[last + i]) > SAME_VALUE * (1 + Math.abs(x[i])) ? 1 : 0;
    }
    if (Math.min(differing, moved) < 4
        || 3 * differing < x.length
        || 2 * moved < x.length
        || before == 0) {
      return Float.NaN;
    }
    float length = (float) Math.sqrt(now[PROJECTIONS]);
    float other = (float) Math.sqrt(before);
    // |u - v|^2 from the rows' difference: 1 - cos would lose the digits of small angles.
    float apart = Points.squared(x, rows, last);
    float squared = (apart - (length - other) * (length - other)) / (length * other);
    for (int i = 0; i < PROJECTIONS; i++) {
      now[i] /= length;
    }
    now[PROJECTIONS] = length;
    return (float) Math.sqrt(Math.max(0, squared));
  }

  /**
   * Squared difference of two directions, estimated; infinite when a projection of theirs differs.
   */
  private float aside(float[] now, int at, float tolerance) {
    float sum = 0;
    for (int i = 0; i < PROJECTIONS; i++) {
      float d = now[i] - seen[at + i];
      if (Math.abs(d) >= tolerance) {
        return Float.POSITIVE_INFINITY;
      }
      sum += d * d;
    }
    return sum / PROJECTIONS;
  }

  private void put(float[] now, int known) {
    int place = known >= 0 ? known : head;
    if (place * WIDTH == seen.length) {
      seen = Arrays.copyOf(seen, Points.room(place + 1, ROWS) * WIDTH);
    }
    System.arraycopy(now, 0, seen, place * WIDTH, WIDTH);
    if (known < 0) {
      paired &= ~(1 << place);
      head = (head + 1) % ROWS;
      size = Math.min(ROWS, size + 1);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(size);
    if (size > 0) {
      out.writeByte(head);
      out.writeInt(paired);
      out.writeFloat(change);
      for (int i = 0; i < size * WIDTH; i++) {
        out.writeFloat(seen[i]);
      }
    }
  }

  static Rays read(DataInput in) throws IOException {
    Rays rays = new Rays();
    rays.size = in.readUnsignedByte();
    if (rays.size > ROWS) {
      throw new IOException("rays must be " + ROWS + " at most, are " + rays.size);
    }
    if (rays.size > 0) {
      int head = in.readUnsignedByte() % ROWS;
      rays.head = rays.size < ROWS ? rays.size : head;
      rays.paired = in.readInt();
      rays.change = in.readFloat();
      rays.seen = Points.read(in, rays.size * WIDTH, Points.room(rays.size, ROWS) * WIDTH);
    }
    return rays;
  }

  int bytes() {
    return 32 + (seen.length == 0 ? 0 : 16 + 4 * seen.length);
  }
}
