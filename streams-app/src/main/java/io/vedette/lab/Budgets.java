package io.vedette.lab;

/** How many queries attacks spend: in the lab, and as published. */
final class Budgets {

  /*
   * Published budgets: equation solving (d + 1) * classes, 650 for digits, and path finding 1,150
   * for German credit (Tramer et al. 2016); Jacobian augmentation 6,400 (Papernot et al. 2017);
   * Knockoff 60,000 (Orekondy et al. 2019); ActiveThief 10,000 (Pal et al. 2020); HopSkipJump and
   * Boundary 25,000 (Chen et al. 2020); QEBA and GeoDA 20,000; NES and Square 10,000; SimBA 20,000;
   * OARS 100,000 (Feng et al. 2023); label-only membership 2,500 a candidate (Choquette-Choo et al.
   * 2021). They are for larger models than the lab's, hence the lab's own budgets: queries with
   * which the attack reaches its aim there (AttackKindTest).
   */

  private Budgets() {}

  /** Queries with which the attack reaches its aim on the models of the lab. */
  static int lab(AttackKind kind, Site site) {
    boolean image = site.population().shape().length > 1;
    return switch (kind) {
      case HOP_SKIP_JUMP, QEBA, GEODA -> image ? 2_000 : 800;
      case HOP_SKIP_JUMP_NOISE, BOUNDARY, PATH_FINDING, LABEL_MEMBERSHIP -> 3_000;
      case EQUATION_SOLVING -> 2 * (site.population().features() + 1) * site.victim().classes();
      case JACOBIAN_AUGMENTATION, T_RND, ACTIVE_THIEF, ACTIVE_THIEF_CENTRES -> 1_000;
      case SIMBA, ATTRIBUTE_ENUMERATION, ATTRIBUTE_TABLE -> 800;
      case HILL_CLIMB, DISTANCE_MEMBERSHIP -> 2_000;
      default -> 1_500;
    };
  }

  /** Queries of the publication, 0 when it names none. */
  static int published(AttackKind kind, Site site) {
    return switch (kind) {
      case EQUATION_SOLVING -> (site.population().features() + 1) * site.victim().classes();
      case PATH_FINDING -> 1_150;
      case JACOBIAN_AUGMENTATION, T_RND -> 6_400;
      case KNOCKOFF, KNOCKOFF_NATURAL -> 60_000;
      case ACTIVE_THIEF, ACTIVE_THIEF_CENTRES, NES, SQUARE -> 10_000;
      case HOP_SKIP_JUMP, HOP_SKIP_JUMP_NOISE, HOP_SKIP_JUMP_INFLATED, BOUNDARY -> 25_000;
      case QEBA, GEODA, SIMBA -> 20_000;
      case OARS -> 100_000;
      case LABEL_MEMBERSHIP, SHIFT_MEMBERSHIP, DISTANCE_MEMBERSHIP -> 2_500;
      default -> 0;
    };
  }
}
