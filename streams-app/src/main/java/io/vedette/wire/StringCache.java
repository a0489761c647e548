package io.vedette.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Strings that come again and again, such as model names and labels, decoded once. Bounded: 1024
 * slots chosen by hash, strings of up to 64 bytes; the last comer wins a slot. Threads may share
 * it: a race over a slot loses an entry, never mixes two.
 */
final class StringCache {

  private static final int SLOT_BITS = 10;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final long PRIME = 0x9e3779b97f4a7c15L; // 2^64 / golden ratio, odd
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
    int slot = slot(bytes, offset, length);
    Entry entry = slots[slot];
    if (entry != null
        && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, offset, offset + length)) {
      return entry.text;
    }
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    slots[slot] = new Entry(Arrays.copyOfRange(bytes, offset, offset + length), text);
    return text;
  }

  /** Both ends tell strings apart well enough: a clash costs one more decoding, nothing else. */
  private static int slot(byte[] bytes, int offset, int length) {
    long mixed = length;
    if (length >= Long.BYTES) {
      mixed += (long) LittleEndian.LONG.get(bytes, offset);
      mixed *= PRIME;
      mixed += (long) LittleEndian.LONG.get(bytes, offset + length - Long.BYTES);
    } else {
      for (int i = offset; i < offset + length; i++) {
        mixed = mixed << Byte.SIZE | (bytes[i] & 0xff);
      }
    }
    return (int) ((mixed * PRIME) >>> (Long.SIZE - SLOT_BITS));
  }
}
