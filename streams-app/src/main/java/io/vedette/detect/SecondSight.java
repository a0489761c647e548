package io.vedette.detect;

import io.vedette.baseline.Hashes;
import java.util.Arrays;

/**
 * A Bloom filter in two halves: tells whether a key was seen before, forgets the older half when
 * the younger is full (Bloom 1970). False positives: below 2 % with 4 hashes and 8 bits per key.
 */
final class SecondSight {

  private final int mask;
  private final int most;
  private final int words;
  private long[] young = {}; // megabytes, taken when the first key comes
  private long[] old = {};
  private int added;

  /**
   * Creates an empty filter.
   *
   * @param bits of one half, a power of two
   */
  SecondSight(int bits) {
    this.mask = bits - 1;
    this.most = bits / 8;
    this.words = bits / 64;
  }

  /** True when the key was seen before; remembers it. */
  boolean seen(long key) {
    if (young.length == 0) {
      young = new long[words];
      old = new long[words];
    }
    long h = Hashes.mix(key);
    boolean inYoung = true;
    boolean inOld = true;
    for (int i = 0; i < 4; i++) {
      int bit = (int) (h + i * (h >>> 32 | 1)) & mask;
      long flag = 1L << bit;
      inYoung &= (young[bit >>> 6] & flag) != 0;
      inOld &= (old[bit >>> 6] & flag) != 0;
      young[bit >>> 6] |= flag;
    }
    if (!inYoung && ++added >= most) {
      long[] emptied = old;
      old = young;
      young = emptied;
      Arrays.fill(young, 0);
      added = 0;
    }
    return inYoung || inOld;
  }
}
