package io.vedette.detect.membership;

import io.vedette.core.Payload;
import io.vedette.stats.SipHash;

/** Two keyed hashes of a row's content; used by one thread. */
final class RowHash {

  /*
   * Numbers are rounded to twelve bits of mantissa (one part in 4,000), because clients write and
   * scale them in their own ways; a float's own error moves one number in a thousand over an edge.
   * Categories count as they are.
   */

  private static final long STEP = 1L << 40; // of the 52 mantissa bits

  private final SipHash first;
  private final SipHash second;
  private long h1;
  private long h2;

  RowHash(String secret) {
    first = SipHash.of(secret, "vedette fingerprint 1");
    second = SipHash.of(secret, "vedette fingerprint 2");
  }

  /** A word that tells whether two secrets are the same. */
  static long check(String secret) {
    return SipHash.of(secret, "vedette fingerprint check").finish();
  }

  RowHash of(Payload.Features features, int row) {
    first.start();
    second.start();
    int columns = features.columns();
    for (int i = row * columns; i < (row + 1) * columns; i++) {
      add(rounded(features.values()[i]));
    }
    for (Payload.Categorical category : features.categorical()) {
      String value = category.values().get(row);
      add(value.length());
      for (int i = 0; i < value.length(); i++) {
        add(value.charAt(i));
      }
    }
    h1 = first.finish();
    h2 = second.finish();
    return this;
  }

  long h1() {
    return h1;
  }

  long h2() {
    return h2;
  }

  private void add(long word) {
    first.add(word);
    second.add(word);
  }

  private static long rounded(float value) {
    if (Float.isNaN(value)) {
      return Long.MIN_VALUE;
    }
    return (Double.doubleToLongBits(value + 0.0) + STEP / 2) / STEP; // one zero
  }
}
