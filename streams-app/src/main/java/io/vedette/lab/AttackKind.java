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
  LINE_BISECTION,
  /** Extraction of linear models by equations (Tramer et al. 2016). */
  EQUATION_SOLVING,
  /** Extraction by augmentation along the copy's gradient (Papernot et al. 2017). */
  JACOBIAN_AUGMENTATION,
  /** Extraction by natural rows of another domain (Orekondy et al. 2019). */
  KNOCKOFF,
  /** Decision-based evasion by a random walk on the frontier (Brendel et al. 2018). */
  BOUNDARY,
  /** Score-based evasion by antithetic probes (Ilyas et al. 2018). */
  NES,
  /** Score-based evasion by coordinate differences (Chen et al. 2017). */
  ZOO,
  /** Score-based evasion by coordinate steps (Guo et al. 2019). */
  SIMBA,
  /** Score-based evasion of images by random squares (Andriushchenko et al. 2020). */
  SQUARE,
  /** HopSkipJump with probes ten times as far, against similarity thresholds (after OARS 2023). */
  HOP_SKIP_JUMP_INFLATED,
  /** Inversion: climbs the confidence of a class from noise (after Fredrikson et al. 2015). */
  HILL_CLIMB,
  /** Membership inference by noisy copies, labels only (Choquette-Choo et al. 2021). */
  LABEL_MEMBERSHIP;

  /** Its name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the aim is a copy of the model. */
  public boolean extraction() {
    return switch (this) {
      case UNIFORM_RANGE,
          UNIFORM_SD,
          LATIN_HYPERCUBE,
          PATH_FINDING,
          LINE_BISECTION,
          EQUATION_SOLVING,
          JACOBIAN_AUGMENTATION,
          KNOCKOFF ->
          true;
      default -> false;
    };
  }

  /** Whether detectors must not be tuned on it: kept for the final measurement. */
  public boolean heldOut() {
    return this == HOP_SKIP_JUMP_NOISE || this == LATIN_HYPERCUBE || this == SIMBA;
  }

  /**
   * Whether the attack can work on a site's model: path finding needs a tree, score-based evasion
   * needs smooth scores, equations need a linear model.
   */
  public boolean suits(Site site) {
    boolean tree = site.victim() instanceof DecisionTree;
    boolean image = site.population().shape().length > 1;
    return switch (this) {
      case PATH_FINDING -> tree;
      case SQUARE -> image;
      case NES, ZOO, HILL_CLIMB -> !tree;
      case EQUATION_SOLVING -> site.victim() instanceof Network network && network.linear();
      default -> true;
    };
  }

  /**
   * Runs the attack and records it.
   *
   * @param budget most queries, at least 1; the trace may be shorter when the attack finishes
   */
  public Trace record(Site site, long seed, int budget) {
    return record(site, seed, budget, false);
  }

  /**
   * Runs the attack and records it.
   *
   * @param budget most queries, at least 1
   * @param careful true for an attacker who sends only values that exist: whole where features are
   *     whole, inside the observed range
   * @throws IllegalArgumentException for {@link #SQUARE} on a table; other attacks that do not
   *     {@link #suits suit} run without success
   */
  public Trace record(Site site, long seed, int budget, boolean careful) {
    Rng rng = new Rng(seed).fork(id());
    Oracle oracle = new Oracle(site, budget, careful);
    Attack attack = create(site, rng);
    try {
      attack.run(oracle);
    } catch (Oracle.BudgetSpent spent) {
      // the usual end: what was achieved until here counts
    }
    return new Trace(this, oracle.queries(), attack.outcome(oracle));
  }

  private Attack create(Site site, Rng rng) {
    return switch (this) {
      case HOP_SKIP_JUMP -> new HopSkipJump(rng, 30, false, 1);
      case HOP_SKIP_JUMP_NOISE -> new HopSkipJump(rng, 100, true, 1);
      case UNIFORM_RANGE -> new RandomExtraction(rng, RandomExtraction.Design.RANGE);
      case UNIFORM_SD -> new RandomExtraction(rng, RandomExtraction.Design.DEVIATIONS);
      case LATIN_HYPERCUBE -> new RandomExtraction(rng, RandomExtraction.Design.LATIN);
      case PATH_FINDING -> new PathFinding(rng);
      case LINE_BISECTION -> new LineBisection(rng);
      case EQUATION_SOLVING -> new EquationSolving(rng);
      case JACOBIAN_AUGMENTATION -> new JacobianAugmentation(rng);
      case KNOCKOFF -> new Knockoff(rng, site);
      case BOUNDARY -> new BoundaryAttack(rng);
      case NES -> new Nes(rng);
      case ZOO -> new CoordinateAttack(rng, true);
      case SIMBA -> new CoordinateAttack(rng, false);
      case SQUARE -> new SquareAttack(rng);
      case HOP_SKIP_JUMP_INFLATED -> new HopSkipJump(rng, 30, false, 10);
      case HILL_CLIMB -> new HillClimb(rng);
      case LABEL_MEMBERSHIP -> new LabelMembership(rng);
    };
  }
}
