package io.vedette.lab;

/**
 * Model inversion by hill climbing: from noise, small edits that raise the confidence of a target
 * class are kept until the model is sure (after Fredrikson et al., CCS 2015, without gradients).
 */
final class HillClimb implements Attack {

  private static final double SURE = 0.99;
  private static final int PATIENCE = 600; // edits per target

  private final Rng rng;
  private int tried;
  private int reached;

  HillClimb(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    int classes = oracle.site().victim().classes();
    while (true) {
      tried++;
      reached += climbs(oracle, tried % classes) ? 1 : 0;
    }
  }

  private boolean climbs(Oracle oracle, int target) {
    Frame frame = oracle.frame();
    double edit = frame.image() ? 0.08 : 0.25;
    double[] z = new double[frame.features()];
    for (int i = 0; i < z.length; i++) {
      z[i] = frame.image() ? rng.uniform() : rng.gaussian();
    }
    float best = oracle.ask(z)[target];
    for (int t = 0; t < PATIENCE && best < SURE; t++) {
      double[] next = frame.clip(Vec.plus(z, edit, rng.gaussians(z.length)));
      float found = oracle.ask(next)[target];
      if (found > best) {
        best = found;
        z = next;
      }
    }
    return best >= SURE;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    double rate = (double) reached / Math.max(1, tried);
    return new Outcome("reach_rate", rate, reached > 0 && rate >= 0.5);
  }
}
