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
  LABEL_MEMBERSHIP,
  /** Extraction by augmentation in small steps towards random classes (Juuti et al. 2019). */
  T_RND,
  /** Extraction by natural rows of the victim's own domain: a busy honest caller's rows. */
  KNOCKOFF_NATURAL,
  /** Extraction by the pool's rows of which the copy is least sure (Pal et al. 2020). */
  ACTIVE_THIEF,
  /** The same by greedy k-centre selection. */
  ACTIVE_THIEF_CENTRES,
  /** HopSkipJump with probes from the subspace in which data vary (Li et al. 2020). */
  QEBA,
  /** Decision-based evasion by normals of a flat frontier (Rahmati et al. 2020). */
  GEODA,
  /** HopSkipJump that keeps every query a gap away from all others (Feng et al. 2023). */
  OARS,
  /** Inversion: enumerates a sensitive feature of known people (Fredrikson et al. 2014). */
  ATTRIBUTE_ENUMERATION,
  /** Membership inference by confidence and small noise (Jayaraman et al. 2021). */
  MERLIN,
  /** Membership inference by moved and mirrored pictures, labels only (Choquette-Choo 2021). */
  SHIFT_MEMBERSHIP,
  /** Inversion: ascends to a class from the mean along numeric gradients (Fredrikson 2015). */
  CLASS_ASCENT,
  /** Inversion: enumerates a sensitive feature of a table of people (Mehnaz et al. 2022). */
  ATTRIBUTE_TABLE,
  /** Membership inference by distance to the frontier, labels only (Li and Zhang 2021). */
  DISTANCE_MEMBERSHIP,
  /** Membership inference by one confidence a candidate (Carlini et al. 2022). */
  LIST_MEMBERSHIP;

  /** What an attack is after; the id of the detector that must name it, in lower case. */
  public enum Family {
    /** A copy of the model. */
    EXTRACTION,
    /** A changed input that gets another answer. */
    EVASION,
    /** What a class, or a person's hidden feature, looks like. */
    INVERSION,
    /** Who was in the training data. */
    MEMBERSHIP;

    /** Its detector's id. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Its name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is after. */
  public Family family() {
    return switch (this) {
      case UNIFORM_RANGE,
          UNIFORM_SD,
          LATIN_HYPERCUBE,
          PATH_FINDING,
          LINE_BISECTION,
          EQUATION_SOLVING,
          JACOBIAN_AUGMENTATION,
          KNOCKOFF,
          T_RND,
          KNOCKOFF_NATURAL,
          ACTIVE_THIEF,
          ACTIVE_THIEF_CENTRES ->
          Family.EXTRACTION;
      case HILL_CLIMB, ATTRIBUTE_ENUMERATION, CLASS_ASCENT, ATTRIBUTE_TABLE -> Family.INVERSION;
      case LABEL_MEMBERSHIP, MERLIN, SHIFT_MEMBERSHIP, DISTANCE_MEMBERSHIP, LIST_MEMBERSHIP ->
          Family.MEMBERSHIP;
      default -> Family.EVASION;
    };
  }

  /** Whether the aim is a copy of the model. */
  public boolean extraction() {
    return family() == Family.EXTRACTION;
  }

  /** Whether detectors must not be tuned on it: kept for the final measurement. */
  public boolean heldOut() {
    return switch (this) {
      case HOP_SKIP_JUMP_NOISE, LATIN_HYPERCUBE, SIMBA, GEODA, T_RND -> true;
      default -> false;
    };
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
      case SQUARE, SHIFT_MEMBERSHIP -> image;
      case ATTRIBUTE_ENUMERATION, ATTRIBUTE_TABLE ->
          !image && !tree && AttributeEnumeration.sensitive(site) >= 0;
      case NES, ZOO, HILL_CLIMB, CLASS_ASCENT -> !tree;
      case EQUATION_SOLVING -> site.victim() instanceof Network network && network.linear();
      default -> true;
    };
  }

  /** Queries with which it reaches its aim on the models of the lab. */
  public int budget(Site site) {
    return Budgets.lab(this, site);
  }

  /** Queries that its publication spends, 0 when it names no number. */
  public int publishedBudget(Site site) {
    return Budgets.published(this, site);
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
      case HOP_SKIP_JUMP -> new HopSkipJump(rng, 30, false, 1, false);
      case HOP_SKIP_JUMP_NOISE -> new HopSkipJump(rng, 100, true, 1, false);
      case UNIFORM_RANGE -> new RandomExtraction(rng, RandomExtraction.Design.RANGE);
      case UNIFORM_SD -> new RandomExtraction(rng, RandomExtraction.Design.DEVIATIONS);
      case LATIN_HYPERCUBE -> new RandomExtraction(rng, RandomExtraction.Design.LATIN);
      case PATH_FINDING -> new PathFinding(rng);
      case LINE_BISECTION -> new LineBisection(rng);
      case EQUATION_SOLVING -> new EquationSolving(rng);
      case JACOBIAN_AUGMENTATION -> new JacobianAugmentation(rng, false);
      case KNOCKOFF -> new Knockoff(rng, site, false);
      case BOUNDARY -> new BoundaryAttack(rng);
      case NES -> new Nes(rng);
      case ZOO -> new CoordinateAttack(rng, true);
      case SIMBA -> new CoordinateAttack(rng, false);
      case SQUARE -> new SquareAttack(rng);
      case HOP_SKIP_JUMP_INFLATED -> new HopSkipJump(rng, 30, false, 10, false);
      case HILL_CLIMB -> new HillClimb(rng);
      case LABEL_MEMBERSHIP -> new LabelMembership(rng);
      case T_RND -> new JacobianAugmentation(rng, true);
      case KNOCKOFF_NATURAL -> new Knockoff(rng, site, true);
      case ACTIVE_THIEF -> new ActiveThief(rng, site, false);
      case ACTIVE_THIEF_CENTRES -> new ActiveThief(rng, site, true);
      case QEBA -> new HopSkipJump(rng, 30, false, 1, true);
      case GEODA -> new GeoDa(rng);
      case OARS -> new Oars(rng);
      case ATTRIBUTE_ENUMERATION -> new AttributeEnumeration(rng, 1);
      case ATTRIBUTE_TABLE -> new AttributeEnumeration(rng, 20);
      case CLASS_ASCENT -> new ClassAscent(rng);
      case DISTANCE_MEMBERSHIP -> new DistanceMembership(rng);
      case LIST_MEMBERSHIP -> new ListMembership(rng);
      case MERLIN -> new Merlin(rng);
      case SHIFT_MEMBERSHIP -> new ShiftMembership(rng);
    };
  }
}
