package io.vedette.detect.membership;

import io.vedette.core.Payload;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
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
  public static final double DECOY_RATE = 1e-15;

  /** None. */
  public static final Fingerprints NONE = new Fingerprints("", Map.of());

  private static final int MAGIC = 0x56465031; // VFP1
  private static final int MOST_MODELS = 10_000;

  private final String secret;
  private final Map<String, Rows> models;

  /** The filters of one model. */
  record Rows(Bloom training, Bloom decoys) {}

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
      models.put(in.readUTF(), new Rows(Bloom.read(in), Bloom.read(in)));
    }
    return new Fingerprints(secret, models);
  }

  /** Collects rows; keeps only their hashes. */
  public static final class Builder {

    private final String secret;
    private final RowHash hash;
    private final Map<String, LongArrayList> training = new TreeMap<>();
    private final Map<String, LongArrayList> decoys = new TreeMap<>();

    /** Collects under a secret. */
    public Builder(String secret) {
      this.secret = secret;
      this.hash = new RowHash(secret);
    }

    /** Registers all rows of a payload. */
    public Builder add(String model, Payload.Features features, boolean decoy) {
      LongArrayList hashes =
          (decoy ? decoys : training).computeIfAbsent(model, m -> new LongArrayList());
      for (int row = 0; row < features.rows(); row++) {
        hash.of(features, row);
        hashes.add(hash.h1());
        hashes.add(hash.h2());
      }
      return this;
    }

    /** The fingerprints of all rows so far. */
    public Fingerprints build() {
      Map<String, Rows> models = new TreeMap<>();
      LongArrayList none = new LongArrayList();
      training.forEach((m, hashes) -> models.put(m, rows(hashes, decoys.getOrDefault(m, none))));
      decoys.forEach((m, hashes) -> models.putIfAbsent(m, rows(none, hashes)));
      return new Fingerprints(secret, models);
    }

    private static Rows rows(LongArrayList training, LongArrayList decoys) {
      return new Rows(bloom(training, TRAINING_RATE), bloom(decoys, DECOY_RATE));
    }

    private static Bloom bloom(LongArrayList hashes, double rate) {
      Bloom bloom = Bloom.of(hashes.size() / 2, rate);
      for (int i = 0; i < hashes.size(); i += 2) {
        bloom.add(hashes.getLong(i), hashes.getLong(i + 1));
      }
      return bloom;
    }
  }
}
