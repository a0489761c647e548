package io.vedette.baseline;

/** Small kernels on float vectors of equal length. */
public final class Vectors {

  private Vectors() {}

  /** Squared Euclidean distance. */
  public static float squaredDistance(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      float d = a[i] - b[i];
      sum += d * d;
    }
    return sum;
  }
}
