package io.vedette.detect;

/** Whether two steps go along one line but for the rounding of the rows that they lead to. */
final class RoundedLine {

  private static final float COSINE = 0.999f;
  private static final float SAME = 1e-6f; // relative difference below which coordinates are equal
  private static final int LEAST = 3; // coordinates that move, for a line to tell something
  private static final float TOLERANCE =
      6; // of the variance of rounding: three deviations of two rows
  private static final float CLEAR = 0.05f; // of the squared step, what rounding may explain
  private static final float RATIO = 0.01f;

  private float uv;
  private float uu;
  private float vv;
  private float rounding; // variance of a row, over the coordinates that move
  private int moving;

  /**
   * Measures the step to x from one point, and the step between two others, on all coordinates that
   * are not too coarse.
   *
   * @param p points
   * @param from where the point before x begins
   * @param end where the other step ends
   * @param start where it starts
   */
  void measure(float[] x, float[] p, int from, int end, int start, Grain grain) {
    uv = 0;
    uu = 0;
    vv = 0;
    rounding = 0;
    moving = 0;
    for (int i = 0; i < x.length; i++) {
      float variance = grain.rounding(i);
      if (Float.isNaN(variance)) {
        continue;
      }
      float u = x[i] - p[from + i];
      float v = p[end + i] - p[start + i];
      uv += u * v;
      uu += u * u;
      vv += v * v;
      if (Math.max(Math.abs(u), Math.abs(v)) > SAME * (1 + Math.abs(x[i]))) {
        moving++;
        rounding += variance;
      }
    }
  }

  /** True when both lie on one line, as far as rounding lets it tell, and it lets tell much. */
  boolean isOne() {
    if (moving < LEAST || uu == 0 || vv == 0) {
      return false;
    }
    float limit = Math.max((1 - COSINE * COSINE) * uu, noise());
    return limit < CLEAR * uu && uu - uv * uv / vv <= limit;
  }

  /** Squared, of both steps, seen at the end of the first. */
  private float noise() {
    return TOLERANCE * rounding * (1 + uu / vv);
  }

  /** True when the first step is half as long as the second, as far as rounding lets it tell. */
  boolean isHalf() {
    float tolerance = RATIO + (float) Math.sqrt(noise() / vv);
    return Math.abs(Math.sqrt(uu / vv) - 0.5) < tolerance;
  }

  /** How far the first step goes along the second, as a share of it; negative for backwards. */
  float share() {
    return uv / vv;
  }
}
