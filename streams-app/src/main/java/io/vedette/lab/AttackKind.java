package io.vedette.lab;

import java.util.Locale;

/** The attacks of the lab. */
public enum AttackKind {
  /** Decision-based evasion from a row of another class (Chen, Jordan, Wainwright 2020). */
  HOP_SKIP_JUMP,
  /** The same from uniform noise, with the paper's 100 probes. */
  HOP_SKIP_JUMP_NOISE,
  /** Extraction by rows uniform over the observed range of each feature. */
  UNIFORM_RANGE,
  /** Extraction by rows uniform within 3 standard deviations. */
  UNIFORM_SD,
  /** Extraction by Latin hypercubes over the observed range (McKay 1979). */
  LATIN_HYPERCUBE,
  /** Tree theft by confidences, leaf after leaf (Tramer et al. 2016, algorithm 1). */
  PATH_FINDING,
  /** Frontier theft by bisection of single features of genuine rows, labels only. */
  LINE_BISECTION;

  /** Its name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the aim is a copy of the model; else an adversarial example. */
  public boolean extraction() {
    return this != HOP_SKIP_JUMP && this != HOP_SKIP_JUMP_NOISE;
  }

  /**
   * Runs the attack and records it.
   *
   * @param budget most queries, at least 1; the trace may be shorter when the attack finishes
   */
  public Trace record(Site site, long seed, int budget) {
    Rng rng = new Rng(seed).fork(id());
    Oracle oracle = new Oracle(site, budget);
    Attack attack = create(rng);
    try {
      attack.run(oracle);
    } catch (Oracle.BudgetSpent spent) {
      // the usual end: what was achieved until here counts
    }
    return new Trace(this, oracle.queries(), attack.outcome(oracle));
  }

  private Attack create(Rng rng) {
    return switch (this) {
      case HOP_SKIP_JUMP -> new HopSkipJump(rng, 30, false);
      case HOP_SKIP_JUMP_NOISE -> new HopSkipJump(rng, 100, true);
      case UNIFORM_RANGE -> new RandomExtraction(rng, RandomExtraction.Design.RANGE);
      case UNIFORM_SD -> new RandomExtraction(rng, RandomExtraction.Design.DEVIATIONS);
      case LATIN_HYPERCUBE -> new RandomExtraction(rng, RandomExtraction.Design.LATIN);
      case PATH_FINDING -> new PathFinding(rng);
      case LINE_BISECTION -> new LineBisection(rng);
    };
  }
}
