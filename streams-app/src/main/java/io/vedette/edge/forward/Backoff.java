package io.vedette.edge.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: doubling up to a bound, drawn evenly from the upper half, so that
 * many forwarders do not come back at once.
 *
 * @param first longest wait after the first failure
 * @param most bound of the wait
 */
public record Backoff(Duration first, Duration most) {

  private static final int MAX_DOUBLINGS = 20;

  /** From half a second to a minute. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));

  /**
   * The wait after a number of failures in a row.
   *
   * @param failures from 1
   */
  Duration after(int failures, RandomGenerator random) {
    int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
    long bound = Math.min(most.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
  }
}
