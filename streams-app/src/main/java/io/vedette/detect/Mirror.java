package io.vedette.detect;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Steps of one caller inside a neighbourhood, and whether a step undoes one of the last 64: probes
 * that come in batches, first all of one sign, then all of the other.
 */
public final class Mirror implements State {

  /*
   * Method. Gradient estimates send z + u_1, ..., z + u_m, then z - u_1, ..., z - u_m [1], SPSA with
   * signs for u [2]. Nobody need have asked z. Whatever it is, the steps of the second half are those
   * of the first with the sign turned: (z - u_i) - (z - u_j) = -((z + u_i) - (z + u_j)). So three
   * projections of each step are kept, and a step is held against the last 64.
   *
   * - matched: it equals one of them, or its opposite, within a hundredth of its length. For steps
   *   without aim in continuous inputs that hardly ever happens (1e-5). On whole numbers it does, and
   *   with tables of equal changes.
   * - opposite: it equals the opposite of one and none itself. Steps between rows without aim have a
   *   symmetric distribution, and changes that are applied to case after case have one sign, so that
   *   of the matched ones half are opposite at most.
   *
   * - shorter: it is one of them, shorter by a half to twenty per cent, as a batch is that was asked
   *   before and is asked again a share nearer to some row (the boundary attack). Whatever fades goes
   *   on with its last step, and does not count.
   *
   * Steps that change fewer than four coordinates, or a third, are left out: sliders and
   * grids go to and fro.
   *
   * Cost per row: a comparison; after a near step (half as far as clean rows lie apart, at most)
   * three dot products and up to 192 comparisons. State: 40 bytes, 784 more at most while steps are near.
   * Blind spots: probes that are clipped at the edge of the input's range, see Reflection; batches of more than 128;
   * rows in random order; several accounts.
   *
   * [1] Ilyas et al., ICML 2018, https://arxiv.org/abs/1804.08598 [2] Uesato et al., ICML 2018,
   *     https://arxiv.org/abs/1802.05666
   */

  static final int PROJECTIONS = 3;

  private static final int STEPS = 64;
  private static final int BEGIN = 3; // near steps in a row, before they take room
  private static final float NEAR = 0.5f; // squared, per dimension; two clean rows are 2 apart
  private static final float SAME = 0.01f; // of the step's length

  private static final float PARALLEL = 1 - 2e-5f; // squared cosine of the angle between steps
  private static final float SHORTEST = 0.8f; // of the step before
  private static final float LONGEST = 0.995f; // nearer to one, it is the same again

  private float[] steps = Points.NONE; // a ring of STEPS * PROJECTIONS once it is full
  private int size;
  private int head;
  private int run; // near steps in a row
  private int elsewhere; // rows since the last one

  private boolean matched;
  private boolean opposite;
  private boolean shorter;

  /** True when the step to the row equals one of the last 64, or the opposite of one. */
  public boolean matched() {
    return matched;
  }

  /** True when it is the opposite of one of them, and equals none. */
  public boolean opposite() {
    return opposite;
  }

  /** True when it is one of the last 64, a little shorter, and does not go on with the last one. */
  public boolean shorter() {
    return shorter;
  }

  /**
   * Measures a distinct row that the history has looked for but not taken in yet.
   *
   * @param x point of the manifold
   * @param radius squared distance within which rows are of one neighbourhood
   * @param directions {@code float[PROJECTIONS * dimensions]}
   */
  void measure(float[] x, History history, float radius, float[] directions) {
    matched = false;
    opposite = false;
    shorter = false;
    if (history.size() == 0) {
      return;
    }
    if (history.newestSquared() >= Math.max(radius, NEAR * x.length)) {
      run = 0;
      elsewhere = Math.min(STEPS, elsewhere + 1);
      if (elsewhere == STEPS) {
        clear();
      }
      return;
    }
    elsewhere = 0;
    run = Math.min(BEGIN, run + 1);
    if (size == 0 && run < BEGIN) {
      return;
    }
    compare(x, history.points(), history.offset(0), directions);
  }

  private void clear() {
    steps = Points.NONE;
    size = 0;
    head = 0;
  }

  private void compare(float[] x, float[] points, int last, float[] directions) {
    float[] step = new float[PROJECTIONS + 1]; // and its squared length
    int differing = Points.project(x, points, last, directions, step);
    if (differing < 4 || 3 * differing < x.length) {
      return;
    }
    float a = step[0];
    float b = step[1];
    float c = step[2];
    float tolerance = SAME * (float) Math.sqrt(step[PROJECTIONS]);
    boolean equal = false;
    boolean turned = false;
    for (int i = 0; i < size; i++) {
      int at = i * PROJECTIONS;
      equal |= same(a, b, c, steps, at, tolerance);
      turned |= same(-a, -b, -c, steps, at, tolerance);
    }
    shorter = shrinks(a, b, c);
    matched = equal || turned;
    opposite = turned && !equal;
    if (head * PROJECTIONS == steps.length) {
      steps = Arrays.copyOf(steps, Points.room(head + 1, STEPS) * PROJECTIONS);
    }
    steps[head * PROJECTIONS] = a;
    steps[head * PROJECTIONS + 1] = b;
    steps[head * PROJECTIONS + 2] = c;
    head = (head + 1) % STEPS;
    size = Math.min(STEPS, size + 1);
  }

  private boolean shrinks(float a, float b, float c) {
    float square = a * a + b * b + c * c;
    boolean found = false;
    for (int i = 0; i < size; i++) {
      int at = i * PROJECTIONS;
      float p = steps[at];
      float q = steps[at + 1];
      float r = steps[at + 2];
      float dot = a * p + b * q + c * r;
      float other = p * p + q * q + r * r;
      boolean parallel = dot * dot >= PARALLEL * square * other;
      if (parallel && i == Math.floorMod(head - 1, STEPS)) {
        return false; // whatever fades goes on with its last step
      }
      found |= parallel && dot > SHORTEST * other && dot < LONGEST * other;
    }
    return found;
  }

  private static boolean same(float a, float b, float c, float[] steps, int at, float tolerance) {
    return Math.abs(a - steps[at]) < tolerance
        && Math.abs(b - steps[at + 1]) < tolerance
        && Math.abs(c - steps[at + 2]) < tolerance;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(run);
    out.writeByte(elsewhere);
    out.writeBoolean(steps.length > 0);
    if (steps.length > 0) {
      out.writeByte(size);
      for (int i = size; i >= 1; i--) {
        int at = Math.floorMod(head - i, STEPS) * PROJECTIONS;
        for (int p = 0; p < PROJECTIONS; p++) {
          out.writeFloat(steps[at + p]);
        }
      }
    }
  }

  static Mirror read(DataInput in) throws IOException {
    Mirror mirror = new Mirror();
    mirror.run = in.readUnsignedByte();
    mirror.elsewhere = in.readUnsignedByte();
    if (!in.readBoolean()) {
      return mirror;
    }
    mirror.size = in.readUnsignedByte();
    if (mirror.size > STEPS) {
      throw new IOException("mirror must have 64 steps at most, has " + mirror.size);
    }
    mirror.steps =
        Points.read(in, mirror.size * PROJECTIONS, Points.room(mirror.size, STEPS) * PROJECTIONS);
    mirror.head = mirror.size % STEPS;
    return mirror;
  }

  @Override
  public int bytes() {
    return 40 + (steps.length == 0 ? 0 : 16 + 4 * steps.length);
  }
}
