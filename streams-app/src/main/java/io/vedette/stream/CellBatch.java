package io.vedette.stream;

import io.vedette.core.CallerId;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.TraceId;
import io.vedette.detect.CellSighting;
import io.vedette.state.ArrayInput;
import io.vedette.state.ArrayOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;

/**
 * Sightings of one task for one partition of the cells topic.
 *
 * <p>Bytes: format, number of sightings, where the names begin; the sightings, of several cells of
 * one row only the first with more than its cell; then the distinct callers, models and topics, to
 * which they refer by number.
 *
 * @param sightings in order
 */
record CellBatch(List<CellSighting> sightings) {

  private static final byte FORMAT = 4;
  private static final int ROW_BYTES = 128; // with an id of usual length; more makes it grow
  private static final int MAX_NAMES = 1 << 20;
  private static final int MAX_CHARS = 20_000; // three bytes each at most, of 65,535
  private static final int MAX_SKETCH = 1024;

  /** Number of the partition that a cell lives in; its text is the key of the batch. */
  static int partition(long cell, int partitions) {
    long mixed = cell * 0x9E3779B97F4A7C15L; // Fibonacci hashing: cells may share low bits
    return Math.floorMod((int) (mixed >>> 32), partitions);
  }

  static Serde<CellBatch> serde() {
    var known = new KnownCallers();
    return BatchBytes.serde(CellBatch::write, in -> read(in, known));
  }

  private void write(ArrayOutput out) throws IOException {
    out.reserveRoom(ROW_BYTES * sightings.size() + 256);
    out.writeByte(FORMAT);
    out.writeInt(sightings.size());
    int link = out.size();
    out.writeInt(0);
    var names = new Names(new Numbering<>(), new Numbering<>(), new Numbering<>());
    CellSighting previous = null;
    for (CellSighting sighting : sightings) {
      out.writeLong(sighting.cell());
      boolean same = previous != null && sameRow(sighting, previous);
      out.writeBoolean(same);
      if (!same) {
        write(sighting, names, out);
      }
      previous = sighting;
    }
    out.setInt(link, out.size());
    names.write(out);
  }

  /** True for two cells of one row, of which only the cells differ: they share their objects. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean sameRow(CellSighting a, CellSighting b) {
    return a.sketch() == b.sketch()
        && a.sample() == b.sample()
        && a.caller() == b.caller()
        && a.model() == b.model()
        && a.content() == b.content()
        && a.timeMicros() == b.timeMicros()
        && a.label() == b.label()
        && Float.floatToIntBits(a.confidence()) == Float.floatToIntBits(b.confidence());
  }

  private static void write(CellSighting s, Names names, ArrayOutput out) throws IOException {
    out.writeInt(names.callers.number(s.caller()));
    out.writeInt(names.models.number(s.model()));
    out.writeLong(s.timeMicros());
    out.writeLong(s.content());
    out.writeInt(s.label());
    out.writeFloat(s.confidence());
    out.writeShort(s.sketch().length);
    for (short v : s.sketch()) {
      out.writeShort(v);
    }
    Sample sample = Objects.requireNonNull(s.sample(), "a sighting on its way has a sample");
    out.writeUTF(clipped(sample.requestId()));
    out.writeInt(names.topics.number(sample.origin().topic()));
    out.writeInt(sample.origin().partition());
    out.writeLong(sample.origin().offset());
    TraceId.write(sample.trace(), out);
  }

  /** A text that {@code writeUTF} can take: names are chosen by clients and may be huge. */
  private static String clipped(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
  }

  private static CellBatch read(ArrayInput in, KnownCallers known) throws IOException {
    int size = BatchBytes.size(in, FORMAT);
    int tables = in.readInt();
    int rows = in.position();
    in.position(tables);
    NamesRead names = NamesRead.of(in, known);
    in.position(rows);
    List<CellSighting> sightings = new ArrayList<>(Math.min(size, 1024));
    CellSighting previous = null;
    for (int i = 0; i < size; i++) {
      long cell = in.readLong();
      boolean same = in.readBoolean();
      if (same && previous == null) {
        throw new IOException("first sighting refers to one before it");
      }
      previous = same && previous != null ? at(cell, previous) : sighting(cell, in, names);
      sightings.add(previous);
    }
    return new CellBatch(sightings);
  }

  private static CellSighting at(long cell, CellSighting s) {
    return new CellSighting(
        cell,
        s.caller(),
        s.model(),
        s.timeMicros(),
        s.content(),
        s.label(),
        s.confidence(),
        s.sketch(),
        s.sample());
  }

  private static CellSighting sighting(long cell, ArrayInput in, NamesRead names)
      throws IOException {
    CallerId caller = names.callers.get(in.readInt());
    ModelRef model = names.models.get(in.readInt());
    long time = in.readLong();
    long content = in.readLong();
    int label = in.readInt();
    float confidence = in.readFloat();
    int length = in.readShort();
    if (length < 0 || length > MAX_SKETCH) {
      throw new IOException("sketch must be 0 to " + MAX_SKETCH + " long, was " + length);
    }
    short[] sketch = new short[length];
    for (int i = 0; i < length; i++) {
      sketch[i] = in.readShort();
    }
    String requestId = in.readUTF();
    var origin = new Origin(names.topics.get(in.readInt()), in.readInt(), in.readLong());
    var sample = new Sample(requestId, origin, TraceId.read(in));
    return new CellSighting(cell, caller, model, time, content, label, confidence, sketch, sample);
  }

  /** What repeats within a batch, as it is written after the sightings. */
  private record Names(
      Numbering<CallerId> callers, Numbering<ModelRef> models, Numbering<String> topics) {

    void write(ArrayOutput out) throws IOException {
      out.writeInt(callers.values().size());
      for (CallerId caller : callers.values()) {
        out.writeUTF(clipped(caller.tenant()));
        out.writeUTF(clipped(caller.principal()));
      }
      out.writeInt(models.values().size());
      for (ModelRef model : models.values()) {
        out.writeUTF(clipped(model.name()));
        out.writeUTF(clipped(model.version()));
        out.writeBoolean(model.digest() != null);
        out.writeUTF(model.digest() == null ? "" : clipped(model.digest()));
      }
      out.writeInt(topics.values().size());
      for (String topic : topics.values()) {
        out.writeUTF(clipped(topic));
      }
    }
  }

  /** The same as it is read. */
  private record NamesRead(List<CallerId> callers, List<ModelRef> models, List<String> topics) {

    static NamesRead of(ArrayInput in, KnownCallers known) throws IOException {
      return new NamesRead(
          list(in, known::read), list(in, NamesRead::model), list(in, ArrayInput::readUTF));
    }

    private static ModelRef model(ArrayInput in) throws IOException {
      String name = in.readUTF();
      String version = in.readUTF();
      boolean digested = in.readBoolean();
      String digest = in.readUTF();
      return new ModelRef(name, version, digested ? digest : null);
    }

    private static <T> List<T> list(ArrayInput in, BatchBytes.Reader<T> reader) throws IOException {
      int size = in.readInt();
      if (size < 0 || size > MAX_NAMES) {
        throw new IOException("names must be 0 to " + MAX_NAMES + ", were " + size);
      }
      List<T> values = new ArrayList<>(Math.min(size, 1024));
      for (int i = 0; i < size; i++) {
        values.add(reader.read(in));
      }
      return values;
    }
  }
}
