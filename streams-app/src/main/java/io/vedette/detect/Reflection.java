package io.vedette.detect;

import io.vedette.core.State;
import io.vedette.stats.ColumnMatrix;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Noise about a centre that nobody need have asked, and whether it comes in pairs of opposite
 * signs: the probes of a gradient estimate, also where they are clipped at the edge of the input's
 * range.
 */
public final class Reflection implements State {

  /*
   * Method. Gradient estimates send z + u_1 ... z + u_m and then z - u_1 ... z - u_m [1, 2]. Pixels at
   * the edge of their range clip half of that, so that steps do not undo one another; but max(0, u)
   * and max(0, -u) still have a correlation of -0.47, other pixels one of -1. So rows are held
   * against the mean of the last rows about them, and the direction from it against those of each
   * of the last 48, as 128 signs of random projections: the share of different signs is the angle
   * between two directions, over pi [3]. For each lag the likeness, 1 - 2 * share, is averaged over
   * the last rows; for directions without aim in many dimensions it is 0 +- 0.05.
   *
   * A row is opposite when one lag is negative and stands out of all others, four times as large as
   * they usually are. The row just before is no such lag: noise that overshoots lies opposite to it.
   * What goes to and fro has lags beside it that are negative as well, and others
   * that are positive; walks and few dimensions have large ones everywhere.
   *
   * Rows that differ from the mean in few coordinates, as those of sliders and what-ifs do, are left
   * out: (sum d^2)^2 / sum d^4 is n / 3 for noise, n / 6 where all of it is clipped, and at most the
   * number of coordinates that change.
   *
   * A row much farther from the mean than usual begins a new one: the search has made a step.
   *
   * Cost per row: one distance; near the mean 128 dot products. State: 56 bytes; a point and
   * 1 KB at most more while the caller stays about a place. Fewer than 24 dimensions are left to Mirror: there the
   * likeness of directions without aim is large.
   * Blind spots: batches of more than 96; rows in random order; several accounts.
   *
   * [1] Ilyas et al., ICML 2018, https://arxiv.org/abs/1804.08598 [2] Uesato et al., ICML 2018,
   *     https://arxiv.org/abs/1802.05666 [3] Charikar, STOC 2002, https://doi.org/10.1145/509907.509965
   */

  /** Projections of a direction. */
  static final int SIGNS = 128;

  /** Dimensions from which on directions without aim are nearly orthogonal. */
  static final int MANY = 24;

  private static final int WORDS = SIGNS / 64;
  private static final long[] NONE = {};
  private static final int ROWS = 48;
  private static final float CLOSE = 0.5f; // of the neighbourhood, squared, to begin with
  private static final int BEGIN = 6; // close rows count two, others minus one
  private static final float STANDS_OUT = 0.2f; // mean likeness
  private static final float USUAL = 16; // squared: four times the others' root mean square
  private static final int LAGS = 8; // that there must be for this
  private static final float RECENT = 1f / 8; // weight of the last row in it
  private static final int MEMORY = 32; // rows in the mean
  private static final float DENSE =
      1f / 8; // share of the coordinates in which a row differs, at least
  private static final int SURE = 3; // rows in a mean that is held against a row
  private static final float FAR = 2.5f; // squared, of the usual distance from the mean

  private float[] mean = Points.NONE; // empty when there is none
  private int run; // towards a first mean
  private int rows; // in the mean
  private float usual; // squared distance from it
  private long[] seen = NONE; // a ring of ROWS * WORDS once it is full
  private float[] likeness = Points.NONE; // by lag, as many as there is room in the ring
  private int size;
  private int head;
  private int elsewhere; // rows since the last one about the mean

  private boolean opposite;

  /** True when the last rows and those of some lag before them lie on opposite sides of a place. */
  public boolean opposite() {
    return opposite;
  }

