package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Jacobian-based data set augmentation: trains a copy on a few genuine rows, moves every row by
 * lambda along the sign of the copy's gradient, asks for the labels, and repeats.
 */
final class JacobianAugmentation implements Attack {

  /*
   * lambda 0.3 sd (0.1 grey for images), 10 seeds a class, doubled each round until the budget ends.
   * T-RND instead takes five small steps towards a class drawn at random (Juuti et al., PRADA,
   * EuroS&P 2019, https://arxiv.org/abs/1805.02628, "T-RND-I-FGSM").
   *
   * Papernot et al., Practical Black-Box Attacks against Machine Learning, ASIACCS 2017,
   * https://arxiv.org/abs/1602.02697
   */

  private static final int SEEDS = 10;

  private static final int SMALL_STEPS = 5;

  private final Rng rng;
  private final boolean targeted; // T-RND

  JacobianAugmentation(Rng rng, boolean targeted) {
    this.rng = rng;
    this.targeted = targeted;
  }

  @Override
  public void run(Oracle oracle) {
    List<double[]> points = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int s = 0; s < SEEDS * oracle.site().victim().classes(); s++) {
      add(oracle, oracle.genuine(rng), points, labels);
    }
    double lambda = oracle.frame().image() ? 0.1 : 0.3;
    while (true) {
      Network copy = Fidelity.copy(oracle.site(), oracle.queries(), new int[] {16}, rng);
      int size = points.size();
      for (int p = 0; p < size; p++) {
        double[] z = points.get(p);
        double[] next =
            targeted
                ? towards(oracle.frame(), copy, z, labels.get(p), lambda)
                : moved(oracle.frame(), copy, z, labels.get(p), lambda);
        add(oracle, oracle.frame().clip(next), points, labels);
      }
    }
  }

  /** One step along the sign of the gradient of a class's log-probability. */
  private static double[] moved(Frame frame, Network copy, double[] z, int label, double lambda) {
    double[] gradient = copy.inputGradient(frame.row(z), label);
    double[] next = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      next[i] = z[i] + lambda * Math.signum(gradient[i]);
    }
    return next;
  }

  /** Small steps towards another class, drawn at random. */
  private double[] towards(Frame frame, Network copy, double[] z, int label, double lambda) {
    int target = (label + 1 + rng.below(copy.classes() - 1)) % copy.classes();
    double[] next = z;
    for (int step = 0; step < SMALL_STEPS; step++) {
      next = frame.clip(moved(frame, copy, next, target, 2 * lambda / SMALL_STEPS));
    }
    return next;
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
