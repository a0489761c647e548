package io.vedette.detect.extraction;

import io.vedette.core.CallerId;
import io.vedette.core.State;
import io.vedette.detect.CohortDelta;
import io.vedette.detect.Wagers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bets on a model's new callers, and what each of the last ones did. */
public final class CohortMembers implements State {

  private static final int MOST_CALLERS = 256;
  private static final double SUSPECT = 0.4; // share of hits from which a caller is named

  Wagers wagers;
  long day = Long.MIN_VALUE;
  long firstSeenMicros;
  private final Map<CallerId, int[]> callers = new LinkedHashMap<>(16, 0.75f, true);

  CohortMembers(Wagers wagers) {
    this.wagers = wagers;
  }

  void count(CohortDelta.Member row) {
    int[] counts = callers.computeIfAbsent(row.caller(), k -> new int[2]);
    counts[0]++;
    counts[1] += row.novel() || row.scattered() ? 1 : 0;
    if (callers.size() > MOST_CALLERS) {
      callers.remove(callers.keySet().iterator().next());
    }
  }

  void reset(Wagers fresh, long newDay) {
    wagers = fresh;
    day = newDay;
    callers.clear();
  }

  /** Callers of whose rows the most part were hits, the last ones first. */
  List<CallerId> suspects() {
    List<CallerId> suspects = new ArrayList<>();
    callers.forEach(
        (caller, counts) -> {
          if (counts[1] > 0 && counts[1] >= SUSPECT * counts[0]) {
            suspects.add(0, caller);
          }
        });
    return suspects;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    wagers.write(out);
    out.writeLong(day);
    out.writeLong(firstSeenMicros);
    out.writeShort(callers.size());
    for (Map.Entry<CallerId, int[]> entry : callers.entrySet()) {
      out.writeUTF(entry.getKey().tenant());
      out.writeUTF(entry.getKey().principal());
      out.writeInt(entry.getValue()[0]);
      out.writeInt(entry.getValue()[1]);
    }
  }

  static CohortMembers read(DataInput in, Wagers wagers) throws IOException {
    CohortMembers members = new CohortMembers(wagers);
    members.day = in.readLong();
    members.firstSeenMicros = in.readLong();
    int size = in.readUnsignedShort();
    if (size > MOST_CALLERS) {
      throw new IOException("cohort must have " + MOST_CALLERS + " callers at most, has " + size);
    }
    for (int i = 0; i < size; i++) {
      members.callers.put(
          new CallerId(in.readUTF(), in.readUTF()), new int[] {in.readInt(), in.readInt()});
    }
    return members;
  }

  @Override
  public int bytes() {
    return 120 + 200 * callers.size() + wagers.bytes();
  }
}