  /**
   * Measures a distinct row that the history has looked for but not taken in yet.
   *
   * @param x point of the manifold
   * @param radius squared distance within which rows are of one neighbourhood
   * @param signs {@code float[SIGNS][dimensions]}, of normal variates
   * @param sums target: {@code float[SIGNS]}, to work in
   */
  void measure(float[] x, History history, float radius, ColumnMatrix signs, float[] sums) {
    opposite = false;
    if (x.length < MANY || history.size() == 0) {
      return;
    }
    if (mean.length == 0) {
      boolean close = history.nearestSquared() < CLOSE * radius;
      run = close ? run + 2 : Math.max(0, run - 1);
      if (run >= BEGIN) {
        begin(x);
      }
      return;
    }
    float squared = Points.squared(x, mean, 0);
    if (squared >= radius) {
      elsewhere++;
      if (elsewhere == ROWS) {
        mean = Points.NONE;
        run = 0;
        seen = NONE;
        likeness = Points.NONE;
        size = 0;
        head = 0;
      } else if (history.newestSquared() < radius) {
        move(x); // the caller is about another place
      }
      return;
    }
    elsewhere = 0;
    if (rows >= SURE && squared > FAR * usual) {
      move(x);
      return;
    }
    if (squared > 0) {
      float[] from = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        from[i] = x[i] - mean[i];
      }
      if (isDense(from)) {
        compare(from, signs, sums);
      }
    }
    take(x, squared);
  }

  private void begin(float[] x) {
    mean = x.clone();
    usual = 0;
    rows = 1;
    elsewhere = 0;
  }

  private void move(float[] x) {
    System.arraycopy(x, 0, mean, 0, x.length);
    rows = 1;
    elsewhere = 0;
  }

  private void take(float[] x, float squared) {
    rows = Math.min(MEMORY, rows + 1);
    float part = 1f / rows;
    for (int i = 0; i < x.length; i++) {
      mean[i] += part * (x[i] - mean[i]);
    }
    usual += (usual == 0 ? 1 : Math.max(part, 1f / 8)) * (squared - usual);
  }

  private static boolean isDense(float[] from) {
    float squares = 0;
    float fourths = 0;
    for (float d : from) {
      squares += d * d;
      fourths += d * d * d * d;
    }
    return squares * squares >= DENSE * from.length * fourths;
  }

  private void compare(float[] from, ColumnMatrix signs, float[] sums) {
    Arrays.fill(sums, 0);
    signs.addProduct(from, sums);
    long low = 0;
    long high = 0;
    for (int bit = 0; bit < 64; bit++) {
      low |= (sums[bit] > 0 ? 1L : 0) << bit;
      high |= (sums[64 + bit] > 0 ? 1L : 0) << bit;
    }
    float least = 0;
    float squares = 0;
    for (int lag = 0; lag < size; lag++) {
      int at = WORDS * Math.floorMod(head - 1 - lag, ROWS);
      int different = Long.bitCount(low ^ seen[at]) + Long.bitCount(high ^ seen[at + 1]);
      float like = 1 - 2f * different / SIGNS;
      likeness[lag] += RECENT * (like - likeness[lag]);
      least = lag == 0 ? least : Math.min(least, likeness[lag]);
      squares += likeness[lag] * likeness[lag];
    }
    float others = (squares - least * least) / Math.max(1, size - 1);
    opposite = size >= LAGS && least < -STANDS_OUT && least * least > USUAL * others;
    if (head == likeness.length) {
      int room = Points.room(head + 1, ROWS);
      seen = Arrays.copyOf(seen, room * WORDS);
      likeness = Arrays.copyOf(likeness, room);
    }
    seen[WORDS * head] = low;
    seen[WORDS * head + 1] = high;
    head = (head + 1) % ROWS;
    size = Math.min(ROWS, size + 1);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(mean.length);
    if (mean.length == 0) {
      out.writeByte(run);
      return;
    }
    Points.write(out, mean);
    out.writeByte(rows);
    out.writeFloat(usual);
    out.writeByte(elsewhere);
    out.writeByte(size);
    out.writeByte(head);
    for (int i = 0; i < WORDS * size; i++) {
      out.writeLong(seen[i]);
    }
    Points.write(out, Arrays.copyOf(likeness, size));
  }

  static Reflection read(DataInput in) throws IOException {
    Reflection reflection = new Reflection();
    int n = in.readUnsignedByte();
    if (n == 0) {
      reflection.run = in.readUnsignedByte();
      return reflection;
    }
    reflection.mean = Points.read(in, n);
    reflection.rows = in.readUnsignedByte();
    reflection.usual = in.readFloat();
    reflection.elsewhere = in.readUnsignedByte();
    reflection.size = in.readUnsignedByte();
    if (reflection.size > ROWS) {
      throw new IOException("reflection must have 48 rows at most, has " + reflection.size);
    }
    int head = in.readUnsignedByte() % ROWS;
    reflection.head = reflection.size < ROWS ? reflection.size : head;
    reflection.seen = new long[Points.room(reflection.size, ROWS) * WORDS];
    for (int i = 0; i < WORDS * reflection.size; i++) {
      reflection.seen[i] = in.readLong();
    }
    reflection.likeness = Points.read(in, reflection.size, Points.room(reflection.size, ROWS));
    return reflection;
  }

  @Override
  public int bytes() {
    return 56 + (mean.length == 0 ? 0 : 48) + 4 * (mean.length + likeness.length) + 8 * seen.length;
  }
}
