package io.vedette.detect;

import io.vedette.baseline.Hashes;
import java.util.Arrays;

/**
 * A Bloom filter in two halves: tells whether a key was seen before, forgets the older half when
 * the younger is full (Bloom 1970). A key's bits lie in one line of the processor's cache for each
 * half (Putze et al. 2007), side by side. False positives: below 3 % with 4 hashes and 8 bits per
 * key.
 */
final class SecondSight {

  private static final int BLOCK_BITS = 9; // 512 bits, 8 words
  private static final int IN_BLOCK = (1 << BLOCK_BITS) - 1;
  private static final int BLOCK_WORDS = 1 << (BLOCK_BITS - 6);
  private static final int HASHES = 4;

  private final int blocks;
  private final int most;
  private long[] words = {}; // block by block of both halves; megabytes, taken by the first key
  private int young; // 0 or BLOCK_WORDS: the younger half of each pair of blocks
  private int added;

  /**
   * Creates an empty filter.
   *
   * @param bits of one half, a power of two, at least 512
   */
  SecondSight(int bits) {
    this.blocks = bits >> BLOCK_BITS;
    this.most = bits / 8;
  }

  /**
   * Reads where a key's bits are, and changes nothing: asked of many keys one after the other, the
   * memory is on its way for all at once when they are looked up.
   *
   * @return anything, for the compiler to keep the reads
   */
  long touch(long key) {
    if (words.length == 0) {
      return 0;
    }
    int pair = pair(Hashes.mix(key));
    return words[pair] + words[pair + BLOCK_WORDS];
  }

  /** Where both blocks of a hash begin. */
  private int pair(long h) {
    return 2 * BLOCK_WORDS * ((int) (h >>> 40) & (blocks - 1));
  }

  /** True when the key was seen before; remembers it. */
  boolean seen(long key) {
    if (words.length == 0) {
      words = new long[2 * blocks * BLOCK_WORDS];
    }
    long h = Hashes.mix(key);
    int pair = pair(h);
    int younger = pair + young;
    int older = pair + (young ^ BLOCK_WORDS);
    boolean inYoung = true;
    boolean inOld = true;
    for (int i = 0; i < HASHES; i++) {
      int bit = (int) (h >>> (BLOCK_BITS * i)) & IN_BLOCK;
      int word = bit >>> 6;
      long flag = 1L << bit;
      inYoung &= (words[younger + word] & flag) != 0;
      inOld &= (words[older + word] & flag) != 0;
      words[younger + word] |= flag;
    }
    if (!inYoung && ++added >= most) {
      young ^= BLOCK_WORDS;
      for (int block = young; block < words.length; block += 2 * BLOCK_WORDS) {
        Arrays.fill(words, block, block + BLOCK_WORDS, 0);
      }
      added = 0;
    }
    return inYoung || inOld;
  }
}
