package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Hashes;
import io.vedette.baseline.Surprise;
import io.vedette.stats.PStableHash;
import java.util.SplittableRandom;

/** What the caller engine needs to look at rows of one model version through its baseline. */
final class Lens {

  static final int TABLES = 4;
  static final int SKETCH = 12;

  private static final int PROJECTIONS = 10;
  private static final int COARSE = 8; // projections: clean rows rarely share a coarse cell
  private static final double[] CUTS = {0.1, 0.2, 0.35, 0.5}; // shares of the clean rows
  private static final float UNIT = 4096; // sketch units per standard deviation

  final Baseline baseline;
  final String modelKey; // one object, so that its hash is computed once
  final PStableHash cells;
  final PStableHash coarse;
  final long modelHash;
  final float[] z;
  final float[] g;
  final float[] w;
  final Surprise surprises;
  final int[] bins;
  final float neighbourhood; // squared distance of rows of one stay
  float distance; // of the current row: squared whitened length
  float minorShare; // of the step to it
  private final int[] cuts = new int[CUTS.length]; // bins of confidence
  private final float[] sketchRows; // float[SKETCH * dimensions]

  Lens(Baseline baseline, long salt) {
    this.baseline = baseline;
    this.modelKey = baseline.modelKey();
    int n = baseline.manifold().dimensions();
    // Cells stay the same when a baseline is renewed: the salt and the model decide, not the fit.
    this.modelHash = Hashes.mix(Hashes.text(baseline.modelKey()) ^ salt);
    this.cells =
        new PStableHash(Hashes.mix(salt + n), n, PROJECTIONS, TABLES, baseline.nulls().cellWidth());
    this.coarse = new PStableHash(Hashes.mix(salt - n), n, COARSE, 1, 2);
    this.z = new float[baseline.frame().dimensions()];
    this.g = new float[n];
    this.w = new float[n];
    this.surprises = new Surprise(baseline.columns());
    this.bins = new int[baseline.columns().size()];
    this.neighbourhood = baseline.nulls().neighbourhood();
    int[] counts = baseline.confidences().counts();
    long disclosed = 0;
    for (int bin = 0; bin < counts.length - 1; bin++) {
      disclosed += counts[bin]; // the last bin holds those that are missing
    }
    for (int cut = 0; cut < CUTS.length; cut++) {
      long below = counts[0];
      while (below < CUTS[cut] * disclosed) {
        below += counts[++cuts[cut]];
      }
    }
    this.sketchRows = new float[SKETCH * n];
    SplittableRandom random = new SplittableRandom(Hashes.mix(salt ^ 0x534B4554L));
    double scale = 1 / StrictMath.sqrt(SKETCH);
    for (int i = 0; i < sketchRows.length; i++) {
      double u = 1 - random.nextDouble();
      double angle = 2 * StrictMath.PI * random.nextDouble();
      sketchRows[i] =
          (float) (scale * StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(angle));
    }
  }

  /** How many of the cuts a confidence lies above, 0 to 4; -1 when it is not disclosed. */
  int level(float confidence) {
    if (Float.isNaN(confidence)) {
      return -1;
    }
    int bin = baseline.confidences().bin(confidence);
    int level = 0;
    for (int cut : cuts) {
      level += bin > cut ? 1 : 0;
    }
    return level;
  }

  /** Projections of the current {@code g}, modulo 16 standard deviations: differences survive. */
  short[] sketch() {
    short[] sketch = new short[SKETCH];
    int n = g.length;
    for (int s = 0; s < SKETCH; s++) {
      float sum = 0;
      for (int i = 0; i < n; i++) {
        sum += sketchRows[s * n + i] * g[i];
      }
      sketch[s] = (short) Math.round(sum * UNIT);
    }
    return sketch;
  }
}
