package io.vedette.stats;

import org.apache.commons.math3.distribution.HypergeometricDistribution;

/** Tests whether the rows of a table of counts share one distribution over its columns. */
public final class Contingency {

  /*
   * Pearson's X2 and the likelihood-ratio G, chi-square with (rows-1)(columns-1) degrees of freedom
   * for expected counts above about 5; Yates and Fisher for 2 x 2 tables with less.
   *
   * Cost: one pass over the table and one incomplete gamma; Fisher O(smallest margin).
   *
   * [1] Agresti, Categorical Data Analysis, 3rd ed., 2013, chapter 3
   */

  private static final double SAME_PROBABILITY = 1 + 1e-7; // rounding between equal tables

  private Contingency() {}

  /**
   * Result of a test.
   *
   * @param statistic X2 or G
   * @param p p-value
   * @param df degrees of freedom
   * @param cramersV effect size, 0 (independent) to 1
   */
  public record Result(double statistic, double p, int df, double cramersV) {}

  /** Pearson's test without continuity correction. */
  public static Result chiSquare(long[][] table) {
    return test(table, (o, e) -> (o - e) * (o - e) / e);
  }

  /** Pearson's test of a 2 x 2 table with Yates' correction. */
  public static Result yates(long[][] table) {
    checkTwoByTwo(table);
    return test(
        table,
        (o, e) -> {
          double difference = Math.max(0, Math.abs(o - e) - 0.5);
          return difference * difference / e;
        });
  }

  /** Likelihood-ratio test. */
  public static Result g(long[][] table) {
    return test(table, (o, e) -> o > 0 ? 2 * o * Math.log(o / e) : 0);
  }

  /** What one cell adds to the statistic. */
  private interface Term {
    double of(double observed, double expected);
  }

  private static Result test(long[][] table, Term term) {
    int columns = table.length == 0 ? 0 : table[0].length;
    double[] rowSums = new double[table.length];
    double[] columnSums = new double[columns];
    double total = 0;
    for (int r = 0; r < table.length; r++) {
      if (table[r].length != columns) {
        throw new IllegalArgumentException(
            "rows must be equally long, " + columns + ", was " + table[r].length);
      }
      for (int c = 0; c < columns; c++) {
        rowSums[r] += table[r][c];
        columnSums[c] += table[r][c];
        total += table[r][c];
      }
    }
    double statistic = 0;
    for (int r = 0; r < table.length; r++) {
      for (int c = 0; c < columns; c++) {
        double expected = rowSums[r] * columnSums[c] / total;
        statistic += expected > 0 ? term.of((double) table[r][c], expected) : 0;
      }
    }
    int rows = positive(rowSums) - 1; // empty rows and columns say nothing
    int df = rows * (positive(columnSums) - 1);
    if (df <= 0) {
      return new Result(0, 1, 0, 0);
    }
    double smaller = Math.min(rows, df / rows);
    double v = Math.sqrt(statistic / total / smaller);
    return new Result(statistic, Tails.chiSquare(statistic, df), df, v);
  }

  private static int positive(double[] sums) {
    int count = 0;
    for (double sum : sums) {
      count += sum > 0 ? 1 : 0;
    }
    return count;
  }

  /** Two-sided p-value of Fisher's exact test of a 2 x 2 table. */
  public static double fisher(long[][] table) {
    checkTwoByTwo(table);
    int hit = Math.toIntExact(table[0][0]);
    int first = Math.toIntExact(table[0][0] + table[0][1]);
    int hits = Math.toIntExact(table[0][0] + table[1][0]);
    int total = Math.toIntExact(first + table[1][0] + table[1][1]);
    if (total == 0) {
      return 1;
    }
    var distribution = new HypergeometricDistribution(null, total, hits, first);
    double limit = distribution.probability(hit) * SAME_PROBABILITY;
    double sum = 0;
    for (int k = Math.max(0, first + hits - total); k <= Math.min(first, hits); k++) {
      double probability = distribution.probability(k);
      sum += probability <= limit ? probability : 0;
    }
    return Math.min(1, sum);
  }

  private static void checkTwoByTwo(long[][] table) {
    if (table.length != 2 || table[0].length != 2 || table[1].length != 2) {
      throw new IllegalArgumentException("table must be 2 x 2, had " + table.length + " rows");
    }
  }
}
