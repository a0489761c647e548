package io.vedette.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of one model's rows over some seconds in one task; deltas add up.
 *
 * @param model model name
 * @param version model version
 * @param calibrationId baseline whose bins were counted
 * @param firstMicros event time of the first row
 * @param timeMicros event time of the last row
 * @param rows rows counted
 * @param excess rows left out because their caller had its share already
 * @param counts {@code int[columns + 2][bins]}: columns, then labels, then confidences
 */
public record PaneDelta(
    String model,
    String version,
    String calibrationId,
    long firstMicros,
    long timeMicros,
    int rows,
    int excess,
    int[][] counts)
    implements ModelUpdate {

  static final byte KIND = 2;

  @Override
  public String modelKey() {
    return model + '|' + version;
  }

  @Override
  public int bytes() {
    int bytes = 256;
    for (int[] column : counts) {
      bytes += 2 + 4 * column.length;
    }
    return bytes;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(KIND);
    out.writeUTF(model);
    out.writeUTF(version);
    out.writeUTF(calibrationId);
    out.writeLong(firstMicros);
    out.writeLong(timeMicros);
    out.writeInt(rows);
    out.writeInt(excess);
    out.writeInt(counts.length);
    for (int[] column : counts) {
      out.writeShort(column.length);
      for (int count : column) {
        out.writeInt(count);
      }
    }
  }

  static PaneDelta read(DataInput in) throws IOException {
    String model = in.readUTF();
    String version = in.readUTF();
    String calibrationId = in.readUTF();
    long first = in.readLong();
    long time = in.readLong();
    int rows = in.readInt();
    int excess = in.readInt();
    int columns = in.readInt();
    if (columns < 0 || columns > 4096) {
      throw new IOException("columns must be 0 to 4096, were " + columns);
    }
    int[][] counts = new int[columns][];
    for (int c = 0; c < columns; c++) {
      counts[c] = new int[in.readUnsignedShort()];
      for (int b = 0; b < counts[c].length; b++) {
        counts[c][b] = in.readInt();
      }
    }
    return new PaneDelta(model, version, calibrationId, first, time, rows, excess, counts);
  }
}
