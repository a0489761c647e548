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
  private static final int ENDS = 2;

  private final float[][] ends = {{}, {}}; // empty before the first search
  private final int[] labels = new int[ENDS];
  private final float[] radii = new float[ENDS]; // of the last row about each end, 0 for none

  /** Takes a row of a boundary search: it is the new end on the side of its label. */
  void search(float[] point, int label) {
    int side = ends[0].length == 0 || labels[0] == label ? 0 : 1;
    if (ends[side].length != point.length) {
      ends[side] = new float[point.length];
    }
    System.arraycopy(point, 0, ends[side], 0, point.length);
    labels[side] = label;
    radii[side] = 0;
  }

  /** Takes any other row: true when it is as far from an end as the row before was. */
  boolean onSphere(float[] point) {
    boolean same = false;
    for (int side = 0; side < ENDS; side++) {
      float[] end = ends[side];
      if (end.length != point.length) {
        continue;
      }
      float sum = 0;
      for (int i = 0; i < end.length; i++) {
        float d = point[i] - end[i];
        sum += d * d;
      }
      float radius = (float) Math.sqrt(sum);
      same |= radius > 1e-6f && Math.abs(radius - radii[side]) < SAME_RADIUS * radius;
      radii[side] = radius;
    }
    return same;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (int side = 0; side < ENDS; side++) {
      out.writeByte(ends[side].length);
      for (float v : ends[side]) {
        out.writeFloat(v);
      }
      out.writeInt(labels[side]);
      out.writeFloat(radii[side]);
    }
  }

  static Anchors read(DataInput in) throws IOException {
    Anchors anchors = new Anchors();
    for (int side = 0; side < ENDS; side++) {
      anchors.ends[side] = new float[in.readUnsignedByte()];
      for (int i = 0; i < anchors.ends[side].length; i++) {
        anchors.ends[side][i] = in.readFloat();
      }
      anchors.labels[side] = in.readInt();
      anchors.radii[side] = in.readFloat();
    }
    return anchors;
  }

  @Override
  public int bytes() {
    return 144 + 4 * (ends[0].length + ends[1].length);
  }
}
