package io.vedette.detect;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The two ends of a caller's last boundary search, and whether its next rows lie on a sphere about
 * one of them, as the probes of a gradient estimate do (HopSkipJump, its equation 9).
 */
final class Anchors implements State {

  private static final float SAME_RADIUS = 0.005f; // relative
  private static final End NONE = new End(new float[0], 0); // before the first search

  private End one = NONE;
  private End other = NONE;

  private static final class End {
    final float[] point;
    int label;
    float radius; // of the last row about it, 0 for none

    End(float[] point, int label) {
      this.point = point;
      this.label = label;
    }

    boolean onSphere(float[] x) {
      if (point.length != x.length) {
        return false;
      }
      float before = radius;
      radius = (float) Math.sqrt(Points.squared(x, point, 0));
      return radius > 1e-6f && Math.abs(radius - before) < SAME_RADIUS * radius;
    }
  }

  /** Takes a row of a boundary search: it is the new end on the side of its label. */
  void search(float[] point, int label) {
    if (one == NONE || one.label == label) {
      one = moved(one, point, label);
    } else {
      other = moved(other, point, label);
    }
  }

  private static End moved(End end, float[] point, int label) {
    if (end == NONE || end.point.length != point.length) {
      return new End(point.clone(), label);
    }
    System.arraycopy(point, 0, end.point, 0, point.length);
    end.label = label;
    end.radius = 0;
    return end;
  }

  /** Takes any other row: true when it is as far from an end as the row before was. */
  boolean onSphere(float[] point) {
    boolean near = one.onSphere(point);
    boolean far = other.onSphere(point);
    return near || far;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    write(out, one);
    write(out, other);
  }

  private static void write(DataOutput out, End end) throws IOException {
    out.writeByte(end.point.length);
    Points.write(out, end.point);
    out.writeInt(end.label);
    out.writeFloat(end.radius);
  }

  static Anchors read(DataInput in) throws IOException {
    Anchors anchors = new Anchors();
    anchors.one = readEnd(in);
    anchors.other = readEnd(in);
    return anchors;
  }

  private static End readEnd(DataInput in) throws IOException {
    int n = in.readUnsignedByte();
    if (n > 64) {
      throw new IOException("end of a search must have 64 dimensions at most, has " + n);
    }
    float[] point = Points.read(in, n);
    int label = in.readInt();
    float radius = in.readFloat();
    if (n == 0) {
      return NONE;
    }
    End end = new End(point, label);
    end.radius = radius;
    return end;
  }

  @Override
  public int bytes() {
    return 24 + bytes(one) + bytes(other);
  }

  private static int bytes(End end) {
    return end == NONE ? 0 : 40 + 4 * end.point.length;
  }
}
