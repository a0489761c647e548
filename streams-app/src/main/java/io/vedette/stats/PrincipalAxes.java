package io.vedette.stats;

import java.util.Arrays;
import java.util.Comparator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** Principal axes of a covariance (Hotelling 1933). */
public final class PrincipalAxes {

  private static final double LEAST_VARIANCE = 1e-12;

  private PrincipalAxes() {}

  /**
   * The axes as rows, from the widest to the narrowest, each divided by its standard deviation: the
   * product with a centred row has about unit covariance.
   *
   * @param covariance symmetric, {@code double[n][n]}
   * @return {@code float[n * n]}, row-major
   */
  public static float[] whitening(double[][] covariance) {
    int n = covariance.length;
    if (n == 0) {
      return new float[0];
    }
    var decomposition = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
    double[] variances = decomposition.getRealEigenvalues();
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -variances[i]));
    float[] rows = new float[n * n];
    for (int i = 0; i < n; i++) {
      double scale = 1 / Math.sqrt(Math.max(variances[order[i]], LEAST_VARIANCE));
      double[] axis = decomposition.getEigenvector(order[i]).toArray();
      for (int j = 0; j < n; j++) {
        rows[i * n + j] = (float) (scale * axis[j]);
      }
    }
    return rows;
  }
}
