package io.vedette.lab;

import io.vedette.core.ModelRef;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A classification tree with Gini splits (CART, Breiman et al. 1984); a leaf answers its training
 * shares, so equal confidences nearly always mean the same leaf.
 */
public final class DecisionTree implements Victim {

  /** An inner node when both children are there, else a leaf. */
  private record Node(
      int feature, float threshold, @Nullable Node left, @Nullable Node right, float[] shares) {}

  private record Split(int feature, float threshold, double impurity) {}

  private final ModelRef model;
  private final int features;
  private final int classes;
  private final Node root;

  private DecisionTree(ModelRef model, int features, int classes, Node root) {
    this.model = model;
    this.features = features;
    this.classes = classes;
    this.root = root;
  }

  /**
   * Trains a tree.
   *
   * @param depth greatest depth
   * @param leafRows fewest rows of a leaf
   */
  static DecisionTree train(ModelRef model, List<Row> rows, int classes, int depth, int leafRows) {
    Row[] all = rows.toArray(new Row[0]);
    Node root = new Grower(classes, leafRows).grow(all, depth);
    return new DecisionTree(model, all[0].x().length, classes, root);
  }

  @Override
  public ModelRef model() {
    return model;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public float[] probabilities(float[] x) {
    Node node = root;
    while (node.left() != null && node.right() != null) {
      node = x[node.feature()] <= node.threshold() ? node.left() : node.right();
    }
    return node.shares().clone();
  }

  /** Number of leaves. */
  int leaves() {
    return leaves(root);
  }

  private static int leaves(@Nullable Node node) {
    if (node == null) {
      return 0;
    }
    return node.left() == null ? 1 : leaves(node.left()) + leaves(node.right());
  }

  private record Grower(int classes, int leafRows) {

    Node grow(Row[] rows, int depth) {
      int[] counts = counts(rows);
      float[] shares = new float[classes];
      for (int c = 0; c < classes; c++) {
        shares[c] = (counts[c] + 1f) / (rows.length + classes);
      }
      Split split = depth == 0 ? null : best(rows, gini(counts, rows.length));
      if (split == null) {
        return new Node(-1, Float.NaN, null, null, shares);
      }
      int f = split.feature();
      Row[] left = select(rows, f, split.threshold(), true);
      Row[] right = select(rows, f, split.threshold(), false);
      return new Node(f, split.threshold(), grow(left, depth - 1), grow(right, depth - 1), shares);
    }

    private @Nullable Split best(Row[] rows, double impurity) {
      Split best = null;
      double limit = impurity - 1e-4;
      for (int f = 0; f < rows[0].x().length; f++) {
        Split split = best(rows, f, limit);
        if (split != null) {
          best = split;
          limit = split.impurity();
        }
      }
      return best;
    }

    /** The best threshold of one feature whose impurity is below a limit. */
    private @Nullable Split best(Row[] rows, int f, double limit) {
      Row[] sorted = rows.clone();
      Arrays.sort(sorted, Comparator.comparingDouble(r -> r.x()[f]));
      int n = sorted.length;
      int[] right = counts(sorted);
      int[] left = new int[classes];
      Split best = null;
      double lowest = limit;
      for (int i = 1; i < n; i++) {
        int label = sorted[i - 1].label();
        left[label]++;
        right[label]--;
        float low = sorted[i - 1].x()[f];
        float high = sorted[i].x()[f];
        if (i < leafRows || n - i < leafRows || low == high) {
          continue;
        }
        double impurity = (i * gini(left, i) + (n - i) * gini(right, n - i)) / n;
        if (impurity < lowest) {
          lowest = impurity;
          best = new Split(f, low + (high - low) / 2, impurity);
        }
      }
      return best;
    }

    private int[] counts(Row[] rows) {
      int[] counts = new int[classes];
      for (Row row : rows) {
        counts[row.label()]++;
      }
      return counts;
    }

    private static double gini(int[] counts, int n) {
      double sum = 1;
      for (int count : counts) {
        double share = (double) count / n;
        sum -= share * share;
      }
      return sum;
    }

    private static Row[] select(Row[] rows, int f, float threshold, boolean below) {
      return Arrays.stream(rows).filter(r -> (r.x()[f] <= threshold) == below).toArray(Row[]::new);
    }
  }
}
