package io.vedette.stream;

import java.time.Duration;

/**
 * How long and how many halves wait for each other.
 *
 * @param maxWait how long a half waits for its mate, and an exchange for earlier ones of its caller
 * @param maxPerCaller waiting halves of one caller; beyond, the earliest goes on alone
 * @param maxPerTask waiting halves of one task; beyond, the longest waiting goes on alone
 * @param maxHeld exchanges that a replay holds to put them in order
 */
public record PairingLimits(Duration maxWait, int maxPerCaller, int maxPerTask, int maxHeld) {

  /** Thirty seconds. */
  public static final PairingLimits DEFAULT =
      new PairingLimits(Duration.ofSeconds(30), 256, 100_000, 500_000);

  /** Checks the ranges. */
  public PairingLimits {
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException("maxWait must not be negative, was " + maxWait);
    }
    if (maxPerCaller < 1 || maxPerTask < 1 || maxHeld < 1) {
      throw new IllegalArgumentException("maxPerCaller, maxPerTask, maxHeld must be at least 1");
    }
  }

  long maxWaitMicros() {
    return maxWait.toMillis() * 1000L;
  }
}
