package io.vedette.detect;

import io.vedette.core.Answer;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The best one so far of a chain of pictures that are patched copies of one another, and whether
 * what is tried next is made of it: a change that gained nothing is taken back.
 */
public final class Incumbent implements State {

  /*
   * Method. A random search changes a patch of its best picture, the incumbent, asks, and keeps the
   * change when the margin of the first label falls [1, 2]. How large the patch is in the units of
   * the model does not matter: pictures are compared tile by tile, and a patched copy has many tiles
   * that are exactly the same. The ground, which all pictures may share, does not count.
   *
   * - gained: the last picture has a smaller margin of the chain's first label than all before.
   * - kept: the picture is made of the last one, not of the best one before that: what it differs in
   *   lies in a smaller rectangle.
   *
   * Without aim neither tells of the other: frames of a video are made of the last one and tests of
   * occlusion of the first one, whatever the model answers; noise and sensors that come back to
   * where they were leave the extreme picture, so they take back what gained. Trials come in strata
   * of ten, see StratumBet; both facts may change from stratum to stratum.
   *
   * Rows that share little with the last and the best picture pass the chain by. A chain begins with
   * one that shares much with one of the last four rows, once three passed by.
   *
   * Cost per picture: a look at each pixel, two comparisons of 64 bytes, up to four more elsewhere.
   * State: none, 560 bytes from the first picture with a score on.
   * Blind spots: changes all over the picture (see Search), labels alone (see Lineage), several
   * accounts that are not new.
   *
   * [1] Andriushchenko et al., Square Attack, ECCV 2020, https://arxiv.org/abs/1912.00049
   * [2] Guo et al., Simple Black-box Adversarial Attacks, ICML 2019, https://arxiv.org/abs/1905.07121
   */

  private static final int RING = 4; // pictures that a chain may begin with
  private static final float SHARE = 0.2f; // of the tiles that are not ground
  private static final int OTHERS = 3; // rows elsewhere, before another chain may begin
  private static final int FORGOTTEN = 64; // rows elsewhere, after which the chain is over
  private static final int STRATUM = 10; // trials
  private static final float LEAST = 1e-30f; // probability

  /** Of a caller who sends no pictures, or gets no scores; never measured. */
  static final Incumbent NONE = new Incumbent(0);

  private final byte[] tiles; // of RING pictures, of the best and of the last one
  private final int[] labels = new int[RING];
  private final float[] margins = new float[RING];
  private int head;
  private boolean begun;
  private int label; // of the chain's first picture
  private float lowest; // margin
  private boolean gained;
  private int elsewhere;
  private int trials; // of the stratum, with the three below
  private int gains;
  private int keeps;
  private int both;
  private int seen; // trials of the day, with the two below
  private int agreed;
  private float expected; // to agree, if they were independent

  /** Nobody's yet. */
  Incumbent() {
    this(RING + 2);
  }

  private Incumbent(int pictures) {
    tiles = new byte[pictures * Tiles.COUNT];
  }

  /** True for the one that is never measured. */
  boolean isNobody() {
    return tiles.length == 0;
  }

  /** True when the row completes a stratum of trials. */
  public boolean decided() {
    return trials == STRATUM;
  }

  /** Trials of the stratum. */
  public int trials() {
    return trials;
  }

  /** Those after a picture that gained. */
  public int gains() {
    return gains;
  }

  /** Those made of the last picture. */
  public int keeps() {
    return keeps;
  }

  /** Those made of a last picture that gained. */
  public int both() {
    return both;
  }

  /** Trials of the day in whole strata. */
  public int seen() {
    return seen;
  }

  /** Those that kept a gain or took back what gained nothing. */
  public int agreed() {
    return agreed;
  }

  /** How many of them would if the score did not matter. */
  public float expected() {
    return expected;
  }

  /** Begins another day: what was counted for analysts begins anew. */
  void turn() {
    if (seen > 0) { // never in the shared one
      seen = 0;
      agreed = 0;
      expected = 0;
    }
  }

  /** Forgets what was measured of the last row. */
  void clear() {
    if (decided()) {
      trials = 0;
      gains = 0;
      keeps = 0;
      both = 0;
    }
  }

  /**
   * Measures a distinct row.
   *
   * @param picture hashes of its tiles, {@code byte[Tiles.COUNT]}
   * @param answered hash of its label, not 0
   * @param margin of that label against the next, see {@link #margin}
   */
  void measure(byte[] picture, int answered, float margin) {
    clear();
    if (begun && (shares(picture, last()) || shares(picture, best()))) {
      go(picture, answered == label ? margin : -margin);
    } else {
      elsewhere++;
      begun &= elsewhere < FORGOTTEN;
      if (!begun || elsewhere >= OTHERS) {
        begin(picture, answered, margin);
      }
    }
    System.arraycopy(picture, 0, tiles, head * Tiles.COUNT, Tiles.COUNT);
    labels[head] = answered;
    margins[head] = margin;
    head = (head + 1) % RING;
  }

  /**
   * Log-odds of the answer against the next one, as far as probabilities are disclosed; at least 0.
   */
  static float margin(Answer answer) {
    float most = 0;
    float next = 0;
    for (float p : answer.probabilities()) {
      next = Math.max(next, Math.min(p, most));
      most = Math.max(most, p);
    }
    float other = answer.probabilities().length == 1 ? 1 - most : next;
    return (float) (Math.log(Math.max(LEAST, most)) - Math.log(Math.max(LEAST, other)));
  }

