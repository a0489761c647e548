package io.vedette.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Path finding on decision trees (Tramer et al., Stealing Machine Learning Models, USENIX Security
 * 2016, algorithm 1): a leaf is known by its confidences; from a point in a new leaf every
 * feature's line is searched by recursive halving for the leaf's walls, and the leaves behind them
 * follow.
 */
final class PathFinding implements Attack {

  private static final double EPSILON = 0.02; // walls are located to this width, sd

  /** A found leaf: the box of points that reach it, and its answer. */
  private record Leaf(double[] low, double[] high, int label) {

    boolean contains(double[] z) {
      for (int i = 0; i < z.length; i++) {
        if (z[i] < low[i] || z[i] > high[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private final Rng rng;
  private final List<Leaf> leaves = new ArrayList<>();

  PathFinding(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    Deque<double[]> open = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    int stale = 0;
    while (stale < 50) { // genuine rows in a row that met no new leaf
      double[] z = open.isEmpty() ? oracle.genuine(rng) : open.pop();
      boolean genuine = open.isEmpty();
      float[] answer = oracle.ask(z);
      if (!seen.add(Arrays.toString(answer))) {
        stale += genuine ? 1 : 0;
        continue;
      }
      stale = 0;
      explore(oracle, z, answer, open);
    }
  }

  private void explore(Oracle oracle, double[] z, float[] answer, Deque<double[]> open) {
    double[] low = new double[z.length];
    double[] high = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      double least = Math.min(z[i], oracle.frame().low(i));
      double greatest = Math.max(z[i], oracle.frame().high(i));
      low[i] = wall(oracle, z, i, least, answer, open);
      high[i] = wall(oracle, z, i, greatest, answer, open);
    }
    leaves.add(new Leaf(low, high, Vec.argMax(answer)));
  }

  /** Where the leaf ends towards {@code end}; pushes a point of the leaf behind its wall. */
  private static double wall(
      Oracle oracle, double[] z, int i, double end, float[] answer, Deque<double[]> open) {
    if (Arrays.equals(oracle.ask(Vec.with(z, i, end)), answer)) {
      return end;
    }
    double inside = z[i];
    double outside = end;
    while (Math.abs(outside - inside) > EPSILON) {
      double middle = (inside + outside) / 2;
      if (Arrays.equals(oracle.ask(Vec.with(z, i, middle)), answer)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    open.push(Vec.with(z, i, outside));
    return (inside + outside) / 2;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    return Fidelity.outcome(oracle.site(), x -> classify(oracle.frame().of(x)));
  }

  private int classify(double[] z) {
    int[] votes = new int[leaves.stream().mapToInt(Leaf::label).max().orElse(0) + 1];
    for (Leaf leaf : leaves) {
      if (leaf.contains(z)) {
        return leaf.label();
      }
      votes[leaf.label()]++;
    }
    int best = 0;
    for (int c = 1; c < votes.length; c++) {
      best = votes[c] > votes[best] ? c : best;
    }
    return best;
  }
}
