package io.vedette.stats;

import java.util.Arrays;

/** Compares two samples of numbers without binning; for small samples and for checks. */
public final class TwoSample {

  /*
   * Cost: one sort of each sample per call; the exact Kolmogorov-Smirnov tail O(n m). For streams use
   * PopulationStability on frozen edges.
   *
   * [1] Hodges, The significance probability of the Smirnov two-sample test, Arkiv Mat. 3 (1958)
   * [2] Ramdas, Garcia Trillos, Cuturi, On Wasserstein two-sample testing, Entropy 19 (2017)
   * [3] Szekely, Rizzo, Energy statistics, J. Stat. Planning and Inference 143 (2013)
   * [4] Mann, Whitney, Ann. Math. Statist. 18 (1947)
   */

  private TwoSample() {}

  /**
   * A statistic and its two-sided p-value.
   *
   * @param statistic in the unit of its method
   * @param p 0..1
   */
  public record Result(double statistic, double p) {}

  /** What one sweep over both sorted samples meets between neighbouring values. */
  private interface Gap {
    /** Distribution functions of x and y on a stretch of the given width. */
    void between(double fx, double fy, double width);
  }

  /** Kolmogorov-Smirnov statistic, the largest gap between the distribution functions, 0..1. */
  public static double kolmogorovSmirnov(double[] x, double[] y) {
    double[] largest = new double[1];
    sweep(x, y, (fx, fy, width) -> largest[0] = Math.max(largest[0], Math.abs(fx - fy)));
    return largest[0];
  }

  /** Wasserstein-1 distance, in the unit of the values. */
  public static double wasserstein(double[] x, double[] y) {
    double[] sum = new double[1];
    sweep(x, y, (fx, fy, width) -> sum[0] += Math.abs(fx - fy) * width);
    return sum[0];
  }

  /** Energy distance, in the square root of the unit of the values. */
  public static double energy(double[] x, double[] y) {
    double[] sum = new double[1];
    sweep(x, y, (fx, fy, width) -> sum[0] += (fx - fy) * (fx - fy) * width);
    return Math.sqrt(2 * sum[0]);
  }

  private static void sweep(double[] x, double[] y, Gap gap) {
    double[] a = sorted(x);
    double[] b = sorted(y);
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      double value = Math.min(at(a, i), at(b, j));
      while (i < a.length && a[i] <= value) {
        i++;
      }
      while (j < b.length && b[j] <= value) {
        j++;
      }
      double next = Math.min(at(a, i), at(b, j));
      if (next < Double.POSITIVE_INFINITY) { // beyond the last value both functions are 1
        gap.between((double) i / a.length, (double) j / b.length, next - value);
      }
    }
  }

  private static double at(double[] values, int i) {
    return i < values.length ? values[i] : Double.POSITIVE_INFINITY;
  }

  private static double[] sorted(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a sample needs at least 1 value, had 0");
    }
    double[] copy = values.clone();
    Arrays.sort(copy);
    if (Double.isNaN(copy[copy.length - 1])) {
      throw new IllegalArgumentException("a sample must not hold NaN");
    }
    return copy;
  }

  /**
   * Exact P(D >= d) of the Kolmogorov-Smirnov statistic of continuous samples; ties make it
   * conservative.
   *
   * @param d observed statistic, 0..1
   * @param n size of one sample
   * @param m size of the other
   */
  public static double kolmogorovSmirnovExactP(double d, int n, int m) {
    long limit = Math.round(d * n * m);
    if (limit <= 0) {
      return 1;
    }
    // A random merge of the samples is a random walk on the grid; add up the flow at first exits.
    double[] inside = new double[m + 1]; // P(walk passes (i, j) and has not left), row by row
    double exited = 0;
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        double left = n + m - (i + j) + 1.0; // values still to come one step earlier
        double flow = i == 0 && j == 0 ? 1 : 0;
        if (i > 0) {
          flow += inside[j] * (n - i + 1) / left;
        }
        if (j > 0) {
          flow += inside[j - 1] * (m - j + 1) / left;
        }
        boolean leaves = Math.abs((long) i * m - (long) j * n) >= limit;
        exited += leaves ? flow : 0;
        inside[j] = leaves ? 0 : flow;
      }
    }
    return Math.min(1, exited);
  }

  /** Large-sample P(D >= d) of the Kolmogorov-Smirnov statistic. */
  public static double kolmogorovSmirnovLimitP(double d, int n, int m) {
    return Tails.kolmogorov(d * Math.sqrt((double) n * m / (n + (double) m)));
  }

  /** Mann-Whitney U of x and its normal p-value, corrected for ties and continuity. */
  public static Result mannWhitney(double[] x, double[] y) {
    double[] a = sorted(x);
    double[] b = sorted(y);
    double n = a.length;
    double m = b.length;
    double ranks = 0;
    double ties = 0;
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      double value = Math.min(at(a, i), at(b, j));
      double before = (double) i + j;
      int first = i;
      while (i < a.length && a[i] <= value) {
        i++;
      }
      while (j < b.length && b[j] <= value) {
        j++;
      }
      double tied = i + j - before;
      ranks += (i - first) * (before + (tied + 1) / 2);
      ties += tied * tied * tied - tied;
    }
    double u = ranks - n * (n + 1) / 2;
    double all = n + m;
    double sd = Math.sqrt(n * m / 12 * (all + 1 - ties / (all * (all - 1))));
    double z = (Math.max(u, n * m - u) - n * m / 2 - 0.5) / sd;
    return new Result(u, sd > 0 ? Math.min(1, 2 * Tails.normal(z)) : 1);
  }

  /**
   * Welch's t of unequal variances; each sample needs at least 2 values. Not-a-number when neither
   * sample varies and both are equal.
   */
  public static Result welch(double[] x, double[] y) {
    double a = variance(x) / x.length;
    double b = variance(y) / y.length;
    double t = (mean(x) - mean(y)) / Math.sqrt(a + b);
    if (a + b == 0) { // neither sample varies
      return new Result(t, Double.isNaN(t) ? t : 0);
    }
    double df = (a + b) * (a + b) / (a * a / (x.length - 1) + b * b / (y.length - 1));
    return new Result(t, 2 * Tails.student(Math.abs(t), df));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }
}
