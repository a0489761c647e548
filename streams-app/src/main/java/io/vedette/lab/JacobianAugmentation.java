package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Jacobian-based data set augmentation: trains a copy on a few genuine rows, moves every row by
 * lambda along the sign of the copy's gradient, asks for the labels, and repeats.
 */
final class JacobianAugmentation implements Attack {

  /*
   * lambda 0.3 sd (0.1 grey for images), 20 seeds, doubled each round until the budget ends.
   *
   * Papernot et al., Practical Black-Box Attacks against Machine Learning, ASIACCS 2017,
   * https://arxiv.org/abs/1602.02697
   */

  private static final int SEEDS = 20;

  private final Rng rng;

  JacobianAugmentation(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    List<double[]> points = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      add(oracle, oracle.genuine(rng), points, labels);
    }
    double lambda = oracle.frame().image() ? 0.1 : 0.3;
    while (true) {
      Network copy = Fidelity.copy(oracle.site(), oracle.queries(), new int[] {16}, rng);
      int size = points.size();
      for (int p = 0; p < size; p++) {
        double[] z = points.get(p);
        double[] gradient = copy.inputGradient(oracle.frame().row(z), labels.get(p));
        double[] next = new double[z.length];
        for (int i = 0; i < z.length; i++) {
          next[i] = z[i] + lambda * Math.signum(gradient[i]);
        }
        add(oracle, oracle.frame().clip(next), points, labels);
      }
    }
  }

  private static void add(Oracle oracle, double[] z, List<double[]> points, List<Integer> labels) {
    labels.add(oracle.label(z));
    points.add(z);
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    Network copy = Fidelity.copy(oracle.site(), oracle.queries(), new int[] {16}, rng.fork("copy"));
    return Fidelity.outcome(oracle.site(), copy::classify);
  }
}
