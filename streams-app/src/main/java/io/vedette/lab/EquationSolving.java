package io.vedette.lab;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Equation solving on logistic regression (Tramer et al. 2016): log-odds are linear in the input,
 * so d + 1 random rows and least squares give the weights. It asks on until the budget is spent, to
 * average rounding out.
 */
final class EquationSolving implements Attack {

  private final Rng rng;

  EquationSolving(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    while (true) {
      oracle.ask(rng.gaussians(oracle.frame().features()));
    }
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    int n = oracle.queries().size();
    int classes = oracle.site().victim().classes();
    double[][] rows = new double[n][];
    double[][] odds = new double[classes][n]; // log-odds against class 0
    for (int q = 0; q < n; q++) {
      float[] x = oracle.queries().get(q);
      rows[q] = withOne(oracle.frame().of(x));
      float[] answer = oracle.site().victim().probabilities(x);
      for (int c = 1; c < classes; c++) {
        odds[c][q] = log(answer[c]) - log(answer[0]);
      }
    }
    var solver = new SingularValueDecomposition(new Array2DRowRealMatrix(rows, false)).getSolver();
    double[][] weights = new double[classes][rows[0].length];
    for (int c = 1; c < classes; c++) {
      weights[c] = solver.solve(new ArrayRealVector(odds[c], false)).toArray();
    }
    return Fidelity.outcome(oracle.site(), x -> classify(weights, withOne(oracle.frame().of(x))));
  }

  private static int classify(double[][] weights, double[] row) {
    int best = 0;
    double highest = 0; // class 0 is the reference
    for (int c = 1; c < weights.length; c++) {
      double score = Vec.dot(weights[c], row);
      if (score > highest) {
        highest = score;
        best = c;
      }
    }
    return best;
  }

  private static double log(float p) {
    return StrictMath.log(Math.max(p, 1e-7));
  }

  private static double[] withOne(double[] z) {
    double[] row = Arrays.copyOf(z, z.length + 1);
    row[z.length] = 1;
    return row;
  }
}
