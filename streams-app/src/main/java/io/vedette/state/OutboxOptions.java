package io.vedette.state;

import java.time.Duration;

/**
 * When an outbox lets its batches go.
 *
 * @param maxEntries a key's batch leaves when it holds this many, at least 1
 * @param ephemeral replay: commits do not empty it, the two bounds below do
 * @param replayEvents replay: everything leaves after this many events, at least 1
 * @param replaySpan replay: everything leaves when the oldest entry is this far behind stream time
 */
public record OutboxOptions(
    int maxEntries, boolean ephemeral, int replayEvents, Duration replaySpan) {

  /** Batches of 64. */
  public static final OutboxOptions DEFAULT =
      new OutboxOptions(64, false, 256, Duration.ofSeconds(5));

  /** Checks the ranges. */
  public OutboxOptions {
    if (maxEntries < 1 || replayEvents < 1) {
      throw new IllegalArgumentException(
          "maxEntries and replayEvents must be at least 1, were "
              + maxEntries
              + " and "
              + replayEvents);
    }
  }
}
