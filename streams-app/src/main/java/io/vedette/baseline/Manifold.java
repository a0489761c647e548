package io.vedette.baseline;

import io.vedette.stats.ColumnMatrix;
import io.vedette.stats.PrincipalAxes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable ColumnMatrix projection; // float[dimensions][inputs], null when direct
  private final float[] mean; // float[dimensions]
  private final float[] centre; // the whitened mean
  private final float[] whitening; // float[n][n], from the widest direction to the narrowest
  private final ColumnMatrix whitener; // the same

  private Manifold(int inputs, float[] mean, float[] whitening) {
    this.inputs = inputs;
    this.dimensions = size(inputs);
    this.projection = inputs <= MOST_DIRECT ? null : gaussian(dimensions, inputs);
    this.mean = mean;
    this.whitening = whitening;
    this.whitener = ColumnMatrix.ofRows(whitening, dimensions);
    this.centre = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      for (int j = 0; j < dimensions; j++) {
        centre[i] += whitening[i * dimensions + j] * mean[j];
      }
    }
  }

  static int size(int inputs) {
    return inputs <= MOST_DIRECT ? inputs : PROJECTED;
  }

  private static ColumnMatrix gaussian(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(SEED + columns);
    float[] matrix = new float[rows * columns];
    double scale = 1 / StrictMath.sqrt(columns);
    for (int i = 0; i < matrix.length; i++) {
      double u = 1 - random.nextDouble();
      double angle = 2 * StrictMath.PI * random.nextDouble();
      matrix[i] = (float) (scale * StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(angle));
    }
    return ColumnMatrix.ofRows(matrix, rows);
  }

  /** Dimensions of the space, at most 40. */
  public int dimensions() {
    return dimensions;
  }

  /** True when the space is the standardised coordinates themselves. */
  public boolean direct() {
    return projection == null;
  }

  /**
   * Maps standardised coordinates into the space.
   *
   * @param z {@code float[inputs]}
   * @param g target, {@code float[dimensions()]}
   */
  public void project(float[] z, float[] g) {
    if (projection == null) {
      System.arraycopy(z, 0, g, 0, dimensions);
      return;
    }
    Arrays.fill(g, 0);
    projection.addProduct(z, g);
  }

  /**
   * Whitens a point of the space; the coordinates go from its widest direction to its narrowest.
   *
   * @param g {@code float[dimensions()]}
   * @param w target, {@code float[dimensions()]}
   * @return its squared length, about {@code dimensions()} for clean traffic
   */
  public float whiten(float[] g, float[] w) {
    for (int i = 0; i < dimensions; i++) {
      w[i] = -centre[i];
    }
    whitener.addProduct(g, w);
    float length = 0;
    for (float value : w) {
      length += value * value;
    }
    return length;
  }

  /**
   * Share of a step's squared whitened length that goes along the narrower half of the directions;
   * about a half for steps between clean rows, whatever their scale, and more for steps that do not
   * know how the features depend on one another.
   *
   * @param a whitened point
   * @param b whitened point
   * @return 0..1, 0 for no step
   */
  public float minorShare(float[] a, float[] b) {
    float all = 0;
    float minor = 0;
    for (int i = 0; i < dimensions; i++) {
      float d = a[i] - b[i];
      all += d * d;
      minor += 2 * i >= dimensions ? d * d : 0;
    }
    return all > 0 ? minor / all : 0;
  }

  /**
   * Fits mean and covariance of {@code rows} points, with a ridge of one hundredth of the trace.
   */
  static Manifold fit(int inputs, float[][] z) {
    int n = size(inputs);
    Manifold plain = new Manifold(inputs, new float[n], new float[n * n]);
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
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        cov[j][i] = cov[i][j];
      }
    }
    return new Manifold(inputs, centre, PrincipalAxes.whitening(cov));
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
    float[] whitening = Bytes.floats(in, n * n);
    if (mean.length != n || whitening.length != n * n) {
      throw new IOException("manifold must have " + n + " dimensions, has " + mean.length);
    }
    return new Manifold(inputs, mean, whitening);
  }
}
