package io.vedette.baseline;

import io.vedette.core.CallerId;

/** Fast 64-bit hashes that are the same on every machine. */
public final class Hashes {

  private static final int MOST_CHARS = 256; // of a category that is kept

  private Hashes() {}

  /** Mixes all bits of a number into all bits of the result (the finaliser of SplitMix64). */
  public static long mix(long x) {
    long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Hash of a text. */
  public static long text(String s) {
    long h = 0x9E3779B97F4A7C15L + s.length();
    for (int i = 0; i < s.length(); i++) {
      h = (h ^ s.charAt(i)) * 0x100000001B3L;
      h ^= h >>> 29;
    }
    return mix(h);
  }

  /** Hash of a category, equal for a value and its {@link #bounded} form. */
  public static long category(String value) {
    return text(bounded(value));
  }

  /** The value itself, or a text of its hash when it is longer than 256 characters. */
  public static String bounded(String value) {
    return value.length() <= MOST_CHARS ? value : "h:" + Long.toHexString(text(value));
  }

  /** Hash of a part of an array; equal for equal bit patterns only. */
  public static long floats(float[] values, int from, int to, long seed) {
    long h = seed ^ (to - from);
    for (int i = from; i < to; i++) {
      h = (h ^ Float.floatToIntBits(values[i])) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 32;
    }
    return mix(h);
  }

  /** Hash of a caller. */
  public static long caller(CallerId caller) {
    return mix(text(caller.tenant()) * 31 + text(caller.principal()));
  }
}
