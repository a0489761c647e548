package io.vedette.detect.inversion;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The entities that a caller asked about, each known by all of its features but the sensitive one,
 * and how many values of that one were asked.
 */
final class Entities implements State {

  /*
   * A row's features fall into eight groups, hashed one by one without the sensitive feature. Rows
   * that agree in all groups are of one entity. A row that agrees with the caller's last one in
   * most groups, but not in all, is a variant of it: people who try changes by hand make those, and
   * grids over two features, so its values do not count. A value that was asked before counts once,
   * however long ago; values are told apart by 5 bits of their hash.
   */

  static final int GROUPS = 8;

  /** Values after which an entity counts as enumerated. */
  static final int ENUMERATED = 3;

  private static final int KEPT = 64;
  private static final int VARIANT = 0;

  /** What a row is. */
  enum Kind {
    /** Another entity. */
    NEW,
    /** One more value of a known entity, the one that makes it enumerated. */
    ENUMERATES,
    /** Anything else. */
    OTHER
  }

  private final int[] rests = new int[KEPT];
  private final int[] values = new int[KEPT]; // bit per value asked
  private int head;
  private int[] last = new int[GROUPS]; // of the last row, per sensitive feature

  /**
   * Takes a distinct row.
   *
   * @param groups hashes of its groups, without the sensitive feature
   * @param used groups that hold features, 1 to 8; another entity differs in half of them
   * @param mark which of the model's sensitive features is left out, from 0
   * @param value hash of what it holds
   * @param enough values that make an entity enumerated, at most 32
   */
  Kind look(int[] groups, int used, int mark, int value, int enough) {
    int from = mark * GROUPS;
    if (last.length <= from) {
      last = Arrays.copyOf(last, from + GROUPS);
    }
    int rest = mark + 1;
    int different = 0;
    for (int g = 0; g < GROUPS; g++) {
      rest = 31 * (rest ^ rest >>> 15) + groups[g];
      different += groups[g] != last[from + g] ? 1 : 0;
      last[from + g] = groups[g];
    }
    rest = rest == 0 ? 1 : rest;
    int bit = 1 << ((value * 0x9E3779B1) >>> 27);
    for (int i = 0; i < KEPT; i++) {
      if (rests[i] == rest) {
        if (values[i] == VARIANT || (values[i] & bit) != 0) {
          return Kind.OTHER;
        }
        values[i] |= bit;
        return Integer.bitCount(values[i]) == enough ? Kind.ENUMERATES : Kind.OTHER;
      }
    }
    boolean variant = 2 * different < used;
    head = (head + 1) % KEPT;
    rests[head] = rest;
    values[head] = variant ? VARIANT : bit;
    return variant ? Kind.OTHER : Kind.NEW;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (int i = 1; i <= KEPT; i++) {
      out.writeInt(rests[(head + i) % KEPT]);
      out.writeInt(values[(head + i) % KEPT]);
    }
    out.writeByte(last.length / GROUPS);
    for (int group : last) {
      out.writeInt(group);
    }
  }

  static Entities read(DataInput in) throws IOException {
    Entities entities = new Entities();
    for (int i = 1; i <= KEPT; i++) {
      entities.rests[i % KEPT] = in.readInt();
      entities.values[i % KEPT] = in.readInt();
    }
    int marks = in.readUnsignedByte();
    if (marks < 1 || marks > Marks.MOST_FEATURES) {
      throw new IOException("marks must be 1 to " + Marks.MOST_FEATURES + ", were " + marks);
    }
    entities.last = new int[marks * GROUPS];
    for (int g = 0; g < entities.last.length; g++) {
      entities.last[g] = in.readInt();
    }
    return entities;
  }

  @Override
  public int bytes() {
    return 96 + 8 * KEPT + 4 * last.length;
  }
}
