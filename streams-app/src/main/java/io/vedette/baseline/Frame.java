package io.vedette.baseline;

import io.vedette.core.Payload;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinates in which detectors see a model's inputs: numeric columns centred and scaled by
 * the clean traffic, then one coordinate per categorical column.
 *
 * <p>A category becomes a fixed pseudo-random number of about unit variance (a hash of column and
 * value), so equal categories are equal, different ones differ, and no dictionary is kept. Missing
 * numbers become the mean, and are counted apart.
 */
public final class Frame {

  static final int MAX_COLUMNS = 1 << 20;

  private final int numeric;
  private final List<String> categorical;
  private final float[] mean;
  private final float[] inverseScale;
  private final float[] units; // of numeric columns, 0 when they are continuous

  Frame(int numeric, List<String> categorical, float[] mean, float[] inverseScale, float[] units) {
    this.numeric = numeric;
    this.categorical = List.copyOf(categorical);
    this.mean = mean;
    this.inverseScale = inverseScale;
    this.units = units;
  }

  /** Numeric columns. */
  public int numeric() {
    return numeric;
  }

  /** Names of the categorical columns, ascending. */
  public List<String> categorical() {
    return categorical;
  }

  /** Coordinates: numeric columns, then categorical ones. */
  public int dimensions() {
    return numeric + categorical.size();
  }

  /**
   * Least difference of two unlike values of a coordinate, standard deviations; 0 when its values
   * are continuous, or categories.
   */
  public float step(int coordinate) {
    return coordinate < numeric ? units[coordinate] * inverseScale[coordinate] : 0;
  }

  /** True when the payload has the columns of this frame. */
  public boolean fits(Payload.Features features) {
    if (features.columns() != numeric || features.categorical().size() != categorical.size()) {
      return false;
    }
    for (int i = 0; i < categorical.size(); i++) {
      if (!features.categorical().get(i).name().equals(categorical.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes the standardised coordinates of one row.
   *
   * @param features a payload that {@link #fits}
   * @param row row index
   * @param z target, {@code float[dimensions()]}, standard deviations, clipped to +-50
   */
  public void standardise(Payload.Features features, int row, float[] z) {
    float[] values = features.values();
    int base = row * numeric;
    for (int i = 0; i < numeric; i++) {
      float v = (values[base + i] - mean[i]) * inverseScale[i];
      z[i] = v > 50 ? 50 : v < -50 ? -50 : Float.isNaN(v) ? 0 : v;
    }
    for (int c = 0; c < categorical.size(); c++) {
      String value = features.categorical().get(c).values().get(row);
      z[numeric + c] = (coordinate(c, value) - mean[numeric + c]) * inverseScale[numeric + c];
    }
  }

  /** A fixed number in [-1.73, 1.73] for a category. */
  static float coordinate(int column, String value) {
    long h = Hashes.mix(Hashes.category(value) + 0x9E3779B97F4A7C15L * (column + 1));
    return (float) (((h >>> 40) / (double) (1 << 24) - 0.5) * 3.4641);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(numeric);
    out.writeInt(categorical.size());
    for (String name : categorical) {
      out.writeUTF(name);
    }
    Bytes.write(out, mean);
    Bytes.write(out, inverseScale);
    Bytes.write(out, units);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param units false for the form of 0.1.0's first baselines, which did not have them
   */
  static Frame read(DataInput in, boolean units) throws IOException {
    int numeric = Bytes.count(in, MAX_COLUMNS);
    int names = Bytes.count(in, 4096);
    List<String> categorical = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      categorical.add(in.readUTF());
    }
    float[] mean = Bytes.floats(in, numeric + names);
    float[] inverseScale = Bytes.floats(in, numeric + names);
    float[] steps = units ? Bytes.floats(in, numeric) : new float[numeric];
    if (mean.length != numeric + names
        || inverseScale.length != mean.length
        || steps.length != numeric) {
      throw new IOException(
          "frame must have a mean and a scale of each of "
              + (numeric + names)
              + " coordinates and a unit of each of "
              + numeric
              + ", had "
              + mean.length
              + ", "
              + inverseScale.length
              + " and "
              + steps.length);
    }
    return new Frame(numeric, categorical, mean, inverseScale, steps);
  }

  /** The features of a payload, null when it has none. */
  public static Payload.@Nullable Features features(Payload payload) {
    return payload instanceof Payload.Features f ? f : null;
  }
}
