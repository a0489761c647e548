package io.vedette.lab;

/** Score-based evasion along single coordinates, in the manner of ZOO or of SimBA. */
final class CoordinateAttack implements Attack {

  /*
   * ZOO: central differences of one random coordinate at +-0.05 sd, then a step on it [1].
   * SimBA: a step along a random coordinate, kept when it lowers the class's probability [2].
   *
   * [1] Chen et al., ZOO, AISec 2017, https://arxiv.org/abs/1708.03999
   * [2] Guo et al., Simple Black-box Adversarial Attacks, ICML 2019,
   *     https://arxiv.org/abs/1905.07121
   */

  private static final int STEPS = 1_000;

  private final Rng rng;
  private final boolean differences; // ZOO, else SimBA
  private int tried;
  private int flipped;

  CoordinateAttack(Rng rng, boolean differences) {
    this.rng = rng;
    this.differences = differences;
  }

  @Override
  public void run(Oracle oracle) {
    while (true) {
      double[] original = oracle.genuine(rng);
      int label = oracle.label(original);
      tried++;
      boolean success = differences ? zoo(oracle, original, label) : simba(oracle, original, label);
      flipped += success ? 1 : 0;
    }
  }

  private boolean zoo(Oracle oracle, double[] original, int label) {
    double step = oracle.frame().image() ? 0.3 : 0.5;
    double[] z = original;
    for (int t = 0; t < STEPS; t++) {
      int i = rng.below(z.length);
      float[] up = oracle.ask(oracle.frame().clip(Vec.with(z, i, z[i] + 0.05)));
      float[] down = oracle.ask(oracle.frame().clip(Vec.with(z, i, z[i] - 0.05)));
      if (Vec.argMax(up) != label || Vec.argMax(down) != label) {
        return true;
      }
      double slope = Math.signum(up[label] - down[label]);
      z = oracle.frame().clip(Vec.with(z, i, z[i] - step * slope));
    }
    return false;
  }

  private boolean simba(Oracle oracle, double[] original, int label) {
    double step = oracle.frame().image() ? 0.3 : 0.5;
    double[] z = original;
    float best = 1;
    int[] order = rng.permutation(z.length);
    for (int t = 0; t < STEPS; t++) {
      int i = order[t % order.length];
      for (int sign = -1; sign <= 1; sign += 2) {
        double[] next = oracle.frame().clip(Vec.with(z, i, z[i] + sign * step));
        float[] answer = oracle.ask(next);
        if (Vec.argMax(answer) != label) {
          return true;
        }
        if (answer[label] < best) {
          best = answer[label];
          z = next;
          break;
        }
      }
    }
    return false;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    double rate = (double) flipped / Math.max(1, tried);
    return new Outcome("flip_rate", rate, flipped > 0 && rate >= 0.5);
  }
}
