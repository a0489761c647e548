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
  private static final int ROWS = 0; // of a caller's counts
  private static final int ODD = 1; // and not shared
  private static final int SHARES = 2;
  private static final double TAKEN = 0.6; // share of an attacker's rows that have a part, at least
  private static final double LEAST_USUAL = 0.01;
  private static final double FEWEST = 0.05; // share of the callers that are taken to belong to it
  private static final int STEPS = 20;
  private static final double SHARED = 0.02; // usual share of rows where three accounts are

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

  /**
   * Counts a row of a caller.
   *
   * @param odd whether it is by the caller's own measure
   * @param shared whether it lies where several accounts are
   */
  void count(CallerId caller, boolean odd, boolean shared) {
    int[] counts = callers.computeIfAbsent(caller, k -> new int[3]);
    counts[ROWS]++;
    counts[ODD] += odd && !shared ? 1 : 0;
    counts[SHARES] += shared ? 1 : 0;
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

  /**
   * Callers that more likely than not belong to the group, the last ones first.
   *
   * @param usual share of an honest caller's rows that are odd, at most
   */
  List<CallerId> suspects(double usual) {
    double least = Math.max(LEAST_USUAL, Math.min(usual, TAKEN / 2));
    double odd = Math.log(TAKEN / least);
    double shared = Math.log(TAKEN / SHARED);
    double miss = Math.log((1 - TAKEN) / (1 - least));
    // Only looked over: to get a caller would make it the latest.
    double[] ratios =
        callers.values().stream()
            .mapToDouble(c -> c[ODD] * odd + c[SHARES] * shared + (c[ROWS] - parts(c)) * miss)
            .toArray();
    double prior = prior(ratios);
    List<CallerId> suspects = new ArrayList<>();
    int i = 0;
    for (Map.Entry<CallerId, int[]> entry : callers.entrySet()) {
      if (prior + ratios[i++] > 0 && parts(entry.getValue()) > 0) {
        suspects.add(0, entry.getKey());
      }
    }
    return suspects;
  }

  private static int parts(int[] counts) {
    return counts[ODD] + counts[SHARES];
  }

  /**
   * Log odds that any caller belongs to the group, before its rows are looked at: its share of the
   * callers, and of one honest caller more, that explains all of them best (EM).
   */
  private static double prior(double[] ratios) {
    double share = 0.5;
    for (int step = 0; step < STEPS; step++) {
      double sum = 0;
      for (double ratio : ratios) {
        sum += 1 / (1 + Math.exp(-ratio) * (1 - share) / share);
      }
      share = Math.min(1 - FEWEST, Math.max(FEWEST, sum / (ratios.length + 1)));
    }
    return Math.log(share / (1 - share));
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
      for (int count : entry.getValue()) {
        out.writeInt(count);
      }
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
          new CallerId(in.readUTF(), in.readUTF()),
          new int[] {in.readInt(), in.readInt(), in.readInt()});
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
