package io.vedette.lab;

/**
 * Score-based evasion by natural evolution strategies: antithetic Gaussian probes estimate the
 * gradient of the true class's log-probability, then a sign step against it.
 */
final class Nes implements Attack {

  /*
   * sigma 0.1, 20 probes (10 pairs) and step 0.2 in standard deviations for tables; for images
   * sigma 0.02, step 0.02 in grey levels, kept within 0.3 of the original (L-infinity).
   *
   * Ilyas, Engstrom, Athalye, Lin, Black-box Adversarial Attacks with Limited Queries and
   * Information, ICML 2018, https://arxiv.org/abs/1804.08598
   */

  private static final int PAIRS = 10;
  private static final int STEPS = 40;

  private final Rng rng;
  private int tried;
  private int flipped;

  Nes(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    while (true) {
      double[] original = oracle.genuine(rng);
      int label = oracle.label(original);
      tried++;
      if (flips(oracle, original, label)) {
        flipped++;
      }
    }
  }

  private boolean flips(Oracle oracle, double[] original, int label) {
    boolean image = oracle.frame().image();
    double sigma = image ? 0.02 : 0.1;
    double step = image ? 0.02 : 0.2;
    double bound = image ? 0.3 : 3;
    double[] z = original;
    for (int t = 0; t < STEPS; t++) {
      double[] gradient = new double[z.length];
      for (int pair = 0; pair < PAIRS; pair++) {
        double[] u = rng.gaussians(z.length);
        double up = score(oracle, Vec.plus(z, sigma, u), label);
        double down = score(oracle, Vec.plus(z, -sigma, u), label);
        gradient = Vec.plus(gradient, up - down, u);
      }
      double[] next = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        double moved = z[i] - step * Math.signum(gradient[i]);
        next[i] = Math.max(original[i] - bound, Math.min(original[i] + bound, moved));
      }
      z = oracle.frame().clip(next);
      if (oracle.label(z) != label) {
        return true;
      }
    }
    return false;
  }

  private static double score(Oracle oracle, double[] z, int label) {
    return StrictMath.log(Math.max(1e-9, oracle.ask(oracle.frame().clip(z))[label]));
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    double rate = (double) flipped / Math.max(1, tried);
    return new Outcome("flip_rate", rate, flipped > 0 && rate >= 0.5);
  }
}
