package io.vedette.detect.membership;

import io.vedette.core.Payload;
import io.vedette.stats.SipHash;

/** Two keyed hashes of a row's content; used by one thread. */
final class RowHash {

  /*
   * Numbers are rounded to steps of their column, because clients write and scale them in their own
   * ways; a float's own error moves about one number in a thousand over an edge. Categories count as
   * they are.
   */

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

  /**
   * Hashes a row.
   *
   * @param steps of the numeric columns; those beyond are rounded to whole numbers
   */
  RowHash of(Payload.Features features, int row, float[] steps) {
    first.start();
    second.start();
    int columns = features.columns();
    for (int i = 0; i < columns; i++) {
      float value = features.values()[row * columns + i];
      add(Float.isNaN(value) ? Long.MIN_VALUE : Math.round(value / (double) step(steps, i)));
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

  private static float step(float[] steps, int column) {
    return column < steps.length ? steps[column] : 1;
  }
}
