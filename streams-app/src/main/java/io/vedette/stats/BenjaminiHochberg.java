package io.vedette.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Adjusts the p-values of one batch, such as all features of a window. */
public final class BenjaminiHochberg {

  /*
   * Rejecting what is adjusted to <= alpha holds the false discovery rate at alpha for independent or
   * positively dependent p-values [1].
   *
   * Cost: one sort per batch.
   *
   * [1] Benjamini, Hochberg, Controlling the false discovery rate, JRSS B 57 (1995)
   */

  private BenjaminiHochberg() {}

  /**
   * Adjusted p-values (q-values) in the order given.
   *
   * @param p p-values, 0..1; not changed
   */
  public static double[] adjust(double[] p) {
    Integer[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .toArray(Integer[]::new);
    double[] adjusted = new double[p.length];
    double smallest = 1;
    for (int rank = p.length; rank >= 1; rank--) {
      int index = order[rank - 1];
      if (!(p[index] >= 0 && p[index] <= 1)) {
        throw new IllegalArgumentException("p must be 0 to 1, was " + p[index]);
      }
      smallest = Math.min(smallest, p[index] * p.length / rank);
      adjusted[index] = smallest;
    }
    return adjusted;
  }

  /** Bonferroni-adjusted p-values: any false rejection has probability at most alpha. */
  public static double[] bonferroni(double[] p) {
    return Arrays.stream(p).map(value -> Math.min(1, value * p.length)).toArray();
  }
}
