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
  private static final int FIRST = 4; // a cell has a state from its third sighting on

  // There are many cells, and most hold a few rows: a member is five words of one array.
  private static final int SKETCH_WORDS = 3; // four components each
  private static final int CONTENT = 3;
  private static final int LABEL = 4;
  private static final int WORDS = 5;

  final Wagers wagers;
  private long[] rows = new long[FIRST * WORDS]; // grows up to RING members, as does callers
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
    return (int) rows[i * WORDS + LABEL];
  }

  short sketch(int i, int component) {
    return (short) (rows[i * WORDS + (component >> 2)] >>> ((component & 3) << 4));
  }

  boolean holds(long content) {
    for (int i = 0; i < size(); i++) {
      if (rows[i * WORDS + CONTENT] == content) {
        return true;
      }
    }
    return false;
  }

  void add(CellSighting seen) {
    int at = members % RING;
    if (at >= callers.length) {
      grow();
    }
    put(at, seen.sketch(), seen.content(), seen.label());
    know(seen.caller());
    if (members == 0) {
      firstSeenMicros = seen.timeMicros();
    }
    callers[at] = seen.caller();
    members++;
  }

  private void put(int at, short[] sketch, long content, int label) {
    for (int word = 0; word < SKETCH_WORDS; word++) {
      long packed = 0;
      for (int c = 3; c >= 0; c--) {
        packed = packed << 16 | (sketch[4 * word + c] & 0xffff);
      }
      rows[at * WORDS + word] = packed;
    }
    rows[at * WORDS + CONTENT] = content;
    rows[at * WORDS + LABEL] = label;
  }

  private void know(CallerId caller) {
    int bit = (int) (Hashes.caller(caller) >>> 56);
    boolean seenBefore = (known[bit >>> 6] >>> bit & 1) != 0;
    int bits = 0;
    for (long word : known) {
      bits += Long.bitCount(word);
    }
    // So full a filter takes too many callers for known ones.
    returning += seenBefore && bits <= MOST_KNOWN ? 1 : 0;
    known[bit >>> 6] |= 1L << bit;
  }

  private void grow() {
    int room = Math.min(RING, 2 * callers.length);
    rows = Arrays.copyOf(rows, room * WORDS);
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
        same += label(j) == label(i) ? 1 : 0;
      }
      if (same > most) {
        best = label(i);
        most = same;
        tie = false;
      } else if (same == most && label(i) != best) {
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
      out.writeLong(rows[i * WORDS + CONTENT]);
      out.writeInt(label(i));
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
    while (state.callers.length < state.size()) {
      state.grow();
    }
    short[] sketch = new short[SKETCH];
    for (int i = 0; i < state.size(); i++) {
      for (int c = 0; c < SKETCH; c++) {
        sketch[c] = in.readShort();
      }
      state.put(i, sketch, in.readLong(), in.readInt());
      state.callers[i] = new CallerId(in.readUTF(), in.readUTF());
    }
    return state;
  }

  @Override
  public int bytes() {
    return 160 + (8 * WORDS + 4) * callers.length + wagers.bytes();
  }
}
