package io.vedette.detect;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Copies about one row, its seed: whether the caller's rows lie about a row asked before as noise
 * about it does, whether they lie ever farther from it, and how sure the model was of it.
 */
public final class Cluster implements State {

  /*
   * Method. The first row near one of the caller's last eight makes that one the seed. A further
   * row is a copy when it lies within twice the largest radius so far (and nearer than clean rows
   * lie to one another) and nearer to the seed than to the copy before. That is how independent
   * noise about the seed lies: r^2 from it and r^2 + r'^2 from the copy before. A walk, a pan and a
   * slider lie nearer to their last row; frames of one scene, whose centre nobody asked, lie as near
   * to one another as to the first.
   *
   * - dense: the copy differs from the seed in half of the coordinates at least, and in four; what
   *   people change by hand is less. Projections of pictures are always dense.
   * - farther: among dense copies the radius is the largest so far, by a hundredth. With noise of one
   *   strength the i-th copy does that with probability 1/i (Renyi 1962), with noise that grows until
   *   the label flips nearly always. Opposite changes of one strength, as in a table of stress tests,
   *   lie twice as far apart as noise does, and do not count.
   * - ascends: each of the first three dense copies after a drop (one nearer than the copy before, or
   *   the seed's first) lies farther than the one before it. Whatever strengths the noise has, as long
   *   as they come in no order, that happens once in six times; a ladder that begins anew, as along
   *   one direction after the other, does it nearly always. The drop itself is none of the three.
   * - settled: the fourth dense copy about the seed. A row that no copy followed within eight rows is
   *   left alone. How sure the model was of either is what membership inference chooses by.
   *
   * Cost per row: two distances while there is a seed, none otherwise; the nearest row is known.
   * State: 72 bytes, one point more while there is a seed.
   */

  private static final int PATIENCE = 8; // rows elsewhere, after which the seed is given up
  private static final int SETTLED = 4; // dense copies
  private static final int THIRD = 3;
  private static final int MOST_COPIES = 64;
  private static final float LEAP = 1.02f; // squared distances, so that rounding decides nothing
  private static final float OPPOSITE = 1.6f; // noise: r^2 + r'^2 apart; opposites: twice that
  private static final float NEARER = 0.9f; // squared distances
  private static final float WITHIN = 4.5f; // squared, of the largest radius so far
  private static final float WIDEST = 1.2f; // squared, per dimension; two clean rows are 2 apart
  private static final int LADDER = 3; // copies ever farther, after which none is too far
  private static final int THREE = 3; // copies after a drop that are looked at
  private static final int BITS = 4; // of a row's level
  private static final int NONE = (1 << BITS) - 1;
  private static final int OLDEST = BITS * (History.ROWS - 1);

  private float[] seed = Points.NONE; // empty when there is none
  private int seedLevel = NONE;
  private float farthest; // squared radius, of all copies
  private float farthestDense;
  private float last; // squared radius of the copy before
  private int copies;
  private int dense;
  private int climbs; // dense copies from the third on that lay farther than all before
  private int sinceDrop; // copies, THREE at most
  private boolean rising; // each of all these lay farther than the one before
  private int ascents; // of three
  private int elsewhere;
  private int recent = -1; // levels of the last eight rows, of those that are still alone

  private boolean copy;
  private boolean farther;
  private boolean decided; // whether the three ascend
  private boolean rises; // the row goes on with a ladder
  private boolean settles;
  private int leftAlone = NONE; // level of the row that is now too old to be a seed

  /** Which dense copy of the seed the row is, from 1; 0 when it is none. */
  public int copies() {
    return copy ? dense : 0;
  }

  /** How many copies of the seed, from the third on, lay farther from it than all before. */
  public int climbs() {
    return climbs;
  }

  /** True when the row lies farther from the seed than all copies before it, by their pattern. */
  public boolean farther() {
    return copy && farther;
  }

  /** True when the row decides whether three copies after a drop ascend. */
  public boolean decides() {
    return decided;
  }

  /** True when they do. */
  public boolean ascends() {
    return decided && rising;
  }

  /** How often three copies of the seed did so. */
  public int ascents() {
    return ascents;
  }

  /**
   * True when the row is a step of a ladder: farther than all copies, or than those since a drop.
   */
  boolean step() {
    return copy && (farther || rises);
  }

  /** True when the row is the fourth copy, so that the seed was chosen for more than one look. */
  public boolean settles() {
    return settles;
  }

  /** How sure the model was of the seed, as a level; -1 when not disclosed. */
  public int seedLevel() {
    return seedLevel == NONE ? -1 : seedLevel;
  }

  /** How sure it was of a row that no copy has followed; -1 when this row decides of none. */
  public int leftAlone() {
    return leftAlone == NONE ? -1 : leftAlone;
  }

