package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Hashes;
import io.vedette.baseline.Surprise;
import io.vedette.stats.ColumnMatrix;
import io.vedette.stats.PStableHash;
import org.jspecify.annotations.Nullable;

/** What the caller engine needs to look at rows of one model version through its baseline. */
final class Lens {

  private static final int EPOCHS = 2; // days whose cells may be sighted at a time
  private static final int COARSE = 8; // projections: clean rows rarely share a coarse cell
  private static final double[] CUTS = {0.1, 0.2, 0.35, 0.5}; // shares of the clean rows

  final Baseline baseline;
  final String modelKey; // one object, so that its hash is computed once
  final PStableHash coarse;
  final float[] coarseSums; // scratch of coarse
  final long modelHash;
  final float[] z;
  final float[] g;
  final float[] w;
  final float[] lastG; // of the caller's last distinct row
  final float[] lastW;
  final Grain grain;
  final float[] directions; // float[Mirror.PROJECTIONS * dimensions]
  final ColumnMatrix signs; // float[Reflection.SIGNS][dimensions], without columns for few
  final float[] sums = new float[Reflection.SIGNS];
  final Tiles tiles = new Tiles();
  final byte[] picture = new byte[Tiles.COUNT];
  final Surprise surprises;
  final int[] bins;
  final float neighbourhood; // squared distance of rows of one stay, anywhere
  float distance; // of the current row: squared whitened length
  boolean wide; // the step to it is wider than nine in ten clean ones
  float minorShare; // of the step to it
  private final int[] cuts = new int[CUTS.length]; // bins of confidence
  private final long salt;
  private final @Nullable CellEpoch[] epochs = new CellEpoch[EPOCHS];

  Lens(Baseline baseline, long salt) {
    this.baseline = baseline;
    this.modelKey = baseline.modelKey();
    int n = baseline.manifold().dimensions();
    this.salt = salt;
    this.modelHash = Hashes.mix(Hashes.text(baseline.modelKey()) ^ salt);
    this.coarse = new PStableHash(Hashes.mix(salt - n), n, COARSE, 1, 2);
    this.coarseSums = new float[coarse.projections()];
    this.z = new float[baseline.frame().dimensions()];
    this.g = new float[n];
    this.w = new float[n];
    this.lastG = new float[n];
    this.lastW = new float[n];
    this.grain = Grain.of(baseline.frame(), baseline.manifold());
    this.directions = CellEpoch.gaussians(Hashes.mix(salt ^ 0x4D4952L), Mirror.PROJECTIONS * n, 1);
    this.signs =
        ColumnMatrix.ofColumns(
            CellEpoch.gaussians(
                Hashes.mix(salt ^ 0x5247464CL),
                Reflection.SIGNS * (n < Reflection.MANY ? 0 : n),
                1),
            Reflection.SIGNS);
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
  }

  /**
   * Squared distance within which rows of a caller are of one stay about the current row.
   *
   * @param label of its answer, hashed
   * @param nearest squared distance of the caller's nearest row
   */
  float radius(long label, float nearest) {
    if (nearest < neighbourhood || nearest >= baseline.landmarks().most()) {
      return neighbourhood; // near anywhere, or nowhere
    }
    return baseline.landmarks().radius(g, label, neighbourhood);
  }

  /**
   * True when the current row lies off the clean traffic.
   *
   * @param surprise of its values, one by one
   */
  boolean isOff(float surprise) {
    return distance > baseline.nulls().distance() || surprise > baseline.nulls().surprise();
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

  /** The cells of a day, counted from 1970-01-01; those of the latest two days asked are kept. */
  CellEpoch epoch(long day) {
    int slot = (int) Math.floorMod(day, (long) EPOCHS);
    CellEpoch epoch = epochs[slot];
    if (epoch == null || epoch.day() != day) {
      epoch = new CellEpoch(salt, baseline.modelKey(), day, g.length, baseline.nulls().cellWidth());
      epochs[slot] = epoch;
    }
    return epoch;
  }
}
