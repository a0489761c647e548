package io.vedette.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Some clean rows of each label, which tell how near another row must lie to one row so that it is
 * hardly near by chance: less in the dense parts of the traffic, more off it.
 */
public final class Landmarks {

  /*
   * Method. The squared radius about a row is half the squared distance to the nearest of forty clean
   * rows with the label that the model gave. Had the caller drawn its rows from such traffic, another
   * one would lie nearer than all forty once in 41 times, and so much nearer hardly ever: halving a
   * squared distance divides the number of rows within by two for each two dimensions of the data.
   * Edits of one row that take it off the clean traffic, as perturbed pictures are, have no clean
   * rows near, and belong together though they lie farther apart than clean rows of the densest kind.
   *
   * Cost: 40 distances at most, most of them left early, and only for rows that have one of the caller's
   * at middle distance.
   */

  /** No landmarks: every radius is the least. */
  public static final Landmarks NONE = new Landmarks(0, new long[0], new float[0][]);

  private static final int MOST_LABELS = 24;
  private static final int PER_LABEL = 40; // rows
  private static final int FEWEST = 20; // rows of a label that say something about it
  private static final float SHARE = 0.5f; // of the squared distance to the nearest landmark
  private static final float MOST = 0.5f; // of the usual squared distance, whatever the landmarks

  private final int dimensions;
  private final long[] labels; // sorted
  private final float[][] points; // per label, float[rows * dimensions]; the last for other labels

  private Landmarks(int dimensions, long[] labels, float[][] points) {
    this.dimensions = dimensions;
    this.labels = labels;
    this.points = points;
  }

  /**
   * Chooses rows that are spread evenly over the learning period.
   *
   * @param z their standardised coordinates, {@code float[rows][d]}
   * @param rows clean rows in the order of time
   */
  static Landmarks of(List<CleanRow> rows, float[][] z, Manifold manifold) {
    if (z.length < FEWEST) {
      return NONE;
    }
    Map<Long, List<float[]>> byLabel = new TreeMap<>();
    for (int r = 0; r < z.length; r++) {
      byLabel.computeIfAbsent(rows.get(r).label(), label -> new ArrayList<>()).add(z[r]);
    }
    List<Map.Entry<Long, List<float[]>>> commonest =
        byLabel.entrySet().stream()
            .filter(label -> label.getValue().size() >= FEWEST)
            .sorted(Comparator.comparingInt(label -> -label.getValue().size()))
            .limit(MOST_LABELS)
            .sorted(Map.Entry.comparingByKey())
            .toList();
    float[][] points = new float[commonest.size() + 1][];
    for (int l = 0; l < commonest.size(); l++) {
      points[l] = spread(commonest.get(l).getValue(), manifold);
    }
    points[commonest.size()] = spread(Arrays.asList(z), manifold);
    long[] labels = commonest.stream().mapToLong(Map.Entry::getKey).toArray();
    return new Landmarks(manifold.dimensions(), labels, points);
  }

  private static float[] spread(List<float[]> rows, Manifold manifold) {
    int count = Math.min(PER_LABEL, rows.size());
    int n = manifold.dimensions();
    float[] points = new float[count * n];
    float[] point = new float[n];
    for (int i = 0; i < count; i++) {
      manifold.project(rows.get((int) ((long) i * rows.size() / count)), point);
      System.arraycopy(point, 0, points, i * n, n);
    }
    return points;
  }

  /** Squared radius that no row exceeds; the least one is used where that is more. */
  public float most() {
    return MOST * 2 * dimensions; // clean rows are 2 n apart on average
  }

  /**
   * Squared radius about a row within which hardly a clean row of its label lies.
   *
   * @param point of the manifold
   * @param label of the answer, hashed
   * @param least squared radius, at least
   */
  public float radius(float[] point, long label, float least) {
    if (points.length == 0) {
      return least;
    }
    int at = Arrays.binarySearch(labels, label);
    float[] landmarks = points[at < 0 ? labels.length : at];
    int count = landmarks.length / dimensions;
    float nearest = Math.max(least, most()) / SHARE;
    for (int row = 0; row < count && SHARE * nearest > least; row++) {
      nearest = Math.min(nearest, squared(point, landmarks, row * dimensions, nearest));
    }
    return Math.max(least, SHARE * nearest);
  }

  private float squared(float[] x, float[] from, int at, float limit) {
    float sum = 0;
    for (int i = 0; i < dimensions && sum < limit; i++) {
      float d = x[i] - from[at + i];
      sum += d * d;
    }
    return sum;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(labels.length);
    out.writeByte(points.length == 0 ? 0 : dimensions);
    for (long label : labels) {
      out.writeLong(label);
    }
    for (float[] landmarks : points) {
      out.writeByte(landmarks.length / dimensions);
      for (float v : landmarks) {
        out.writeFloat(v);
      }
    }
  }

  static Landmarks read(DataInput in, int dimensions) throws IOException {
    int count = in.readUnsignedByte();
    int width = in.readUnsignedByte();
    if (width == 0) {
      return NONE;
    }
    if (count > MOST_LABELS || width != dimensions) {
      throw new IOException(
          "landmarks must have "
              + MOST_LABELS
              + " labels at most and "
              + dimensions
              + " dimensions, had "
              + count
              + " and "
              + width);
    }
    long[] labels = new long[count];
    for (int l = 0; l < count; l++) {
      labels[l] = in.readLong();
    }
    float[][] points = new float[count + 1][];
    for (int l = 0; l <= count; l++) {
      int rows = in.readUnsignedByte();
      if (rows > PER_LABEL) {
        throw new IOException("landmarks must be " + PER_LABEL + " a label at most, were " + rows);
      }
      points[l] = new float[rows * width];
      for (int i = 0; i < points[l].length; i++) {
        points[l][i] = in.readFloat();
      }
    }
    return new Landmarks(dimensions, labels, points);
  }
}