  /**
   * Measures a distinct row that has not been added to the history yet.
   *
   * @param x point of the manifold
   * @param level how sure the model is of the row, 0 to 14; -1 when not disclosed
   * @param nearest the newest-first place in the history of the row that is nearest, -1 for none
   * @param squared its squared distance
   * @param radius squared distance within which rows are of one neighbourhood
   */
  void measure(float[] x, int level, int nearest, float squared, float radius, History history) {
    copy = false;
    farther = false;
    decided = false;
    rises = false;
    settles = false;
    if (seed.length == x.length && follows(x, radius, history)) {
      leave(NONE);
      return;
    }
    elsewhere++;
    boolean near = nearest >= 0 && squared < radius;
    if (near) {
      begin(x, nearest, squared, history);
    } else if (elsewhere > PATIENCE) {
      seed = Points.NONE;
    }
    leave(near || level < 0 ? NONE : level);
  }

  private boolean follows(float[] x, float radius, History history) {
    float r = Points.squared(x, seed, 0);
    float widest = climbs >= LADDER ? Float.POSITIVE_INFINITY : WIDEST * x.length;
    float within = Math.min(Math.max(radius, WITHIN * farthest), widest);
    if (copies >= MOST_COPIES || elsewhere >= history.size() || r >= within) {
      return false;
    }
    // The copy before is as many rows ago as others came between.
    float apart = Points.squared(x, history.points(), history.offset(elsewhere));
    if (r >= NEARER * apart) {
      return false;
    }
    elsewhere = 0;
    boolean isDense = dense(x);
    copies++;
    dense += isDense ? 1 : 0;
    copy = isDense;
    settles = isDense && dense == SETTLED;
    if (isDense) {
      farther = r > LEAP * farthestDense && apart < OPPOSITE * (r + last);
      climbs += farther && dense >= THIRD ? 1 : 0;
      farthestDense = Math.max(farthestDense, r);
      if (dense > 1) {
        climb(r, r > LEAP * last && apart < OPPOSITE * (r + last));
      }
    }
    farthest = Math.max(farthest, r);
    last = r;
    return true;
  }

  private void climb(float r, boolean higher) {
    boolean within = sinceDrop < THREE;
    boolean first = sinceDrop == 0; // of the three; it may lie where it likes
    rising = first || (rising && higher);
    rises = !first && rising;
    sinceDrop = Math.min(THREE, sinceDrop + 1);
    decided = within && !first && (!rising || sinceDrop == THREE);
    ascents += decided && rising ? 1 : 0;
    if (!rising) {
      sinceDrop = r < last ? 0 : THREE;
    }
  }

  private boolean dense(float[] x) {
    int differing = 0;
    for (int i = 0; i < x.length; i++) {
      differing += Math.abs(x[i] - seed[i]) > 1e-6f * (1 + Math.abs(x[i])) ? 1 : 0;
    }
    return differing >= 4 && 2 * differing >= x.length;
  }

  private void begin(float[] x, int nearest, float squared, History history) {
    if (seed.length != x.length) {
      seed = new float[x.length];
    }
    System.arraycopy(history.points(), history.offset(nearest), seed, 0, x.length);
    int shift = BITS * nearest;
    seedLevel = (recent >>> shift) & NONE;
    recent |= NONE << shift; // no longer alone
    farthest = squared;
    copies = 1;
    dense = dense(x) ? 1 : 0;
    farthestDense = dense == 1 ? squared : 0;
    last = squared;
    climbs = 0;
    sinceDrop = 0; // the first copy is near because it was chosen so
    rising = false;
    ascents = 0;
    elsewhere = 0;
  }

  /** Takes the row in; the one that it pushes out was left alone, unless a copy came. */
  private void leave(int level) {
    leftAlone = (recent >>> OLDEST) & NONE;
    recent = (recent << BITS) | level;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(seed.length);
    Points.write(out, seed);
    if (seed.length > 0) {
      out.writeByte(seedLevel);
      out.writeFloat(farthest);
      out.writeFloat(farthestDense);
      out.writeFloat(last);
      out.writeByte(copies);
      out.writeByte(dense);
      out.writeByte(climbs);
      out.writeByte(sinceDrop);
      out.writeBoolean(rising);
      out.writeByte(ascents);
    }
    out.writeInt(elsewhere);
    out.writeInt(recent);
  }

  static Cluster read(DataInput in) throws IOException {
    Cluster cluster = new Cluster();
    int n = in.readUnsignedByte();
    if (n > 64) {
      throw new IOException("cluster must have 64 dimensions at most, has " + n);
    }
    cluster.seed = Points.read(in, n);
    if (n > 0) {
      cluster.seedLevel = in.readUnsignedByte();
      cluster.farthest = in.readFloat();
      cluster.farthestDense = in.readFloat();
      cluster.last = in.readFloat();
      cluster.copies = in.readUnsignedByte();
      cluster.dense = in.readUnsignedByte();
      cluster.climbs = in.readUnsignedByte();
      cluster.sinceDrop = in.readUnsignedByte();
      cluster.rising = in.readBoolean();
      cluster.ascents = in.readUnsignedByte();
    }
    cluster.elsewhere = in.readInt();
    cluster.recent = in.readInt();
    return cluster;
  }

  @Override
  public int bytes() {
    return 72 + (seed.length == 0 ? 0 : 16 + 4 * seed.length);
  }
}
