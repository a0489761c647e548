package io.vedette.lab;

/**
 * A displacement of some features by a number of standard deviations; whole features stay whole.
 *
 * @param by {@code float[d]}, in units of the feature
 * @param whole features to round
 */
record Shift(float[] by, boolean[] whole) {

  /** Moves {@code features} random features by {@code deviations}, up or down at random. */
  static Shift of(Site site, double deviations, int features, Rng rng) {
    int d = site.population().features();
    float[] by = new float[d];
    boolean[] whole = new boolean[d];
    int[] order = rng.permutation(d);
    for (int i = 0; i < d; i++) {
      whole[i] = site.population().whole(i);
    }
    for (int i = 0; i < Math.min(features, d); i++) {
      double sign = rng.chance(0.5) ? 1 : -1;
      by[order[i]] = (float) (sign * deviations * site.spread().sd()[order[i]]);
    }
    return new Shift(by, whole);
  }

  float[] apply(float[] x) {
    float[] result = x.clone();
    for (int i = 0; i < x.length; i++) {
      if (by[i] != 0) {
        float moved = x[i] + by[i];
        result[i] = whole[i] ? (float) StrictMath.rint(moved) : moved;
      }
    }
    return result;
  }
}
