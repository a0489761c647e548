package io.vedette.stats;

/** Bets that a sequence climbs: counts new maxima, which are rare in any exchangeable sequence. */
public final class RecordTest {

  /*
   * Without ties "value i is a new maximum" are independent Bernoulli(1/i) events under
   * exchangeability, whatever the distribution [1]. For i >= 2: p0 = 1/i,
   * p1 = max(p0, min(0.5, c / sqrt(i))); E *= p1/p0 on a record, (1-p1)/(1-p0) otherwise. Only
   * strict records count, so ties make it conservative. P(sup E >= 1/alpha) <= alpha.
   *
   * Cost: two logarithms and one square root per value, no allocation; 24 bytes.
   * Blind spot: a random walk sets about sqrt(n) records, 71% of them cross 1e4 within 800 steps;
   * ask for novelty beside it. For minima pass the negated value.
   *
   * [1] Renyi, Theorie des elements saillants d'une suite d'observations, 1962
   */

  /** Doubles the caller holds: count, maximum, log E; all zero is fresh. */
  public static final int SIZE = 3;

  private static final double P1_CAP = 0.5;

  private final double c;

  /** The test with c = 1. */
  public RecordTest() {
    this(1);
  }

  /**
   * A test.
   *
   * @param c how steep a climb it bets on, > 0; records in about c / sqrt(i) of the steps
   */
  public RecordTest(double c) {
    if (!(c > 0)) {
      throw new IllegalArgumentException("c must be > 0, was " + c);
    }
    this.c = c;
  }

  /**
   * Takes one value into the state; not-a-number is ignored.
   *
   * @param state count, maximum and log E, from {@code offset} on; changed in place
   * @return whether the value is a strict record over at least one earlier value
   */
  public boolean update(double[] state, int offset, double value) {
    if (Double.isNaN(value)) {
      return false;
    }
    double i = state[offset] + 1;
    state[offset] = i;
    if (i < 2) {
      state[offset + 1] = value;
      return false;
    }
    boolean record = value > state[offset + 1];
    if (record) {
      state[offset + 1] = value;
    }
    state[offset + 2] += Math.log(factor(c, i, record));
    return record;
  }

  /** By what the bet of steepness {@code c} on the i-th value multiplies its capital, i from 2. */
  static double factor(double c, double i, boolean record) {
    double p0 = 1 / i;
    double p1 = Math.max(p0, Math.min(P1_CAP, c / Math.sqrt(i)));
    return record ? p1 * i : (1 - p1) / (1 - p0);
  }

  /** Natural logarithm of the e-value. */
  public double logE(double[] state, int offset) {
    return state[offset + 2];
  }
}
