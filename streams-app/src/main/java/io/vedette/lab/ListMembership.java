package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Membership inference over a list of candidates, one ordinary query each: the log-odds of the true
 * outcome are higher for rows that the model has learnt.
 */
final class ListMembership implements Attack {

  /*
   * The online step of LiRA with one global threshold instead of shadow models a candidate: Carlini
   * et al., Membership Inference Attacks From First Principles, S&P 2022,
   * https://arxiv.org/abs/2112.03570
   */

  private final Rng rng;
  private final List<Double> members = new ArrayList<>(); // scores
  private final List<Double> others = new ArrayList<>();

  ListMembership(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    List<Row> training = oracle.site().training();
    while (true) {
      boolean member = rng.chance(0.5);
      Row candidate =
          member ? training.get(rng.below(training.size())) : oracle.site().population().draw(rng);
      double p = oracle.ask(oracle.frame().of(candidate.x()))[candidate.label()];
      double bounded = Math.max(1e-6, Math.min(1 - 1e-6, p));
      (member ? members : others).add(StrictMath.log(bounded / (1 - bounded)));
    }
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    return Outcome.auc(members, others, 0.55);
  }
}
