package io.vedette.edge.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives one String for equal short texts, so that repeated tenants, principals, models and labels
 * cost no allocation. Direct-mapped: a newcomer replaces what stood in its slot, so the size never
 * exceeds {@link #SLOTS} whatever is sent.
 */
final class StringCache {

  static final int SLOTS = 16_384; // power of two
  static final int LONGEST = 64; // chars; longer texts are rarely repeated

  private final @Nullable Entry[] slots = new Entry[SLOTS];

  /** Arrays of chars are compared many at a time, a String's chars one by one. */
  private record Entry(char[] chars, String text) {}

  /** The String of {@code chars[offset .. offset + length)}. */
  String get(char[] chars, int offset, int length) {
    if (length > LONGEST) {
      return new String(chars, offset, length);
    }
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + chars[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    Entry known = slots[slot];
    if (known != null
        && Arrays.equals(known.chars, 0, known.chars.length, chars, offset, offset + length)) {
      return known.text;
    }
    String fresh = new String(chars, offset, length);
    slots[slot] = new Entry(Arrays.copyOfRange(chars, offset, offset + length), fresh);
    return fresh;
  }
}
