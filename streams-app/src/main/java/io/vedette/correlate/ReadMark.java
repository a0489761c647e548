package io.vedette.correlate;

import io.vedette.core.Origin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How far the findings topic was read for a case: at least once, findings are read again after a
 * crash, and must change nothing then.
 */
final class ReadMark {

  /*
   * Findings that may meet are on one partition, in its order, so one offset is enough. When there
   * are more partitions than before, a case may move to another, whose offsets it does not know.
   * A topic that was made anew begins at 0 again; its findings are later than those read, which those
   * that are read again never are.
   */

  private int partition = -1;
  private long offset = -1;
  private long latestMicros = Long.MIN_VALUE;

  /**
   * True when the finding at a place was read before; else notes that it is read now.
   *
   * @param at where the finding was read, null when that is not known: it is new then
   * @param timeMicros time of the finding
   */
  boolean isBehind(@Nullable Origin at, long timeMicros) {
    if (at == null) {
      return false;
    }
    if (at.partition() == partition && at.offset() <= offset && timeMicros <= latestMicros) {
      return true;
    }
    partition = at.partition();
    offset = at.offset();
    latestMicros = Math.max(latestMicros, timeMicros);
    return false;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(partition);
    out.writeLong(offset);
    out.writeLong(latestMicros);
  }

  void read(DataInput in) throws IOException {
    partition = in.readInt();
    offset = in.readLong();
    latestMicros = in.readLong();
  }
}
