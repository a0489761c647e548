package io.vedette.detect.evasion;

import io.vedette.baseline.Hashes;
import io.vedette.core.CallerId;
import io.vedette.core.State;
import io.vedette.detect.CellSighting;
import io.vedette.detect.Wagers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/** What is remembered of one fingerprint cell: its last sixteen members and its bets. */
public final class CellMembers implements State {

  static final int RING = 16;
  static final int SKETCH = 12;
  private static final int KNOWN = 4; // words
  private static final int MOST_KNOWN = 72; // bits, of 256
  private static final int FIRST = 1; // most cells never see a second distinct row

  final Wagers wagers;
  private short[] sketches = new short[FIRST * SKETCH]; // these four grow up to RING members
  private long[] contents = new long[FIRST];
  private int[] labels = new int[FIRST];
  private CallerId[] callers = new CallerId[FIRST];
  int members;
  float least = Float.NaN; // lowest confidence in the most frequent label so far
  int scored; // members whose confidence was disclosed
  boolean recorded; // the last of these set that record
  private final long[] known = new long[KNOWN]; // bits of the callers so far, by hash
  int returning; // members whose caller had one before
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
    if (at >= contents.length) {
      grow();
    }
    System.arraycopy(seen.sketch(), 0, sketches, at * SKETCH, SKETCH);
    contents[at] = seen.content();
    labels[at] = seen.label();
    callers[at] = seen.caller();
    CallerId caller = seen.caller();
    int bit =
        (int)
            (Hashes.mix(31 * Hashes.text(caller.tenant()) + Hashes.text(caller.principal()))
                >>> 56);
    boolean seenBefore = (known[bit >>> 6] >>> bit & 1) != 0;
    int bits = 0;
    for (long word : known) {
      bits += Long.bitCount(word);
    }
    // So full a filter takes too many callers for known ones.
    returning += seenBefore && bits <= MOST_KNOWN ? 1 : 0;
    known[bit >>> 6] |= 1L << bit;
    if (members == 0) {
      firstSeenMicros = seen.timeMicros();
    }
    members++;
  }

  private void grow() {
    int room = Math.min(RING, 2 * contents.length);
    sketches = Arrays.copyOf(sketches, room * SKETCH);
    contents = Arrays.copyOf(contents, room);
    labels = Arrays.copyOf(labels, room);
    callers = Arrays.copyOf(callers, room);
  }

  /** The label that most members kept have, 0 when two have as many. */
  int majority() {
    int best = 0;
    int most = 0;
    boolean tie = false;
    for (int i = 0; i < size(); i++) {
      int same = 0;
      for (int j = 0; j < size(); j++) {
        same += labels[j] == labels[i] ? 1 : 0;
      }
      if (same > most) {
        best = labels[i];
        most = same;
        tie = false;
      } else if (same == most && labels[i] != best) {
        tie = true;
      }
    }
    return tie ? 0 : best;
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
    out.writeFloat(least);
    out.writeInt(scored);
    out.writeBoolean(recorded);
    out.writeInt(returning);
    for (long word : known) {
      out.writeLong(word);
    }
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
    state.least = in.readFloat();
    state.scored = in.readInt();
    state.recorded = in.readBoolean();
    state.returning = in.readInt();
    for (int i = 0; i < KNOWN; i++) {
      state.known[i] = in.readLong();
    }
    state.firstSeenMicros = in.readLong();
    if (state.members < 0) {
      throw new IOException("members must be 0 or more, were " + state.members);
    }
    while (state.contents.length < state.size()) {
      state.grow();
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
    return 212 + (2 * SKETCH + 16) * contents.length + 48 * size() + wagers.bytes();
  }
}
