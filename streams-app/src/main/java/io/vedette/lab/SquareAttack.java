package io.vedette.lab;

/**
 * The square attack on images: random squares at the corners of an L-infinity ball, kept when they
 * lower the margin of the true class.
 */
final class SquareAttack implements Attack {

  /*
   * Bound 0.3 grey; the square's share of the picture starts at 0.3 and is halved six times, as in
   * the schedule of [1] scaled to 400 steps.
   *
   * [1] Andriushchenko et al., Square Attack, ECCV 2020, https://arxiv.org/abs/1912.00049
   */

  private static final double BOUND = 0.3;
  private static final int STEPS = 400;

  private final Rng rng;
  private int tried;
  private int flipped;

  SquareAttack(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    if (!oracle.frame().image()) {
      throw new IllegalArgumentException(
          "site must serve images, was " + oracle.site().population().name());
    }
    int side = oracle.site().population().shape()[0];
    while (true) {
      double[] original = oracle.genuine(rng);
      int label = oracle.label(original);
      tried++;
      flipped += flips(oracle, original, label, side) ? 1 : 0;
    }
  }

  private boolean flips(Oracle oracle, double[] original, int label, int side) {
    double[] z = original.clone();
    for (int column = 0; column < side; column++) { // stripes
      double sign = rng.chance(0.5) ? BOUND : -BOUND;
      for (int row = 0; row < side; row++) {
        z[row * side + column] += sign;
      }
    }
    z = oracle.frame().clip(z);
    double margin = margin(oracle.ask(z), label);
    for (int t = 0; t < STEPS && margin > 0; t++) {
      double share = 0.3 / (1 << Math.min(6, t * 7 / STEPS));
      int width = Math.max(1, (int) Math.round(Math.sqrt(share) * side));
      double[] next = oracle.frame().clip(painted(z, original, side, width));
      double found = margin(oracle.ask(next), label);
      if (found < margin) {
        margin = found;
        z = next;
      }
    }
    return margin <= 0;
  }

  private double[] painted(double[] z, double[] original, int side, int width) {
    double[] next = z.clone();
    int top = rng.below(side - width + 1);
    int left = rng.below(side - width + 1);
    double sign = rng.chance(0.5) ? BOUND : -BOUND;
    for (int row = top; row < top + width; row++) {
      for (int column = left; column < left + width; column++) {
        next[row * side + column] = original[row * side + column] + sign;
      }
    }
    return next;
  }

  /** Log-odds of the true class against the best other one; 0 or less when it has flipped. */
  private static double margin(float[] answer, int label) {
    double other = 1e-9;
    for (int c = 0; c < answer.length; c++) {
      other = c == label ? other : Math.max(other, answer[c]);
    }
    return StrictMath.log(Math.max(1e-9, answer[label])) - StrictMath.log(other);
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    double rate = (double) flipped / Math.max(1, tried);
    return new Outcome("flip_rate", rate, flipped > 0 && rate >= 0.5);
  }
}
