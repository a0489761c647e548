package io.vedette.lab;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The directions that an attacker probes: all of them, or those in which data vary most (low
 * frequencies of pictures, principal components of tables).
 *
 * @param basis {@code double[k][d]}, orthonormal rows; empty for the whole space
 * @param features d
 */
record Subspace(double[][] basis, int features) {

  private static final int ROWS = 100; // that the attacker holds, for the components of a table

  /** All directions. */
  static Subspace whole(int features) {
    return new Subspace(new double[0][], features);
  }

  /**
   * The directions in which data vary most.
   *
   * @param share of the dimensions, 0 to 1; at least 3 are taken
   */
  static Subspace of(Oracle oracle, Rng rng, double share) {
    int d = oracle.frame().features();
    int k = Math.min(d, Math.max(3, (int) Math.round(share * d)));
    return new Subspace(
        oracle.frame().image()
            ? lowFrequencies(oracle.site().population().shape()[0], k)
            : components(oracle, rng, k),
        d);
  }

  /** A random unit direction. */
  double[] direction(Rng rng) {
    if (basis.length == 0) {
      return rng.direction(features);
    }
    double[] weights = rng.direction(basis.length);
    double[] result = new double[features];
    for (int b = 0; b < basis.length; b++) {
      result = Vec.plus(result, weights[b], basis[b]);
    }
    return result;
  }

  /** The first cosines of the two-dimensional transform, by growing sum of frequencies. */
  private static double[][] lowFrequencies(int side, int k) {
    double[][] basis = new double[k][];
    int count = 0;
    for (int sum = 0; count < k; sum++) {
      for (int v = 0; v <= sum && count < k; v++) {
        if (v < side && sum - v < side) {
          basis[count++] = cosine(side, sum - v, v);
        }
      }
    }
    return basis;
  }

  private static double[] cosine(int side, int u, int v) {
    double[] z = new double[side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        z[row * side + column] =
            StrictMath.cos(Math.PI * (row + 0.5) * u / side)
                * StrictMath.cos(Math.PI * (column + 0.5) * v / side);
      }
    }
    return Vec.plus(new double[z.length], 1 / Vec.norm(z), z);
  }

  private static double[][] components(Oracle oracle, Rng rng, int k) {
    double[][] rows = new double[ROWS][];
    for (int r = 0; r < ROWS; r++) {
      rows[r] = oracle.genuine(rng);
    }
    var svd = new SingularValueDecomposition(new Array2DRowRealMatrix(rows, false));
    double[][] all = svd.getVT().getData();
    double[][] basis = new double[Math.min(k, all.length)][];
    System.arraycopy(all, 0, basis, 0, basis.length);
    return basis;
  }
}
