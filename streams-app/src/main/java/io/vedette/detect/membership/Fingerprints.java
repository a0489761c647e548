package io.vedette.detect.membership;

import io.vedette.core.Payload;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keyed fingerprints of the rows that models were trained on, and of decoys: made-up rows that lie
 * only where the training data lie, so that nobody asks about them who has not been there. Whoever
 * has the file but not the secret can test no row with it.
 */
public final class Fingerprints {

  /** Rate of false positives of training rows, per row asked. */
  public static final double TRAINING_RATE = 1e-9;

  /** Rate of false positives of decoys, per row asked. */
  public static final double DECOY_RATE = 1e-18;

  /** None. */
  public static final Fingerprints NONE = new Fingerprints("", Map.of());

  private static final int MAGIC = 0x56465031; // VFP1
  private static final int MOST_MODELS = 10_000;
  private static final int MOST_COLUMNS = 1 << 20;

  private final String secret;
  private final Map<String, Rows> models;

  /** The filters of one model, and how its numbers are rounded. */
  record Rows(float[] steps, Bloom training, Bloom decoys) {}

  private Fingerprints(String secret, Map<String, Rows> models) {
    this.secret = secret;
    this.models = models;
  }

  /** The filters of a model by name, null when none of its rows are registered. */
  @Nullable Rows of(String model) {
    return models.get(model);
  }

  /** A hash under the secret, for one thread. */
  RowHash hash() {
    return new RowHash(secret);
  }

  /**
   * Writes the file; the secret is not in it.
   *
   * @throws IOException when the output fails
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(MAGIC);
    out.writeLong(RowHash.check(secret));
    out.writeInt(models.size());
    for (Map.Entry<String, Rows> model : models.entrySet()) {
      out.writeUTF(model.getKey());
      float[] steps = model.getValue().steps();
      out.writeInt(steps.length);
      for (float step : steps) {
        out.writeFloat(step);
      }
      model.getValue().training().write(out);
      model.getValue().decoys().write(out);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it is no such file, or was made with another secret
   */
  public static Fingerprints read(DataInput in, String secret) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("no file of fingerprints");
    }
    if (in.readLong() != RowHash.check(secret)) {
      throw new IOException("made with another secret");
    }
    int count = in.readInt();
    if (count < 0 || count > MOST_MODELS) {
      throw new IOException("models must be " + MOST_MODELS + " at most, were " + count);
    }
    Map<String, Rows> models = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      models.put(in.readUTF(), new Rows(steps(in), Bloom.read(in), Bloom.read(in)));
    }
    return new Fingerprints(secret, models);
  }

  private static float[] steps(DataInput in) throws IOException {
    int columns = in.readInt();
    if (columns < 0 || columns > MOST_COLUMNS) {
      throw new IOException("columns must be " + MOST_COLUMNS + " at most, were " + columns);
    }
    float[] steps = new float[columns];
    for (int i = 0; i < columns; i++) {
      steps[i] = in.readFloat();
      if (!(steps[i] > 0)) {
        throw new IOException("steps must be above 0, was " + steps[i]);
      }
    }
    return steps;
  }

  /** Collects rows, and keeps them until they are hashed. */
  public static final class Builder {

    private static final double STEPS_PER_DEVIATION = 500;

    private final String secret;
    private final Map<String, List<Payload.Features>> training = new TreeMap<>();
    private final Map<String, List<Payload.Features>> decoys = new TreeMap<>();

    /** Collects under a secret. */
    public Builder(String secret) {
      this.secret = secret;
    }

    /** Registers all rows of a payload, under the model's name. */
    public Builder add(String model, Payload.Features features, boolean decoy) {
      (decoy ? decoys : training).computeIfAbsent(model, m -> new ArrayList<>()).add(features);
      return this;
    }

    /** The fingerprints of all rows so far. */
    public Fingerprints build() {
      Map<String, Rows> models = new TreeMap<>();
      Set<String> names = new TreeSet<>(training.keySet());
      names.addAll(decoys.keySet());
      for (String name : names) {
        List<Payload.Features> rows = training.getOrDefault(name, List.of());
        List<Payload.Features> made = decoys.getOrDefault(name, List.of());
        float[] steps = steps(rows.isEmpty() ? made : rows);
        models.put(
            name,
            new Rows(steps, bloom(rows, steps, TRAINING_RATE), bloom(made, steps, DECOY_RATE)));
      }
      return new Fingerprints(secret, models);
    }

    private Bloom bloom(List<Payload.Features> payloads, float[] steps, double rate) {
      RowHash hash = new RowHash(secret);
      Bloom bloom = Bloom.of(payloads.stream().mapToLong(Payload.Features::rows).sum(), rate);
      for (Payload.Features features : payloads) {
        for (int row = 0; row < features.rows(); row++) {
          hash.of(features, row, steps);
          bloom.add(hash.h1(), hash.h2());
        }
      }
      return bloom;
    }

    /** A power of two per column, about a 500th of its standard deviation. */
    private static float[] steps(List<Payload.Features> payloads) {
      int columns = payloads.get(0).columns();
      double[] n = new double[columns];
      double[] sum = new double[columns];
      double[] squares = new double[columns];
      for (Payload.Features features : payloads) {
        for (int i = 0; i < features.rows() * features.columns(); i++) {
          int column = i % features.columns();
          float value = features.values()[i];
          if (column < columns && Float.isFinite(value)) {
            n[column]++;
            sum[column] += value;
            squares[column] += (double) value * value;
          }
        }
      }
      float[] steps = new float[columns];
      for (int i = 0; i < columns; i++) {
        double mean = n[i] == 0 ? 0 : sum[i] / n[i];
        double variance = n[i] == 0 ? 0 : squares[i] / n[i] - mean * mean;
        double deviation = variance > 1e-12 * mean * mean ? Math.sqrt(variance) : Math.abs(mean);
        double step = Math.max(1e-20, deviation == 0 ? 1 : deviation) / STEPS_PER_DEVIATION;
        steps[i] = (float) Math.scalb(1.0, Math.getExponent(step));
      }
      return steps;
    }
  }
}
