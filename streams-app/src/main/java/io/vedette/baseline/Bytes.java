package io.vedette.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Arrays in bytes, with bounds checked on the way in. */
final class Bytes {

  private Bytes() {}

  static int count(DataInput in, int most) throws IOException {
    int n = in.readInt();
    if (n < 0 || n > most) {
      throw new IOException("count must be 0 to " + most + ", was " + n);
    }
    return n;
  }

  static void write(DataOutput out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float v : values) {
      out.writeFloat(v);
    }
  }

  static float[] floats(DataInput in, int most) throws IOException {
    float[] values = new float[count(in, most)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  static void write(DataOutput out, int[] values) throws IOException {
    out.writeInt(values.length);
    for (int v : values) {
      out.writeInt(v);
    }
  }

  static int[] ints(DataInput in, int most) throws IOException {
    int[] values = new int[count(in, most)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  static void write(DataOutput out, long[] values) throws IOException {
    out.writeInt(values.length);
    for (long v : values) {
      out.writeLong(v);
    }
  }

  static long[] longs(DataInput in, int most) throws IOException {
    long[] values = new long[count(in, most)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }
}
