package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/** The victim as an attacker sees it: answers queries up to a budget and remembers them. */
final class Oracle {

  /** Thrown at the first query beyond the budget; ends the attack. */
  static final class BudgetSpent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BudgetSpent() {
      super("the attack has used its queries", null, false, false);
    }
  }

  private final Site site;
  private final Frame frame;
  private final int budget;
  private final List<float[]> queries = new ArrayList<>();

  Oracle(Site site, int budget, boolean careful) {
    this.site = site;
    this.frame = Frame.of(site, careful);
    this.budget = budget;
  }

  Site site() {
    return site;
  }

  Frame frame() {
    return frame;
  }

  /** Class probabilities at a point in frame coordinates. */
  float[] ask(double[] z) {
    if (queries.size() == budget) {
      throw new BudgetSpent();
    }
    float[] row = frame.row(z);
    queries.add(row);
    return site.victim().probabilities(row);
  }

  /** Top-1 class at a point in frame coordinates. */
  int label(double[] z) {
    return Vec.argMax(ask(z));
  }

  /** All queries so far, in order; owned by the oracle. */
  List<float[]> queries() {
    return queries;
  }

  /** A genuine row in frame coordinates, which the attacker holds without asking. */
  double[] genuine(Rng rng) {
    return frame.of(site.population().draw(rng).x());
  }
}
