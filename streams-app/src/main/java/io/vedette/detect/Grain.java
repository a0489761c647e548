package io.vedette.detect;

import io.vedette.baseline.Frame;
import io.vedette.baseline.Manifold;

/**
 * How coarse the coordinates of a manifold are: years and counts come in whole numbers, so a row
 * that was meant to lie on a line lies beside it, and categories lie nowhere on it.
 */
final class Grain {

  /** Coordinates as they are, none of them coarse. */
  static final Grain NONE = new Grain(true, new float[0], new float[0]);

  /** Projections, on which single coordinates tell nothing. */
  static final Grain PROJECTED = new Grain(false, new float[0], new float[0]);

  private static final float COARSE =
      0.2f; // standard deviations, above which rounding hides a line
  private static final float VARIANCE = 1 / 12f; // of a number between two roundings

  private final boolean direct;
  private final float[] steps; // per coordinate between two values; NaN for categories
  private final float[] roundings; // per coordinate its variance; NaN when too coarse

  private Grain(boolean direct, float[] steps, float[] roundings) {
    this.direct = direct;
    this.steps = steps;
    this.roundings = roundings;
  }

  /** The grain of a model's inputs, as its clean traffic has it. */
  static Grain of(Frame frame, Manifold manifold) {
    if (!manifold.direct()) {
      return PROJECTED;
    }
    float[] steps = new float[frame.dimensions()];
    float[] roundings = new float[steps.length];
    boolean any = false;
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i < frame.numeric() ? frame.step(i) : Float.NaN;
      roundings[i] = steps[i] <= COARSE ? steps[i] * steps[i] * VARIANCE : Float.NaN;
      any |= steps[i] != 0; // also a category
    }
    return any ? new Grain(true, steps, roundings) : NONE;
  }

  /** True when coordinates are the inputs themselves. */
  boolean direct() {
    return direct;
  }

  /** True when some coordinate comes in steps, or in categories. */
  boolean isCoarse() {
    return roundings.length > 0;
  }

  /** Least difference of two values, standard deviations; 0 for any, NaN for categories. */
  float step(int coordinate) {
    return steps[coordinate];
  }

  /** Variance of the rounding of a coordinate; NaN when it is too coarse to tell a line. */
  float rounding(int coordinate) {
    return roundings[coordinate];
  }
}
