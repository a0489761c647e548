package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Label-only membership inference by distance: around each candidate noise grows by half until the
 * label flips, along four directions; training rows lie farther from the boundary.
 */
final class DistanceMembership implements Attack {

  /*
   * The distance variant of Choquette-Choo et al., Label-Only Membership Inference Attacks, ICML
   * 2021, https://arxiv.org/abs/2007.14321, and of Li and Zhang, Membership Leakage in Label-Only
   * Exposures, CCS 2021, https://arxiv.org/abs/2007.15528, with random directions instead of
   * HopSkipJump. A candidate whose label is wrong is dropped at once.
   */

  private static final int DIRECTIONS = 4;
  private static final int MOST_STEPS = 8;

  private final Rng rng;
  private final List<Double> members = new ArrayList<>(); // scores
  private final List<Double> others = new ArrayList<>();

  DistanceMembership(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    List<Row> training = oracle.site().training();
    while (true) {
      boolean member = rng.chance(0.5);
      Row candidate =
          member ? training.get(rng.below(training.size())) : oracle.site().population().draw(rng);
      double[] z = oracle.frame().of(candidate.x());
      double score = oracle.label(z) == candidate.label() ? distance(oracle, z, candidate) : 0;
      (member ? members : others).add(score);
    }
  }

  private double distance(Oracle oracle, double[] z, Row candidate) {
    double sum = 0;
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      double radius = oracle.frame().image() ? 0.02 : 0.1; // a coordinate
      for (int step = 0; step < MOST_STEPS; step++) {
        double[] noisy = oracle.frame().clip(Vec.plus(z, radius, rng.gaussians(z.length)));
        if (oracle.label(noisy) != candidate.label()) {
          break;
        }
        radius *= 1.5;
      }
      sum += radius;
    }
    return sum / DIRECTIONS;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    return Outcome.auc(members, others, 0.55);
  }
}
