package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Label-only membership inference by augmentation: a picture of the training set keeps its label
 * when it is moved by a pixel or mirrored more often than a fresh one.
 */
final class ShiftMembership implements Attack {

  /*
   * The candidate, 12 moves by up to 2 pixels and its mirror image, as in the translations of
   * Choquette-Choo et al., Label-Only Membership Inference Attacks, ICML 2021,
   * https://arxiv.org/abs/2007.14321
   */

  private static final int[][] MOVES = {
    {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}, {2, 0}, {-2, 0}, {0, 2},
    {0, -2}
  };

  private final Rng rng;
  private final List<Double> members = new ArrayList<>(); // scores
  private final List<Double> others = new ArrayList<>();

  ShiftMembership(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    if (!oracle.frame().image()) {
      throw new IllegalArgumentException(
          "site must serve images, was " + oracle.site().population().name());
    }
    List<Row> training = oracle.site().training();
    while (true) {
      boolean member = rng.chance(0.5);
      Row candidate =
          member ? training.get(rng.below(training.size())) : oracle.site().population().draw(rng);
      double score = score(oracle, oracle.frame().of(candidate.x()), candidate.label());
      (member ? members : others).add(score);
    }
  }

  private static double score(Oracle oracle, double[] z, int label) {
    int side = oracle.site().population().shape()[0];
    double kept = oracle.label(z) == label ? 0 : -2 * MOVES.length;
    for (int[] move : MOVES) {
      kept += oracle.label(moved(z, side, move[0], move[1], false)) == label ? 1 : 0;
    }
    return kept + (oracle.label(moved(z, side, 0, 0, true)) == label ? 1 : 0);
  }

  /** The picture moved, its edge repeated, or mirrored. */
  private static double[] moved(double[] z, int side, int down, int right, boolean mirrored) {
    double[] result = new double[z.length];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int fromRow = Math.max(0, Math.min(side - 1, row - down));
        int fromColumn = Math.max(0, Math.min(side - 1, column - right));
        fromColumn = mirrored ? side - 1 - fromColumn : fromColumn;
        result[row * side + column] = z[fromRow * side + fromColumn];
      }
    }
    return result;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    return Outcome.auc(members, others, 0.55);
  }
}
