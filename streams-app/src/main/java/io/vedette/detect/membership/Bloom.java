package io.vedette.detect.membership;

import io.vedette.baseline.Hashes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A Bloom filter over 64-bit hashes, for a stated rate of false positives. */
final class Bloom {

  /*
   * Bloom 1970. With rate f: -log2 f positions of each entry, 1.44 times as many bits. The i-th
   * position is a mixed h1 + i h2. Unmixed, as in Kirsch and Mitzenmacher 2006, only the remainders
   * of both hashes would count, so that a filter of m bits errs at m^-2 an entry at least.
   */

  private static final int MOST_WORDS = 1 << 26; // 512 MiB
  private static final int MOST_POSITIONS = 64;

  private final long[] words; // a power of two
  private final int positions;

  private Bloom(long[] words, int positions) {
    this.words = words;
    this.positions = positions;
  }

  /**
   * Room for some entries.
   *
   * @param rate of false positives, inside (0, 1)
   */
  static Bloom of(long entries, double rate) {
    double bits = Math.max(64, Math.ceil(-1.4427 * Math.log(rate) / Math.log(2) * entries));
    if (bits > 64.0 * MOST_WORDS) {
      throw new IllegalArgumentException(
          "fingerprints must fit 512 MiB, were " + entries + " at rate " + rate);
    }
    int size = 1;
    while (64L * size < bits) {
      size <<= 1;
    }
    int positions = (int) Math.ceil(-Math.log(rate) / Math.log(2));
    return new Bloom(new long[size], Math.max(1, Math.min(MOST_POSITIONS, positions)));
  }

  void add(long h1, long h2) {
    for (int i = 0; i < positions; i++) {
      long bit = Hashes.mix(h1 + i * (h2 | 1));
      words[(int) (bit >>> 6) & (words.length - 1)] |= 1L << bit;
    }
  }

  boolean holds(long h1, long h2) {
    for (int i = 0; i < positions; i++) {
      long bit = Hashes.mix(h1 + i * (h2 | 1));
      if ((words[(int) (bit >>> 6) & (words.length - 1)] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Rate of false positives, from the bits that are set. */
  double rate() {
    long set = 0;
    for (long word : words) {
      set += Long.bitCount(word);
    }
    return Math.pow(set / (64.0 * words.length), positions);
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(positions);
    out.writeInt(words.length);
    for (long word : words) {
      out.writeLong(word);
    }
  }

  static Bloom read(DataInput in) throws IOException {
    int positions = in.readUnsignedByte();
    int size = in.readInt();
    if (positions < 1 || positions > MOST_POSITIONS || size < 1 || size > MOST_WORDS) {
      throw new IOException(
          "filter must have 1 to 64 positions and a bounded size, has " + positions + ", " + size);
    }
    if (Integer.bitCount(size) != 1) {
      throw new IOException("filter must have a power of two of words, has " + size);
    }
    long[] words = new long[size];
    for (int i = 0; i < size; i++) {
      words[i] = in.readLong();
    }
    return new Bloom(words, positions);
  }
}
