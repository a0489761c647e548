package io.vedette.detect;

import io.vedette.core.CallerId;
import io.vedette.core.Detector;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's newcomers: what they do together, as one caller, and the part of each in it. */
final class CrowdState implements State {

  static final int FEWEST_ACCOUNTS = 3;
  private static final int MOST_CALLERS = 256;
  private static final double SUSPECT = 0.4; // share of a caller's rows from which it is named

  CallerState together = new CallerState();
  long day = Long.MIN_VALUE;
  long firstSeenMicros;
  String lastTenant = ""; // of the last row
  private final Map<CallerId, int[]> callers = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<CallerId> stay = new LinkedHashSet<>(); // who took part in the present one

  /** Begins a new day; where the rows of the last one lay is still known. */
  void reset(long newDay, long timeMicros) {
    day = newDay;
    firstSeenMicros = timeMicros;
    callers.clear();
  }

  /** Counts a row of a caller, and whether it has a part in what the group does. */
  void count(CallerId caller, boolean part) {
    int[] counts = callers.computeIfAbsent(caller, k -> new int[2]);
    counts[0]++;
    counts[1] += part ? 1 : 0;
    if (callers.size() > MOST_CALLERS) {
      callers.remove(callers.keySet().iterator().next());
    }
  }

  /**
   * True when a row belongs to a stay in one neighbourhood that several accounts share.
   *
   * @param place of the row in the stay, 0 when it is elsewhere
   */
  boolean shares(CallerId caller, int place) {
    if (place == 0) {
      return false;
    }
    if (place == 1) {
      stay.clear();
    }
    if (stay.size() < FEWEST_ACCOUNTS) {
      stay.add(caller);
    }
    return stay.size() >= FEWEST_ACCOUNTS;
  }

  /** Callers of whose rows a large part counted, the last ones first. */
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
    together.write(out);
    out.writeLong(day);
    out.writeLong(firstSeenMicros);
    out.writeUTF(lastTenant);
    out.writeShort(callers.size());
    for (Map.Entry<CallerId, int[]> entry : callers.entrySet()) {
      write(entry.getKey(), out);
      out.writeInt(entry.getValue()[0]);
      out.writeInt(entry.getValue()[1]);
    }
    out.writeByte(stay.size());
    for (CallerId caller : stay) {
      write(caller, out);
    }
  }

  private static void write(CallerId caller, DataOutput out) throws IOException {
    out.writeUTF(caller.tenant());
    out.writeUTF(caller.principal());
  }

  static CrowdState read(DataInput in, List<? extends Detector<?, Observation>> detectors)
      throws IOException {
    CrowdState state = new CrowdState();
    state.together = CallerState.read(in, detectors);
    state.day = in.readLong();
    state.firstSeenMicros = in.readLong();
    state.lastTenant = in.readUTF();
    int size = in.readUnsignedShort();
    if (size > MOST_CALLERS) {
      throw new IOException("crowd must have " + MOST_CALLERS + " callers at most, has " + size);
    }
    for (int i = 0; i < size; i++) {
      state.callers.put(
          new CallerId(in.readUTF(), in.readUTF()), new int[] {in.readInt(), in.readInt()});
    }
    int sharing = in.readUnsignedByte();
    for (int i = 0; i < sharing; i++) {
      state.stay.add(new CallerId(in.readUTF(), in.readUTF()));
    }
    return state;
  }

  @Override
  public int bytes() {
    return 200 + 200 * callers.size() + together.bytes();
  }
}
