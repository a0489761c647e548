package io.vedette.baseline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model version's clean traffic looks like, frozen.
 *
 * @param model model name
 * @param version model version, may be empty
 * @param createdAtMicros event time at which it was built, microseconds since the epoch
 * @param calibrationId hash of its model and content
 * @param finished false while only scales are known and evidence must not be collected
 * @param rows clean rows it was built from
 * @param frame coordinates
 * @param manifold geometry
 * @param nulls thresholds and benign rates
 * @param columns one histogram per coordinate of the frame
 * @param labels histogram of labels, by hash
 * @param confidences histogram of the top class's probability
 * @param callerShares share of rows of the busiest callers, by hash of the caller's key
 * @param landmarks clean rows that tell how near rows must lie to belong together
 */
public record Baseline(
    String model,
    String version,
    long createdAtMicros,
    String calibrationId,
    boolean finished,
    int rows,
    Frame frame,
    Manifold manifold,
    Nulls nulls,
    List<Histogram> columns,
    Histogram labels,
    Histogram confidences,
    Map<Long, Float> callerShares,
    Landmarks landmarks) {

  private static final int FORMAT = 3;
  private static final int WITHOUT_LANDMARKS = 2;

  /** Key of the baselines topic, {@code name|version}. */
  public String modelKey() {
    return model + '|' + version;
  }

  /** Compact form for the baselines topic. */
  public byte[] profile() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(FORMAT);
      out.writeInt(rows);
      frame.write(out);
      manifold.write(out);
      nulls.write(out);
      for (Histogram column : columns) {
        column.write(out);
      }
      labels.write(out);
      confidences.write(out);
      Map<Long, Float> ordered = new TreeMap<>(callerShares);
      out.writeInt(ordered.size());
      for (Map.Entry<Long, Float> share : ordered.entrySet()) {
        out.writeLong(share.getKey());
        out.writeFloat(share.getValue());
      }
      landmarks.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory refused a write", e);
    }
  }

  /**
   * Reads the compact form.
   *
   * @throws IOException when the bytes are not such a form
   */
  public static Baseline read(
      String model,
      String version,
      long createdAtMicros,
      String calibrationId,
      boolean finished,
      byte[] profile)
      throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(profile));
    int format = in.readByte();
    if (format != FORMAT && format != WITHOUT_LANDMARKS) {
      throw new IOException(
          "baseline format must be " + WITHOUT_LANDMARKS + " or " + FORMAT + ", was " + format);
    }
    int rows = in.readInt();
    Frame frame = Frame.read(in, format == FORMAT);
    Manifold manifold = Manifold.read(in);
    Nulls nulls = Nulls.read(in, format == WITHOUT_LANDMARKS);
    List<Histogram> columns = new ArrayList<>();
    for (int i = 0; i < frame.dimensions(); i++) {
      columns.add(Histogram.read(in));
    }
    Histogram labels = Histogram.read(in);
    Histogram confidences = Histogram.read(in);
    int shares = Bytes.count(in, 1024);
    Map<Long, Float> callers = new TreeMap<>();
    for (int i = 0; i < shares; i++) {
      callers.put(in.readLong(), in.readFloat());
    }
    Landmarks landmarks =
        format == FORMAT ? Landmarks.read(in, manifold.dimensions()) : Landmarks.NONE;
    return new Baseline(
        model,
        version,
        createdAtMicros,
        calibrationId,
        finished,
        rows,
        frame,
        manifold,
        nulls,
        List.copyOf(columns),
        labels,
        confidences,
        Map.copyOf(callers),
        landmarks);
  }
}
