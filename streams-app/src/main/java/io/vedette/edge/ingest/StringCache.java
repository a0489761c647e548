package io.vedette.edge.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Gives one String for equal short texts, so that repeated tenants, principals, models and labels
 * cost no allocation. Direct-mapped: a newcomer replaces what stood in its slot, so the size never
 * exceeds {@link #SLOTS} whatever is sent.
 */
final class StringCache {

  static final int SLOTS = 4096; // power of two
  static final int LONGEST = 64; // chars; longer texts are rarely repeated

  private final @Nullable String[] slots = new String[SLOTS];

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
    String known = slots[slot];
    if (known != null && same(known, chars, offset, length)) {
      return known;
    }
    String fresh = new String(chars, offset, length);
    slots[slot] = fresh;
    return fresh;
  }

  private static boolean same(String known, char[] chars, int offset, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != chars[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
