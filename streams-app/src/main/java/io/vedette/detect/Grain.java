package io.vedette.detect;

import io.vedette.baseline.Frame;
import io.vedette.baseline.Manifold;

/**
 * How coarse the coordinates of a manifold are: years and counts come in whole numbers, so a row
 * that was meant to lie on a line lies beside it.
 */
final class Grain {

  /** Coordinates as they are, none of them coarse. */
  static final Grain NONE = new Grain(true, new float[0]);

  /** Projections, on which single coordinates tell nothing. */
  static final Grain PROJECTED = new Grain(false, new float[0]);

  private static final float COARSE =
      0.2f; // standard deviations, above which rounding hides a line
  private static final float VARIANCE = 1 / 12f; // of a number between two roundings

  private final boolean direct;
  private final float[] roundings; // per coordinate its variance; NaN when too coarse

  private Grain(boolean direct, float[] roundings) {
    this.direct = direct;
    this.roundings = roundings;
  }

  /** The grain of a model's inputs, as its clean traffic has it. */
  static Grain of(Frame frame, Manifold manifold) {
    if (!manifold.direct()) {
      return PROJECTED;
    }
    float[] roundings = new float[frame.dimensions()];
    boolean any = false;
    for (int i = 0; i < roundings.length; i++) {
      float step = frame.step(i);
      roundings[i] = step > COARSE ? Float.NaN : step * step * VARIANCE;
      any |= step > 0;
    }
    return any ? new Grain(true, roundings) : NONE;
  }

  /** True when coordinates are the inputs themselves. */
  boolean direct() {
    return direct;
  }

  /** True when some coordinate comes in steps. */
  boolean isCoarse() {
    return roundings.length > 0;
  }

  /** Variance of the rounding of a coordinate; NaN when it is too coarse to tell a line. */
  float rounding(int coordinate) {
    return roundings[coordinate];
  }
}
