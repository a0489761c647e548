package io.vedette.detect;

import io.vedette.core.CallerId;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of callers that are new to a model, in the order of one task.
 *
 * @param model model name
 * @param version model version
 * @param calibrationId baseline that they were held against
 * @param timeMicros event time of the latest
 * @param rows at most {@link #MOST_ROWS}
 */
public record CohortDelta(
    String model, String version, String calibrationId, long timeMicros, List<Member> rows)
    implements ModelUpdate {

  /** Most rows of one delta. */
  static final int MOST_ROWS = 16;

  static final byte KIND = 3;

  private static final int MOST_CHARS = 1024; // of an id

  /**
   * One row.
   *
   * @param caller who sent it
   * @param novel whether it lies off the clean traffic
   * @param scattered whether the step to it ignores how features depend on one another
   * @param sample reference to the exchange, null unless it is novel or scattered
   */
  public record Member(
      CallerId caller, boolean novel, boolean scattered, @Nullable Sample sample) {}

  @Override
  public String modelKey() {
    return model + '|' + version;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(KIND);
    out.writeUTF(model);
    out.writeUTF(version);
    out.writeUTF(calibrationId);
    out.writeLong(timeMicros);
    out.writeByte(rows.size());
    for (Member row : rows) {
      out.writeUTF(row.caller.tenant());
      out.writeUTF(row.caller.principal());
      out.writeByte((row.novel ? 1 : 0) | (row.scattered ? 2 : 0) | (row.sample == null ? 0 : 4));
      Sample sample = row.sample;
      if (sample != null) {
        String id = sample.requestId();
        out.writeUTF(id.length() <= MOST_CHARS ? id : id.substring(0, MOST_CHARS));
        out.writeUTF(sample.origin().topic());
        out.writeInt(sample.origin().partition());
        out.writeLong(sample.origin().offset());
      }
    }
  }

  static CohortDelta read(DataInput in) throws IOException {
    String model = in.readUTF();
    String version = in.readUTF();
    String calibrationId = in.readUTF();
    long time = in.readLong();
    int size = in.readUnsignedByte();
    if (size > MOST_ROWS) {
      throw new IOException("cohort must have " + MOST_ROWS + " rows at most, has " + size);
    }
    List<Member> rows = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      CallerId caller = new CallerId(in.readUTF(), in.readUTF());
      int flags = in.readUnsignedByte();
      Sample sample = null;
      if ((flags & 4) != 0) {
        sample = new Sample(in.readUTF(), new Origin(in.readUTF(), in.readInt(), in.readLong()));
      }
      rows.add(new Member(caller, (flags & 1) != 0, (flags & 2) != 0, sample));
    }
    return new CohortDelta(model, version, calibrationId, time, List.copyOf(rows));
  }
}
