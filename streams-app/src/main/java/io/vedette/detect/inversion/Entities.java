package io.vedette.detect.inversion;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The entities that a caller asked about, each known by all of its features but the sensitive one,
 * and how many values of that one were asked.
 */
final class Entities implements State {

  /*
   * A row's features fall into eight groups, hashed one by one without the sensitive feature. Rows
   * that agree in all groups are of one entity. A row that agrees with the caller's last one in
   * most groups, but not in all, is a variant of it: people who try changes by hand make those, and
   * grids over two features, so its values do not count.
   */

  static final int GROUPS = 8;

  /** Values after which an entity counts as enumerated. */
  static final int ENUMERATED = 3;

  private static final int KEPT = 64;
  private static final byte VARIANT = -1;

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
  private final byte[] values = new byte[KEPT];
  private int head;
  private final int[] last = new int[GROUPS];

  /**
   * Takes a distinct row.
   *
   * @param groups hashes of its groups, without the sensitive feature
   * @param used groups that hold features, 1 to 8; another entity differs in half of them
   * @param feature which of the sensitive ones is left out
   * @param enough values that make an entity enumerated
   */
  Kind look(int[] groups, int used, int feature, int enough) {
    int rest = feature + 1;
    int different = 0;
    for (int g = 0; g < GROUPS; g++) {
      rest = 31 * (rest ^ rest >>> 15) + groups[g];
      different += groups[g] != last[g] ? 1 : 0;
      last[g] = groups[g];
    }
    rest = rest == 0 ? 1 : rest;
    for (int i = 0; i < KEPT; i++) {
      if (rests[i] == rest) {
        if (values[i] == VARIANT || values[i] == Byte.MAX_VALUE) {
          return Kind.OTHER;
        }
        return ++values[i] == enough ? Kind.ENUMERATES : Kind.OTHER;
      }
    }
    boolean variant = 2 * different < used;
    head = (head + 1) % KEPT;
    rests[head] = rest;
    values[head] = variant ? VARIANT : 1;
    return variant ? Kind.OTHER : Kind.NEW;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (int i = 1; i <= KEPT; i++) {
      out.writeInt(rests[(head + i) % KEPT]);
      out.writeByte(values[(head + i) % KEPT]);
    }
    for (int group : last) {
      out.writeInt(group);
    }
  }

  static Entities read(DataInput in) throws IOException {
    Entities entities = new Entities();
    for (int i = 1; i <= KEPT; i++) {
      entities.rests[i % KEPT] = in.readInt();
      entities.values[i % KEPT] = in.readByte();
    }
    for (int g = 0; g < GROUPS; g++) {
      entities.last[g] = in.readInt();
    }
    return entities;
  }

  @Override
  public int bytes() {
    return 80 + 5 * KEPT + 4 * GROUPS;
  }
}
