package io.vedette.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * The geometry of the clean traffic: a space of at most 40 dimensions and its whitening, in which
 * squared length tells how far a row, or the step between two rows, lies off the usual.
 *
 * <p>Up to 40 coordinates are used as they are. More are projected on 24 fixed Gaussian directions
 * (Johnson and Lindenstrauss 1984), which keeps straight lines straight and ratios of steps on a
 * line exact.
 */
public final class Manifold {

  static final int MOST_DIRECT = 40;
  static final int PROJECTED = 24;
  private static final long SEED = 0x56454445L;

  private final int inputs;
  private final int dimensions;
  private final float[] projection; // float[dimensions * inputs], empty when direct
  private final float[] mean; // float[dimensions]
  private final float[] whitening; // lower triangle by rows, float[n(n+1)/2]

  private Manifold(int inputs, float[] mean, float[] whitening) {
    this.inputs = inputs;
    this.dimensions = size(inputs);
    this.projection = inputs <= MOST_DIRECT ? new float[0] : gaussian(dimensions, inputs);
    this.mean = mean;
    this.whitening = whitening;
  }

  static int size(int inputs) {
    return inputs <= MOST_DIRECT ? inputs : PROJECTED;
  }

  private static float[] gaussian(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(SEED + columns);
    float[] matrix = new float[rows * columns];
    double scale = 1 / StrictMath.sqrt(columns);
    for (int i = 0; i < matrix.length; i++) {
      double u = 1 - random.nextDouble();
      double angle = 2 * StrictMath.PI * random.nextDouble();
      matrix[i] = (float) (scale * StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(angle));
    }
    return matrix;
  }

  /** Dimensions of the space, at most 40. */
  public int dimensions() {
    return dimensions;
  }

  /** True when the space is the standardised coordinates themselves. */
  public boolean direct() {
    return projection.length == 0;
  }

  /**
   * Maps standardised coordinates into the space.
   *
   * @param z {@code float[inputs]}
   * @param g target, {@code float[dimensions()]}
   */
  public void project(float[] z, float[] g) {
    if (projection.length == 0) {
      System.arraycopy(z, 0, g, 0, dimensions);
      return;
    }
    for (int i = 0; i < dimensions; i++) {
      float sum = 0;
      int base = i * inputs;
      for (int j = 0; j < inputs; j++) {
        sum += projection[base + j] * z[j];
      }
      g[i] = sum;
    }
  }

  /**
   * Whitens a point of the space.
   *
   * @param g {@code float[dimensions()]}
   * @param w target, {@code float[dimensions()]}
   * @return its squared length, about {@code dimensions()} for clean traffic
   */
  public float whiten(float[] g, float[] w) {
    float length = 0;
    int at = 0;
    for (int i = 0; i < dimensions; i++) {
      float sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += whitening[at++] * (g[j] - mean[j]);
      }
      w[i] = sum;
      length += sum * sum;
    }
    return length;
  }

  /**
   * Fits mean and covariance of {@code rows} points, with a ridge of one hundredth of the trace.
   */
  static Manifold fit(int inputs, float[][] z) {
    int n = size(inputs);
    Manifold plain = new Manifold(inputs, new float[n], new float[n * (n + 1) / 2]);
    float[][] g = new float[z.length][n];
    double[] mean = new double[n];
    for (int r = 0; r < z.length; r++) {
      plain.project(z[r], g[r]);
      for (int i = 0; i < n; i++) {
        mean[i] += g[r][i] / (double) z.length;
      }
    }
    double[][] cov = new double[n][n];
    for (float[] row : g) {
      for (int i = 0; i < n; i++) {
        double di = row[i] - mean[i];
        for (int j = 0; j <= i; j++) {
          cov[i][j] += di * (row[j] - mean[j]);
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        cov[i][j] /= Math.max(1, z.length - 1);
      }
      trace += cov[i][i];
    }
    double ridge = Math.max(1e-6, 0.01 * trace / Math.max(1, n));
    for (int i = 0; i < n; i++) {
      cov[i][i] += ridge;
    }
    float[] centre = new float[n];
    for (int i = 0; i < n; i++) {
      centre[i] = (float) mean[i];
    }
    return new Manifold(inputs, centre, inverseCholesky(cov, n));
  }

  private static float[] inverseCholesky(double[][] a, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j][j];
      }
    }
    double[][] inverse = new double[n][n];
    for (int c = 0; c < n; c++) {
      for (int i = c; i < n; i++) {
        double sum = i == c ? 1 : 0;
        for (int k = c; k < i; k++) {
          sum -= a[i][k] * inverse[k][c];
        }
        inverse[i][c] = sum / a[i][i];
      }
    }
    float[] packed = new float[n * (n + 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        packed[at++] = (float) inverse[i][j];
      }
    }
    return packed;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(inputs);
    Bytes.write(out, mean);
    Bytes.write(out, whitening);
  }

  static Manifold read(DataInput in) throws IOException {
    int inputs = Bytes.count(in, Frame.MAX_COLUMNS);
    int n = size(inputs);
    float[] mean = Bytes.floats(in, n);
    float[] whitening = Bytes.floats(in, n * (n + 1) / 2);
    if (mean.length != n || whitening.length != n * (n + 1) / 2) {
      throw new IOException("manifold must have " + n + " dimensions, has " + mean.length);
    }
    return new Manifold(inputs, mean, whitening);
  }
}
