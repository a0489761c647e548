package io.vedette.detect.evasion;

import io.vedette.core.CallerId;
import io.vedette.core.State;
import io.vedette.detect.CellSighting;
import io.vedette.detect.Wagers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What is remembered of one fingerprint cell: its last sixteen members and its bets. */
public final class CellMembers implements State {

  static final int RING = 16;
  static final int SKETCH = 12;

  final Wagers wagers;
  private final short[] sketches = new short[RING * SKETCH];
  private final long[] contents = new long[RING];
  private final int[] labels = new int[RING];
  private final CallerId[] callers = new CallerId[RING];
  int members;
  int firstLabel;
  int minority;
  long firstSeenMicros;

  CellMembers(Wagers wagers) {
    this.wagers = wagers;
  }

  int size() {
    return Math.min(members, RING);
  }

  int label(int i) {
    return labels[i];
  }

  short sketch(int i, int component) {
    return sketches[i * SKETCH + component];
  }

  boolean holds(long content) {
    for (int i = 0; i < size(); i++) {
      if (contents[i] == content) {
        return true;
      }
    }
    return false;
  }

  void add(CellSighting seen) {
    int at = members % RING;
    System.arraycopy(seen.sketch(), 0, sketches, at * SKETCH, SKETCH);
    contents[at] = seen.content();
    labels[at] = seen.label();
    callers[at] = seen.caller();
    if (members == 0) {
      firstSeenMicros = seen.timeMicros();
    }
    members++;
  }

  /** Distinct callers among the members kept. */
  List<CallerId> distinctCallers() {
    LinkedHashSet<CallerId> distinct = new LinkedHashSet<>();
    for (int i = 0; i < size(); i++) {
      distinct.add(callers[i]);
    }
    return new ArrayList<>(distinct);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    wagers.write(out);
    out.writeInt(members);
    out.writeInt(firstLabel);
    out.writeInt(minority);
    out.writeLong(firstSeenMicros);
    for (int i = 0; i < size(); i++) {
      for (int c = 0; c < SKETCH; c++) {
        out.writeShort(sketch(i, c));
      }
      out.writeLong(contents[i]);
      out.writeInt(labels[i]);
      out.writeUTF(callers[i].tenant());
      out.writeUTF(callers[i].principal());
    }
  }

  static CellMembers read(DataInput in, Wagers wagers) throws IOException {
    CellMembers state = new CellMembers(wagers);
    state.members = in.readInt();
    state.firstLabel = in.readInt();
    state.minority = in.readInt();
    state.firstSeenMicros = in.readLong();
    if (state.members < 0) {
      throw new IOException("members must be 0 or more, were " + state.members);
    }
    for (int i = 0; i < state.size(); i++) {
      for (int c = 0; c < SKETCH; c++) {
        state.sketches[i * SKETCH + c] = in.readShort();
      }
      state.contents[i] = in.readLong();
      state.labels[i] = in.readInt();
      state.callers[i] = new CallerId(in.readUTF(), in.readUTF());
    }
    return state;
  }

  @Override
  public int bytes() {
    return 200 + 2 * RING * SKETCH + 16 * RING + 80 * size() + wagers.bytes();
  }
}
