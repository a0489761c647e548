package io.vedette.lab;

/** Extraction by synthetic rows from a space-filling design, then training a copy on the labels. */
final class RandomExtraction implements Attack {

  private static final int CUBE = 100; // rows of one Latin hypercube

  /** How rows are placed. */
  enum Design {
    /** Uniform between each feature's observed least and greatest value. */
    RANGE,
    /** Uniform within 3 standard deviations of each feature's mean. */
    DEVIATIONS,
    /** Latin hypercubes of 100 rows over the observed range. */
    LATIN
  }

  private final Rng rng;
  private final Design design;

  RandomExtraction(Rng rng, Design design) {
    this.rng = rng;
    this.design = design;
  }

  @Override
  public void run(Oracle oracle) {
    Frame frame = oracle.frame();
    int d = frame.features();
    int[][] strata = new int[d][];
    for (int row = 0; ; row++) {
      double[] z = new double[d];
      for (int i = 0; i < d; i++) {
        double u = rng.uniform();
        if (design == Design.LATIN) {
          strata[i] = row % CUBE == 0 ? rng.permutation(CUBE) : strata[i];
          u = (strata[i][row % CUBE] + u) / CUBE;
        }
        boolean deviations = design == Design.DEVIATIONS;
        double low = deviations ? (frame.image() ? 0 : -3) : frame.low(i);
        double high = deviations ? (frame.image() ? 1 : 3) : frame.high(i);
        z[i] = low + u * (high - low);
      }
      oracle.ask(z);
    }
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    Network copy = Fidelity.copy(oracle.site(), oracle.queries(), new int[] {24}, rng.fork("copy"));
    return Fidelity.outcome(oracle.site(), copy::classify);
  }
}
