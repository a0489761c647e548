package io.vedette.lab;

/**
 * Model inversion by gradient ascent: from the mean of all rows, the confidence of a target class
 * is raised along gradients that pairs of probes estimate, until the model is sure.
 */
final class ClassAscent implements Attack {

  /*
   * MI-Face of Fredrikson, Jha, Ristenpart: Model Inversion Attacks that Exploit Confidence
   * Information, CCS 2015, with numeric gradients (their section 5.2), here over 10 random directions
   * as in Ilyas et al. 2018. The start is the attacker's guess of the mean, not quite the true one.
   */

  private static final double SURE = 0.99;
  private static final int PAIRS = 10;
  private static final int STEPS = 40;

  private final Rng rng;
  private int tried;
  private int reached;

  ClassAscent(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    int classes = oracle.site().victim().classes();
    double[] mean = oracle.frame().of(oracle.site().spread().mean());
    while (true) {
      tried++;
      double[] start = oracle.frame().clip(Vec.plus(mean, 0.02, rng.gaussians(mean.length)));
      reached += ascends(oracle, start, tried % classes) ? 1 : 0;
    }
  }

  private boolean ascends(Oracle oracle, double[] start, int target) {
    boolean image = oracle.frame().image();
    double sigma = image ? 0.05 : 0.1;
    double step = image ? 0.05 : 0.2;
    double[] z = start;
    for (int t = 0; t < STEPS; t++) {
      if (oracle.ask(z)[target] >= SURE) {
        return true;
      }
      double[] gradient = new double[z.length];
      for (int pair = 0; pair < PAIRS; pair++) {
        double[] u = rng.gaussians(z.length);
        double up = score(oracle, Vec.plus(z, sigma, u), target);
        double down = score(oracle, Vec.plus(z, -sigma, u), target);
        gradient = Vec.plus(gradient, up - down, u);
      }
      double[] next = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        next[i] = z[i] + step * Math.signum(gradient[i]);
      }
      z = oracle.frame().clip(next);
    }
    return false;
  }

  private static double score(Oracle oracle, double[] z, int target) {
    return StrictMath.log(Math.max(1e-9, oracle.ask(oracle.frame().clip(z))[target]));
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    double rate = (double) reached / Math.max(1, tried);
    return new Outcome("reach_rate", rate, reached > 0 && rate >= 0.5);
  }
}
