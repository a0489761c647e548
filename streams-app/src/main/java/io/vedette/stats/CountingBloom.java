package io.vedette.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Remembers how often a key came, 0 to 3, in two bits per counter: the filter before any state. */
public final class CountingBloom {

  /*
   * Four counters per key, raised only where they equal the smallest (conservative update [1]), so
   * the answer is never below min(3, true count). With n keys in c counters a new key is taken for
   * seen with probability at most (1 - e^(-4n/c))^4 [2]: 2.4% at c = 8n, 0.24% at c = 16n.
   *
   * Cost: one mixing and four random memory reads per key, no allocation; the given number of bits.
   * Blind spot: it only fills; clear it at the epoch.
   *
   * [1] Estan, Varghese, New directions in traffic measurement and accounting, SIGCOMM 2002
   * [2] Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13 (1970)
   */

  private static final int HASHES = 4;
  private static final int MAX_COUNT = 3;
  private static final int MIN_BITS_LOG2 = 6;
  private static final int MAX_BITS_LOG2 = 34; // 2 GB
  private static final int OVERHEAD_BYTES = 40;

  private final long[] words; // 32 counters of two bits each

  /**
   * An empty filter.
   *
   * @param bits size, a power of two from 64 to 2^34
   */
  public CountingBloom(long bits) {
    if (Long.bitCount(bits) != 1 || bits < 1L << MIN_BITS_LOG2 || bits > 1L << MAX_BITS_LOG2) {
      throw new IllegalArgumentException(
          "bits must be a power of two from 64 to 2^34, was " + bits);
    }
    this.words = new long[(int) (bits >>> MIN_BITS_LOG2)];
  }

  /** Counts one more of a key and gives how often it came before: 0 to 3, 3 for three or more. */
  public int add(long key) {
    long hash = SplitMix64.mix(key);
    long step = SplitMix64.mix(hash) | 1;
    int count = count(hash, step);
    if (count == MAX_COUNT) {
      return count;
    }
    for (int i = 0; i < HASHES; i++) {
      long counter = hash + i * step;
      int word = word(counter);
      int shift = shift(counter);
      if ((words[word] >>> shift & MAX_COUNT) == count) {
        words[word] += 1L << shift; // below 3, so nothing carries over
      }
    }
    return count;
  }

  /** How often a key came, 0 to 3, without counting. */
  public int count(long key) {
    long hash = SplitMix64.mix(key);
    return count(hash, SplitMix64.mix(hash) | 1);
  }

  private int count(long hash, long step) {
    int smallest = MAX_COUNT;
    for (int i = 0; i < HASHES; i++) {
      long counter = hash + i * step;
      smallest = Math.min(smallest, (int) (words[word(counter)] >>> shift(counter) & MAX_COUNT));
    }
    return smallest;
  }

  // Upper bits choose the word, lower ones the counter in it.
  private int word(long counter) {
    return (int) (counter >>> 32) & (words.length - 1);
  }

  private static int shift(long counter) {
    return (int) (counter & 31) << 1;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(words, 0);
  }

  /** Heap it holds, bytes. */
  public long bytes() {
    return 8L * words.length + OVERHEAD_BYTES;
  }

  /**
   * Writes the counters.
   *
   * @throws IOException when the output fails
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(Integer.numberOfTrailingZeros(words.length));
    for (long word : words) {
      out.writeLong(word);
    }
  }

  /**
   * Reads a filter written by {@link #write}.
   *
   * @throws IOException when the bytes are not such a filter
   */
  public static CountingBloom read(DataInput in) throws IOException {
    int wordsLog2 = in.readInt();
    if (wordsLog2 < 0 || wordsLog2 > MAX_BITS_LOG2 - MIN_BITS_LOG2) {
      throw new IOException("words must be 2^0 to 2^28, were 2^" + wordsLog2);
    }
    CountingBloom filter = new CountingBloom(1L << (wordsLog2 + MIN_BITS_LOG2));
    for (int i = 0; i < filter.words.length; i++) {
      filter.words[i] = in.readLong();
    }
    return filter;
  }
}
