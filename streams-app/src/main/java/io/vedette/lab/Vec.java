package io.vedette.lab;

/** Arithmetic on vectors {@code double[d]}; results are new arrays. */
final class Vec {

  private Vec() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double diff = a[i] - b[i];
      sum += diff * diff;
    }
    return Math.sqrt(sum);
  }

  /** {@code a + factor * b}. */
  static double[] plus(double[] a, double factor, double[] b) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] + factor * b[i];
    }
    return result;
  }

  /** The point at {@code t} on the way from {@code a} (0) to {@code b} (1). */
  static double[] between(double[] a, double[] b, double t) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] + t * (b[i] - a[i]);
    }
    return result;
  }

  /** {@code a} with one coordinate replaced. */
  static double[] with(double[] a, int index, double value) {
    double[] result = a.clone();
    result[index] = value;
    return result;
  }

  /** Index of the greatest value, the first of equals. */
  static int argMax(float[] a) {
    int best = 0;
    for (int i = 1; i < a.length; i++) {
      if (a[i] > a[best]) {
        best = i;
      }
    }
    return best;
  }
}
