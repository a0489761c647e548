package io.vedette.edge.ingest;

/** Reads short decimal numbers without allocating; leaves the rest to the JSON library. */
final class Decimals {

  /*
   * Clinger's fast path: when the digits fit 53 bits and the power of ten is exact in a double
   * (10^0 .. 10^22), one multiplication or division gives the correctly rounded double [1].
   *
   * [1] Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990
   */

  private static final long EXACT = 1L << 53;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Decimals() {}

  /** The number, or NaN when it needs the slow way. The text is a valid JSON number. */
  static double parse(char[] text, int offset, int length) {
    int at = offset;
    int end = offset + length;
    boolean negative = at < end && text[at] == '-';
    if (negative) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int scale = 0;
    boolean fraction = false;
    for (; at < end; at++) {
      char c = text[at];
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count += digits == 0 ? 0 : 1; // leading zeros carry nothing
        scale += fraction ? 1 : 0;
        if (count > 17) {
          return Double.NaN;
        }
      } else if (c == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    int power = -scale;
    if (at < end) {
      int exponent = exponent(text, at, end);
      if (exponent == Integer.MIN_VALUE) {
        return Double.NaN;
      }
      power += exponent;
    }
    if (digits > EXACT || power < -22 || power > 22) {
      return Double.NaN;
    }
    double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
    return negative ? -value : value;
  }

  private static int exponent(char[] text, int from, int end) {
    int at = from;
    if (text[at] != 'e' && text[at] != 'E') {
      return Integer.MIN_VALUE;
    }
    at++;
    boolean negative = false;
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      negative = text[at] == '-';
      at++;
    }
    if (at >= end || end - at > 3) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < end; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return Integer.MIN_VALUE;
      }
      exponent = exponent * 10 + (text[at] - '0');
    }
    return negative ? -exponent : exponent;
  }
}
