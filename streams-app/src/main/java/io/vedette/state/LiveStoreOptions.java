package io.vedette.state;

import java.time.Duration;

/**
 * How a live store keeps its states.
 *
 * @param persistent true for RocksDB below the live objects, false for memory
 * @param liveBytes budget of the live objects of all tasks of a process, bytes, at least 1; each
 *     open store of a name has an equal share
 * @param idle states untouched for this span of stream time are dropped
 * @param ephemeral no changelog, and nothing is written but what is evicted: for replays, where
 *     every input is a commit
 */
public record LiveStoreOptions(
    boolean persistent, long liveBytes, Duration idle, boolean ephemeral) {

  /** Memory, 64 MiB of live objects, seven days. */
  public static final LiveStoreOptions DEFAULT =
      new LiveStoreOptions(false, 64L << 20, Duration.ofDays(7), false);

  /** Checks the ranges. */
  public LiveStoreOptions {
    if (liveBytes < 1) {
      throw new IllegalArgumentException("liveBytes must be at least 1, was " + liveBytes);
    }
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("idle must be positive, was " + idle);
    }
  }

  /** The same with another budget. */
  public LiveStoreOptions withBytes(long bytes) {
    return new LiveStoreOptions(persistent, bytes, idle, ephemeral);
  }

  /** The same with another time to idle, unless that is longer. */
  public LiveStoreOptions withIdle(Duration most) {
    return new LiveStoreOptions(
        persistent, liveBytes, most.compareTo(idle) < 0 ? most : idle, ephemeral);
  }
}
