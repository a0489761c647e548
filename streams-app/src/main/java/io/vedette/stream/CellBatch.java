package io.vedette.stream;

import io.vedette.core.CallerId;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.TraceId;
import io.vedette.detect.CellSighting;
import io.vedette.state.ArrayOutput;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * Sightings of one task for one partition of the cells topic.
 *
 * <p>Bytes: format, sightings, distinct texts (callers, models and topics repeat within a batch),
 * then the sightings with texts by number; of several cells of one row only the first has more than
 * its cell.
 *
 * @param sightings in order
 */
record CellBatch(List<CellSighting> sightings) {

  private static final byte FORMAT = 3;
  private static final int MAX_SKETCH = 1024;

  /** Number of the partition that a cell lives in; its text is the key of the batch. */
  static int partition(long cell, int partitions) {
    long mixed = cell * 0x9E3779B97F4A7C15L; // Fibonacci hashing: cells may share low bits
    return Math.floorMod((int) (mixed >>> 32), partitions);
  }

  static Serde<CellBatch> serde() {
    var callers = new KnownCallers();
    return BatchBytes.serde(CellBatch::write, in -> read(in, callers));
  }

  private void write(DataOutput out) throws IOException {
    var texts = new BatchTexts();
    var body = new ArrayOutput(64 * sightings.size() + 256);
    CellSighting previous = null;
    for (CellSighting sighting : sightings) {
      body.writeLong(sighting.cell());
      boolean same = previous != null && sameRow(sighting, previous);
      body.writeBoolean(same);
      if (!same) {
        write(sighting, texts, body);
      }
      previous = sighting;
    }
    out.writeByte(FORMAT);
    out.writeInt(sightings.size());
    texts.write(out);
    body.writeTo(out);
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

  private static void write(CellSighting s, BatchTexts texts, DataOutput out) throws IOException {
    out.writeInt(texts.number(s.caller().tenant()));
    out.writeInt(texts.number(s.caller().principal()));
    out.writeInt(texts.number(s.model().name()));
    out.writeInt(texts.number(s.model().version()));
    String digest = s.model().digest();
    out.writeInt(digest == null ? -1 : texts.number(digest));
    out.writeLong(s.timeMicros());
    out.writeLong(s.content());
    out.writeInt(s.label());
    out.writeFloat(s.confidence());
    out.writeShort(s.sketch().length);
    for (short v : s.sketch()) {
      out.writeShort(v);
    }
    Sample sample = Objects.requireNonNull(s.sample(), "a sighting on its way has a sample");
    out.writeUTF(BatchTexts.clipped(sample.requestId()));
    out.writeInt(texts.number(sample.origin().topic()));
    out.writeInt(sample.origin().partition());
    out.writeLong(sample.origin().offset());
    TraceId.write(sample.trace(), out);
  }

  private static CellBatch read(DataInput in, KnownCallers callers) throws IOException {
    int size = BatchBytes.size(in, FORMAT);
    List<String> texts = BatchTexts.read(in);
    List<CellSighting> sightings = new ArrayList<>(Math.min(size, 1024));
    CellSighting previous = null;
    for (int i = 0; i < size; i++) {
      long cell = in.readLong();
      boolean same = in.readBoolean();
      if (same && previous == null) {
        throw new IOException("first sighting refers to one before it");
      }
      previous =
          same && previous != null ? at(cell, previous) : readSighting(cell, in, texts, callers);
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

  private static CellSighting readSighting(
      long cell, DataInput in, List<String> texts, KnownCallers callers) throws IOException {
    CallerId caller = callers.of(texts.get(in.readInt()), texts.get(in.readInt()));
    var model = new ModelRef(texts.get(in.readInt()), texts.get(in.readInt()), digest(in, texts));
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
    var origin = new Origin(texts.get(in.readInt()), in.readInt(), in.readLong());
    var sample = new Sample(requestId, origin, TraceId.read(in));
    return new CellSighting(cell, caller, model, time, content, label, confidence, sketch, sample);
  }

  private static @Nullable String digest(DataInput in, List<String> texts) throws IOException {
    int number = in.readInt();
    return number < 0 ? null : texts.get(number);
  }
}
