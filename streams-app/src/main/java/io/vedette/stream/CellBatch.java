package io.vedette.stream;

import io.vedette.core.CallerId;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.detect.CellSighting;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * Sightings of one task for one partition of the cells topic.
 *
 * @param sightings in order
 */
record CellBatch(List<CellSighting> sightings) {

  private static final byte FORMAT = 1;
  private static final int MAX_SKETCH = 1024;

  /** Key of the partition that a cell lives in: its number as text. */
  static String partitionKey(long cell, int partitions) {
    long mixed = cell * 0x9E3779B97F4A7C15L; // Fibonacci hashing: cells may share low bits
    return Integer.toString(Math.floorMod((int) (mixed >>> 32), partitions));
  }

  static Serde<CellBatch> serde() {
    return BatchBytes.serde(CellBatch::write, CellBatch::read);
  }

  private void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(sightings.size());
    for (CellSighting s : sightings) {
      out.writeLong(s.cell());
      out.writeUTF(s.caller().tenant());
      out.writeUTF(s.caller().principal());
      out.writeUTF(s.model().name());
      out.writeUTF(s.model().version());
      writeOptional(out, s.model().digest());
      out.writeLong(s.timeMicros());
      out.writeLong(s.content());
      out.writeInt(s.label());
      out.writeFloat(s.confidence());
      out.writeShort(s.sketch().length);
      for (short v : s.sketch()) {
        out.writeShort(v);
      }
      out.writeUTF(s.sample().requestId());
      out.writeUTF(s.sample().origin().topic());
      out.writeInt(s.sample().origin().partition());
      out.writeLong(s.sample().origin().offset());
    }
  }

  private static CellBatch read(DataInput in) throws IOException {
    int size = BatchBytes.size(in, FORMAT);
    List<CellSighting> sightings = new ArrayList<>(Math.min(size, 1024));
    for (int i = 0; i < size; i++) {
      sightings.add(readSighting(in));
    }
    return new CellBatch(sightings);
  }

  private static CellSighting readSighting(DataInput in) throws IOException {
    long cell = in.readLong();
    var caller = new CallerId(in.readUTF(), in.readUTF());
    var model = new ModelRef(in.readUTF(), in.readUTF(), readOptional(in));
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
    var sample = new Sample(in.readUTF(), new Origin(in.readUTF(), in.readInt(), in.readLong()));
    return new CellSighting(cell, caller, model, time, content, label, confidence, sketch, sample);
  }

  private static void writeOptional(DataOutput out, @Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static @Nullable String readOptional(DataInput in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
