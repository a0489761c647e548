package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Membership inference without shadow models: training shapes the confidence so that a training row
 * is a local maximum of its own class; small noise lowers it more often than around other rows. A
 * candidate is asked first, and only a sure answer is worth its cluster of near copies.
 */
final class Merlin implements Attack {

  /*
   * 12 copies per candidate, sigma 0.3 sd (0.05 grey); the paper has 100 copies at 0.01, and
   * thresholds the share that lowers the confidence. A candidate below confidence 0.8 is dropped.
   *
   * Jayaraman et al., Revisiting Membership Inference Under Realistic Assumptions, PoPETs 2021,
   * https://arxiv.org/abs/2005.10881
   */

  private static final int COPIES = 12;
  private static final double SURE = 0.8;

  private final Rng rng;
  private final List<Double> members = new ArrayList<>(); // scores
  private final List<Double> others = new ArrayList<>();

  Merlin(Rng rng) {
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
    float sure = oracle.ask(z)[label];
    if (sure < SURE) {
      return sure - 1; // no cluster: the answer decides
    }
    double sigma = oracle.frame().image() ? 0.05 : 0.3;
    double lower = 0;
    for (int copy = 0; copy < COPIES; copy++) {
      double[] noisy = oracle.frame().clip(Vec.plus(z, sigma, rng.gaussians(z.length)));
      lower += oracle.ask(noisy)[label] < sure ? 1.0 / COPIES : 0;
    }
    return lower + sure;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    return Outcome.auc(members, others, 0.55);
  }
}
