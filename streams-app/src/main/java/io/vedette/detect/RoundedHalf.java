package io.vedette.detect;

/**
 * Whether a step is half of the one before, there or back, in all numbers of a row at once but for
 * their rounding: a bisection of a row of whole numbers and categories.
 */
final class RoundedHalf {

  /*
   * Late in such a bisection only one number is fine enough to move, so that there is no line to
   * see (RoundedLine), but its steps go on to halve: 1733, 867, 433, 217, and the others keep within
   * a rounding of theirs. Categories are left alone, for nobody knows what lies between two.
   */

  private static final float MANY = 16; // grains that the finest number has to move
  private static final float FINE = 1e-4f; // standard deviations, the grain of any number
  private static final float ROUNDED = 1.5f; // of a grain: what three rows may be off, at most
  private static final float RATIO = 0.002f;

  private RoundedHalf() {}

  /**
   * Measures the step to x from one point.
   *
   * @param p points
   * @param from where the point before x begins
   * @param before where the one before that begins
   */
  static boolean measure(float[] x, float[] p, int from, int before, Grain grain) {
    int finest = -1;
    float most = MANY;
    for (int i = 0; i < x.length; i++) {
      float moved = Math.abs(p[from + i] - p[before + i]) / step(grain, i);
      if (moved >= most) { // never for categories
        most = moved;
        finest = i;
      }
    }
    if (finest < 0) {
      return false;
    }
    float way = (x[finest] - p[from + finest]) * (p[from + finest] - p[before + finest]);
    float share = way > 0 ? 0.5f : -0.5f;
    for (int i = 0; i < x.length; i++) {
      float last = p[from + i] - p[before + i];
      float off = Math.abs(x[i] - p[from + i] - share * last);
      if (off > ROUNDED * step(grain, i) + RATIO * Math.abs(last)) { // never for categories
        return false;
      }
    }
    return true;
  }

  /** Of its grain; NaN for categories. */
  private static float step(Grain grain, int coordinate) {
    return Math.max(FINE, grain.step(coordinate));
  }
}
