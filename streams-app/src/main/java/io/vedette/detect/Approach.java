package io.vedette.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a stay lie to the rows that the caller asked just before it, its anchors: at the
 * same distance as before, or nearer than ever.
 */
public final class Approach {

  /** Most anchors. */
  public static final int ANCHORS = 2;

  private static final float SAME_RADIUS = 0.005f; // of the step that led here
  private static final float LEAP = 0.95f; // a scene that drifts comes nearer by less

  private final int dimensions;
  private final float[] anchors; // float[count * dimensions]
  private final Anchor[] from;
  private boolean sameRadius;
  private boolean sameRay;

  /** Distances to one anchor. */
  private static final class Anchor {
    float start; // of the first row
    float last;
    float leapt; // least so far, where only leaps count
    float least; // so far, whatever the step
    boolean nearer; // the last row was nearer than all before
    boolean record;
    boolean recordTrial;
    @Nullable Rays rays;

    void begin(float distance) {
      start = distance;
      last = distance;
      leapt = distance;
      least = distance;
      nearer = false;
      record = false;
      recordTrial = false;
      rays = null;
    }
  }

  private Approach(int dimensions, float[] anchors) {
    this.dimensions = dimensions;
    this.anchors = anchors;
    this.from = new Anchor[dimensions == 0 ? 0 : anchors.length / dimensions];
    Arrays.setAll(from, a -> new Anchor());
  }

  /** Towards nothing. */
  static Approach none() {
    return new Approach(0, new float[0]);
  }

  /**
   * Towards the newest rows of the history that lie outside the neighbourhood; in the room of this
   * one where it is large enough.
   *
   * @param x first row of the stay
   * @param radius squared distance within which rows are of one neighbourhood
   */
  Approach anew(float[] x, float radius, History history) {
    int[] found = new int[ANCHORS];
    int known = 0;
    for (int back = 0; back < history.size() && known < ANCHORS; back++) {
      int at = history.offset(back);
      if (Points.squared(x, history.points(), at) >= radius) {
        found[known++] = at;
      }
    }
    // Every fourth row of an honest caller begins a stay; what it allocated would all grow old.
    boolean fits = dimensions == x.length && from.length == known;
    Approach approach = fits ? this : new Approach(x.length, new float[known * x.length]);
    for (int a = 0; a < known; a++) {
      System.arraycopy(history.points(), found[a], approach.anchors, a * x.length, x.length);
      approach.from[a].begin(approach.distance(x, a));
    }
    approach.sameRadius = false;
    approach.sameRay = false;
    return approach;
  }

  /** Forgets what was measured of the last row. */
  void clear() {
    sameRadius = false;
    sameRay = false;
    for (Anchor anchor : from) {
      anchor.record = false;
      anchor.recordTrial = false;
    }
  }

  /**
   * Measures a row of the stay.
   *
   * @param step distance from the row before
   * @param place of the row in the stay, from 2
   */
  void measure(float[] x, float step, int place) {
    float tolerance = SAME_RADIUS * step;
    for (int a = 0; a < from.length; a++) {
      Anchor anchor = from[a];
      float distance = distance(x, a);
      sameRadius |=
          Math.abs(distance - anchor.last) < tolerance
              || Math.abs(distance - anchor.leapt) < tolerance;
      anchor.recordTrial = place > 2 && !anchor.nearer;
      anchor.record = distance < LEAP * anchor.leapt;
      anchor.leapt = anchor.record ? distance : anchor.leapt;
      anchor.nearer = distance < anchor.least;
      anchor.least = Math.min(anchor.least, distance);
      anchor.last = distance;
    }
  }

  /**
   * Looks for an earlier row of the stay on the same ray from an anchor.
   *
   * @param rows points, of which the row before begins at {@code last}
   */
  void pair(float[] x, float[] rows, int last, float[] directions) {
    for (int a = 0; a < from.length; a++) {
      Rays rays = from[a].rays;
      if (rays == null) {
        rays = new Rays();
        from[a].rays = rays;
      }
      sameRay |= rays.pairs(x, rows, last, anchors, a * dimensions, directions);
    }
  }

  private float distance(float[] x, int anchor) {
    return (float) Math.sqrt(Points.squared(x, anchors, anchor * dimensions));
  }

  /** Anchors known, 0..2. */
  public int anchors() {
    return from.length;
  }

  /** True when the row is as far from an anchor as the best or the last row. */
  public boolean sameRadius() {
    return sameRadius;
  }

  /** True when the row and one before it lie on one ray from an anchor. */
  public boolean sameRay() {
    return sameRay;
  }

  /**
   * True when the row before came no nearer than all before it, so that {@link #record} tells
   * something; false for an anchor that is not known.
   */
  public boolean recordTrial(int anchor) {
    return anchor < from.length && from[anchor].recordTrial;
  }

  /** True when the row is nearer to an anchor than all rows before, by a leap. */
  public boolean record(int anchor) {
    return anchor < from.length && from[anchor].record;
  }

  /** Distance left, as a share of the first row's, 0..1; 1 for an anchor that is not known. */
  public float left(int anchor) {
    boolean known = anchor < from.length && from[anchor].start > 0;
    return known ? from[anchor].leapt / from[anchor].start : 1;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(from.length);
    Points.write(out, anchors);
    for (Anchor anchor : from) {
      out.writeFloat(anchor.start);
      out.writeFloat(anchor.last);
      out.writeFloat(anchor.leapt);
      out.writeFloat(anchor.least);
      out.writeBoolean(anchor.nearer);
      out.writeBoolean(anchor.rays != null);
      if (anchor.rays != null) {
        anchor.rays.write(out);
      }
    }
  }

  static Approach read(DataInput in, int dimensions) throws IOException {
    int known = in.readUnsignedByte();
    if (known > ANCHORS) {
      throw new IOException("stay must have " + ANCHORS + " anchors at most, has " + known);
    }
    Approach approach = new Approach(dimensions, Points.read(in, known * dimensions));
    for (Anchor anchor : approach.from) {
      anchor.start = in.readFloat();
      anchor.last = in.readFloat();
      anchor.leapt = in.readFloat();
      anchor.least = in.readFloat();
      anchor.nearer = in.readBoolean();
      anchor.rays = in.readBoolean() ? Rays.read(in) : null;
    }
    return approach;
  }

  int bytes() {
    int bytes = 72 + 4 * anchors.length + 32 * from.length;
    for (Anchor anchor : from) {
      bytes += anchor.rays == null ? 0 : anchor.rays.bytes();
    }
    return bytes;
  }
}
