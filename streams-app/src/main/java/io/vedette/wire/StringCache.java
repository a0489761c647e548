package io.vedette.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Strings that come again and again, such as model names and labels, decoded once. Bounded: 1024
 * slots chosen by hash, strings of up to 64 bytes; the last comer wins a slot. For one thread.
 */
final class StringCache {

  private static final int SLOTS = 1024;
  private static final int MAX_BYTES = 64;

  private final @Nullable Entry[] slots = new Entry[SLOTS];

  private record Entry(byte[] bytes, String text) {}

  String get(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return "";
    }
    if (length > MAX_BYTES) {
      return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SLOTS - 1);
    Entry entry = slots[slot];
    if (entry != null
        && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, offset, offset + length)) {
      return entry.text;
    }
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    slots[slot] = new Entry(Arrays.copyOfRange(bytes, offset, offset + length), text);
    return text;
  }
}