  private void go(byte[] picture, float margin) {
    elsewhere = 0;
    int fromLast = changed(picture, last());
    int fromBest = changed(picture, best());
    if (fromLast != fromBest) {
      trial(fromLast < fromBest);
    }
    if (gained) {
      System.arraycopy(tiles, last(), tiles, best(), Tiles.COUNT);
    }
    ask(picture, margin);
  }

  private void trial(boolean kept) {
    trials++;
    gains += gained ? 1 : 0;
    keeps += kept ? 1 : 0;
    both += gained && kept ? 1 : 0;
    if (decided()) {
      seen += trials;
      agreed += trials - gains - keeps + 2 * both;
      expected += (float) (gains * keeps + (trials - gains) * (trials - keeps)) / trials;
    }
  }

  private void begin(byte[] picture, int answered, float margin) {
    int nearest = -1;
    float most = 0;
    for (int known = 0; known < RING; known++) {
      float share = share(picture, known * Tiles.COUNT);
      if (labels[known] != 0 && share >= SHARE && share > most) {
        most = share;
        nearest = known;
      }
    }
    if (nearest < 0) {
      return;
    }
    begun = true;
    elsewhere = 0;
    System.arraycopy(tiles, nearest * Tiles.COUNT, tiles, best(), Tiles.COUNT);
    label = labels[nearest];
    lowest = margins[nearest];
    ask(picture, answered == label ? margin : -margin);
  }

  /** The picture is the last one now. */
  private void ask(byte[] picture, float margin) {
    System.arraycopy(picture, 0, tiles, last(), Tiles.COUNT);
    gained = margin < lowest;
    lowest = Math.min(lowest, margin);
  }

  private static int best() {
    return RING * Tiles.COUNT;
  }

  private static int last() {
    return (RING + 1) * Tiles.COUNT;
  }

  private boolean shares(byte[] picture, int at) {
    return share(picture, at) >= SHARE;
  }

  /** Share of the tiles that are the same, of those that are not ground in both. */
  private float share(byte[] picture, int at) {
    int same = 0;
    int of = 0;
    for (int tile = 0; tile < Tiles.COUNT; tile++) {
      byte other = tiles[at + tile];
      of += picture[tile] != 0 || other != 0 ? 1 : 0;
      same += picture[tile] == other && other != 0 ? 1 : 0;
    }
    return of == 0 ? 0 : (float) same / of;
  }

  /** Tiles of the least rectangle that holds all that differ. */
  private int changed(byte[] picture, int at) {
    int top = Tiles.SIDE;
    int bottom = -1;
    int left = Tiles.SIDE;
    int right = -1;
    for (int y = 0; y < Tiles.SIDE; y++) {
      for (int x = 0; x < Tiles.SIDE; x++) {
        int tile = y * Tiles.SIDE + x;
        if (picture[tile] != tiles[at + tile]) {
          top = Math.min(top, y);
          bottom = y;
          left = Math.min(left, x);
          right = Math.max(right, x);
        }
      }
    }
    return bottom < 0 ? 0 : (bottom - top + 1) * (right - left + 1);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(tiles.length == 0 ? 0 : 1);
    if (tiles.length == 0) {
      return;
    }
    out.write(tiles);
    for (int known = 0; known < RING; known++) {
      out.writeInt(labels[known]);
      out.writeFloat(margins[known]);
    }
    out.writeByte(head);
    out.writeByte((begun ? 1 : 0) | (gained ? 2 : 0));
    out.writeInt(label);
    out.writeFloat(lowest);
    out.writeInt(elsewhere);
    out.writeByte(trials);
    out.writeByte(gains);
    out.writeByte(keeps);
    out.writeByte(both);
    out.writeInt(seen);
    out.writeInt(agreed);
    out.writeFloat(expected);
  }

  static Incumbent read(DataInput in) throws IOException {
    if (in.readUnsignedByte() == 0) {
      return NONE;
    }
    Incumbent incumbent = new Incumbent();
    in.readFully(incumbent.tiles);
    for (int known = 0; known < RING; known++) {
      incumbent.labels[known] = in.readInt();
      incumbent.margins[known] = in.readFloat();
    }
    incumbent.head = in.readUnsignedByte() % RING;
    int flags = in.readUnsignedByte();
    incumbent.begun = (flags & 1) != 0;
    incumbent.gained = (flags & 2) != 0;
    incumbent.label = in.readInt();
    incumbent.lowest = in.readFloat();
    incumbent.elsewhere = in.readInt();
    incumbent.trials = in.readUnsignedByte();
    incumbent.gains = in.readUnsignedByte();
    incumbent.keeps = in.readUnsignedByte();
    incumbent.both = in.readUnsignedByte();
    if (incumbent.trials > STRATUM
        || incumbent.gains > incumbent.trials
        || incumbent.keeps > incumbent.trials
        || incumbent.both > Math.min(incumbent.gains, incumbent.keeps)) {
      throw new IOException(
          "trials must be %d at most and what holds in them no more, were %d: %d, %d, %d"
              .formatted(
                  STRATUM, incumbent.trials, incumbent.gains, incumbent.keeps, incumbent.both));
    }
    incumbent.seen = in.readInt();
    incumbent.agreed = in.readInt();
    incumbent.expected = in.readFloat();
    return incumbent;
  }

  @Override
  public int bytes() {
    return tiles.length == 0 ? 0 : 176 + tiles.length; // the one of nobody is shared
  }
}
