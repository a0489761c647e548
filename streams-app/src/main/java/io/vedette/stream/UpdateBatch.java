package io.vedette.stream;

import io.vedette.detect.ModelUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * Updates of one task for one model version.
 *
 * @param updates in order
 */
record UpdateBatch(List<ModelUpdate> updates) {

  private static final byte FORMAT = 1;

  static Serde<UpdateBatch> serde(UpdateReader reader) {
    return BatchBytes.serde(UpdateBatch::write, in -> read(in, reader));
  }

  private void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(updates.size());
    for (ModelUpdate update : updates) {
      update.write(out);
    }
  }

  private static UpdateBatch read(DataInput in, UpdateReader reader) throws IOException {
    int size = BatchBytes.size(in, FORMAT);
    List<ModelUpdate> updates = new ArrayList<>(Math.min(size, 1024));
    for (int i = 0; i < size; i++) {
      updates.add(reader.read(in));
    }
    return new UpdateBatch(updates);
  }
}
