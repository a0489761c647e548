package io.vedette.detect;

import io.vedette.baseline.CleanRow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sampled clean rows in bytes. */
final class SampledRows {

  private SampledRows() {}

  static void writeNames(List<String> names, DataOutput out) throws IOException {
    out.writeShort(names.size());
    for (String name : names) {
      out.writeUTF(name);
    }
  }

  static List<String> readNames(DataInput in) throws IOException {
    int n = in.readUnsignedShort();
    List<String> names = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      names.add(in.readUTF());
    }
    return List.copyOf(names);
  }

  static void write(CleanRow row, DataOutput out) throws IOException {
    out.writeLong(row.order());
    out.writeLong(row.timeMicros());
    out.writeLong(row.caller());
    out.writeLong(row.label());
    out.writeFloat(row.confidence());
    out.writeInt(row.values().length);
    for (float v : row.values()) {
      out.writeFloat(v);
    }
    for (String category : row.categories()) {
      out.writeUTF(category);
    }
  }

  static CleanRow read(DataInput in, int categorical) throws IOException {
    long order = in.readLong();
    long time = in.readLong();
    long caller = in.readLong();
    long label = in.readLong();
    float confidence = in.readFloat();
    int columns = in.readInt();
    if (columns < 0 || columns > 1 << 20) {
      throw new IOException("columns must be 0 to 1048576, were " + columns);
    }
    float[] values = new float[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = in.readFloat();
    }
    List<String> categories = new ArrayList<>(categorical);
    for (int i = 0; i < categorical; i++) {
      categories.add(in.readUTF());
    }
    return new CleanRow(order, time, caller, values, categories, label, confidence);
  }
}
