package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Label-only membership inference: the label of a training row survives noise better than that of a
 * fresh row, so each candidate is asked with 24 noisy copies of growing strength.
 */
final class LabelMembership implements Attack {

  /*
   * Choquette-Choo et al., Label-Only Membership Inference Attacks, ICML 2021,
   * https://arxiv.org/abs/2007.14321 (noise variant). The attacker knows the candidates' true
   * labels.
   */

  private static final int COPIES = 24;

  private final Rng rng;
  private final List<Double> members = new ArrayList<>(); // scores
  private final List<Double> others = new ArrayList<>();

  LabelMembership(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    List<Row> training = oracle.site().training();
    while (true) {
      boolean member = rng.chance(0.5);
      Row candidate =
          member ? training.get(rng.below(training.size())) : oracle.site().population().draw(rng);
      double score = score(oracle, oracle.frame().of(candidate.x()), candidate.label());
      (member ? members : others).add(score);
    }
  }

  private double score(Oracle oracle, double[] z, int label) {
    double kept = oracle.label(z) == label ? 0 : -2 * COPIES; // a wrong answer decides by itself
    for (int copy = 1; copy <= COPIES; copy++) {
      double sigma = (oracle.frame().image() ? 0.3 : 1.5) * copy / COPIES;
      double[] noisy = oracle.frame().clip(Vec.plus(z, sigma, rng.gaussians(z.length)));
      kept += oracle.label(noisy) == label ? 1 : 0;
    }
    return kept;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    return Outcome.auc(members, others, 0.55);
  }
}
