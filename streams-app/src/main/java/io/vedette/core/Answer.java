package io.vedette.core;

import org.jspecify.annotations.Nullable;

/**
 * What a model answered for one row.
 *
 * @param label top-1 label or decision, null when the answer has none
 * @param probabilities class distribution, empty when not disclosed; owned, not copied
 * @param value regression value or score, NaN when the answer has none
 */
public record Answer(@Nullable String label, float[] probabilities, double value) {

  private static final float[] NONE = {};

  /** An answer of which nothing is known. */
  public static final Answer UNKNOWN = new Answer(null, NONE, Double.NaN);

  /** Probability of the most likely class, 0..1; NaN when not disclosed. */
  public float confidence() {
    if (probabilities.length == 0) {
      return Float.NaN;
    }
    float best = probabilities[0];
    for (float p : probabilities) {
      best = Math.max(best, p);
    }
    return best;
  }

  /** Index of the most likely class, -1 when no distribution was disclosed. */
  public int topClass() {
    int best = -1;
    for (int i = 0; i < probabilities.length; i++) {
      if (best < 0 || probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return best;
  }
}
