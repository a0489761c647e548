package io.vedette.detect;

import io.vedette.baseline.Hashes;
import io.vedette.stats.ColumnMatrix;
import io.vedette.stats.PStableHash;
import io.vedette.stats.SipHash;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Fingerprint cells and sketches of one model version on one day, UTC. */
final class CellEpoch {

  /*
   * Cells, their ledgers and what they remember begin anew at midnight, so a new salt at midnight
   * loses nothing: it is derived from the secret and the day, by SipHash under the secret as key.
   * Who learns which inputs share a cell, by watching what alarms, learns it for one day. Two days
   * are live at a time, because events of yesterday still come. Nothing is stored or handed round:
   * every instance that has the secret derives the same salts, in any order of events.
   *
   * Cells stay the same when a baseline is renewed: secret, day and model decide, not the fit.
   */

  static final int TABLES = 4;
  static final int SKETCH = 12;

  private static final int PROJECTIONS = 10;
  private static final long EPOCH = 0x45504F4348L; // says what the salt is for
  private static final float UNIT = 4096; // sketch units per standard deviation

  private final long day;
  private final long modelHash;
  private final PStableHash hash;
  private final float[] projected; // scratch: a day's projections serve one task
  private final float[] sums = new float[SKETCH];
  private final ColumnMatrix sketches; // float[SKETCH][dimensions]

  /**
   * Draws the projections of a day.
   *
   * @param secret {@code cells.salt}
   * @param day counted from 1970-01-01 UTC
   * @param dimensions of the manifold
   * @param width of the cells, standard deviations per feature
   */
  CellEpoch(long secret, String modelKey, long day, int dimensions, float width) {
    long salt = salt(secret, day);
    this.day = day;
    this.modelHash = Hashes.mix(Hashes.text(modelKey) ^ salt);
    this.hash =
        new PStableHash(Hashes.mix(salt + dimensions), dimensions, PROJECTIONS, TABLES, width);
    this.projected = new float[hash.projections()];
    double scale = 1 / StrictMath.sqrt(SKETCH);
    this.sketches =
        ColumnMatrix.ofRows(
            gaussians(Hashes.mix(salt ^ 0x534B4554L), SKETCH * dimensions, scale), SKETCH);
  }

  /** Normal numbers that are the same on every platform. */
  static float[] gaussians(long seed, int count, double deviation) {
    float[] values = new float[count];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      double u = 1 - random.nextDouble();
      double angle = 2 * StrictMath.PI * random.nextDouble();
      double radius = StrictMath.sqrt(-2 * StrictMath.log(u));
      values[i] = (float) (deviation * radius * StrictMath.cos(angle));
    }
    return values;
  }

  private static long salt(long secret, long day) {
    SipHash hash = new SipHash(secret, EPOCH);
    hash.start();
    hash.add(day);
    return hash.finish();
  }

  long day() {
    return day;
  }

  /** Keys of the cells of a point of the manifold, one per table. */
  long[] cells(float[] g) {
    long[] cells = new long[TABLES];
    hash.cells(g, cells, projected);
    for (int table = 0; table < TABLES; table++) {
      cells[table] = Hashes.mix(cells[table] ^ modelHash);
    }
    return cells;
  }

  /** Projections of a point, modulo 16 standard deviations: differences survive. */
  short[] sketch(float[] g) {
    short[] sketch = new short[SKETCH];
    Arrays.fill(sums, 0);
    sketches.addProduct(g, sums);
    for (int s = 0; s < SKETCH; s++) {
      sketch[s] = (short) Math.round(sums[s] * UNIT);
    }
    return sketch;
  }
}
