package io.vedette.lab;

/**
 * Line search for any model, labels only: takes a genuine row and a random feature, looks 4
 * standard deviations to both sides, and halves the way to a change of label down to 0.02; the
 * pairs on both sides of the frontier then train a copy.
 */
final class LineBisection implements Attack {

  private static final double REACH = 4; // sd
  private static final double EPSILON = 0.02; // sd

  private final Rng rng;

  LineBisection(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    boolean image = oracle.frame().image();
    while (true) {
      double[] z = oracle.genuine(rng);
      int i = rng.below(z.length);
      double low = image ? 0 : z[i] - REACH;
      double high = image ? 1 : z[i] + REACH;
      int lowLabel = oracle.label(Vec.with(z, i, low));
      if (lowLabel == oracle.label(Vec.with(z, i, high))) {
        continue;
      }
      while (high - low > EPSILON) {
        double middle = (low + high) / 2;
        if (oracle.label(Vec.with(z, i, middle)) == lowLabel) {
          low = middle;
        } else {
          high = middle;
        }
      }
    }
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    Network copy = Fidelity.copy(oracle.site(), oracle.queries(), new int[] {24}, rng.fork("copy"));
    return Fidelity.outcome(oracle.site(), copy::classify);
  }
}
