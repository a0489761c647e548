package io.vedette.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Points of a manifold that lie one after the other in an array. */
final class Points {

  /** No points. */
  static final float[] NONE = {};

  private static final int LOOK = 8; // coordinates between two looks at the sum

  private Points() {}

  /** Squared distance of a point from the one at an offset. */
  static float squared(float[] x, float[] points, int at) {
    float sum = 0;
    for (int i = 0; i < x.length; i++) {
      float d = x[i] - points[at + i];
      sum += d * d;
    }
    return sum;
  }

  /** Whether that distance is below a limit; far points are left after a few coordinates. */
  static boolean within(float[] x, float[] points, int at, float limit) {
    float sum = 0;
    int i = 0;
    while (i < x.length) {
      for (int end = Math.min(x.length, i + LOOK); i < end; i++) {
        float d = x[i] - points[at + i];
        sum += d * d;
      }
      if (sum >= limit) {
        return false;
      }
    }
    return sum < limit;
  }

  /**
   * Projects the step to a point from the one at an offset.
   *
   * @param directions {@code float[3 * dimensions]}
   * @param to target: three projections, then the squared length
   * @return coordinates in which the two differ
   */
  static int project(float[] x, float[] points, int at, float[] directions, float[] to) {
    int n = x.length;
    float a = 0;
    float b = 0;
    float c = 0;
    float length = 0;
    int differing = 0;
    for (int i = 0; i < n; i++) {
      float d = x[i] - points[at + i];
      a += d * directions[i];
      b += d * directions[n + i];
      c += d * directions[2 * n + i];
      length += d * d;
      differing += Math.abs(d) > 1e-6f * (1 + Math.abs(x[i])) ? 1 : 0;
    }
    to[0] = a;
    to[1] = b;
    to[2] = c;
    to[3] = length;
    return differing;
  }

  /** Rows for which a ring has room that holds so many, and grows to the most it may hold. */
  static int room(int rows, int most) {
    return rows == 0 ? 0 : Math.min(most, Math.max(4, Integer.highestOneBit(2 * rows - 1)));
  }

  static void write(DataOutput out, float[] points) throws IOException {
    for (float v : points) {
      out.writeFloat(v);
    }
  }

  static float[] read(DataInput in, int count) throws IOException {
    return read(in, count, count);
  }

  /** Reads values into an array that has room for more. */
  static float[] read(DataInput in, int count, int room) throws IOException {
    float[] values = new float[room];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
