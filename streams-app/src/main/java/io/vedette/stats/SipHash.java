package io.vedette.stats;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SipHash-2-4: a keyed 64-bit hash that nobody without the key can compute or predict. */
public final class SipHash {

  /*
   * Aumasson, Bernstein: SipHash: a fast short-input PRF, INDOCRYPT 2012. Over 64-bit words instead
   * of bytes; the last word is 8 times the number of words, shifted as in the paper, so that the
   * result equals that of the little-endian bytes.
   *
   * Cost: about 4 ns a word, no allocation.
   */

  private final long k0;
  private final long k1;
  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long words;

  /** A hash under a key of 128 bits; used by one thread. */
  public SipHash(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
    start();
  }

  /** A hash under the key that a secret text and a purpose give (SHA-256). */
  public static SipHash of(String secret, String purpose) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(purpose.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      byte[] digest = sha.digest(secret.getBytes(StandardCharsets.UTF_8));
      return new SipHash(word(digest, 0), word(digest, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static long word(byte[] bytes, int at) {
    long word = 0;
    for (int i = 7; i >= 0; i--) {
      word = (word << 8) | (bytes[at + i] & 0xFF);
    }
    return word;
  }

  /** Begins a new message. */
  public void start() {
    v0 = k0 ^ 0x736f6d6570736575L;
    v1 = k1 ^ 0x646f72616e646f6dL;
    v2 = k0 ^ 0x6c7967656e657261L;
    v3 = k1 ^ 0x7465646279746573L;
    words = 0;
  }

  /** Takes the next word of the message. */
  public void add(long word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
    words++;
  }

  /** The hash of the message; {@link #start} comes next. */
  public long finish() {
    add(words << 59);
    v2 ^= 0xFF;
    round();
    round();
    round();
    round();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }
}
