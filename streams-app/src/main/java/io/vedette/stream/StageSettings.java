package io.vedette.stream;

import io.vedette.state.LiveStoreOptions;
import io.vedette.state.OutboxOptions;
import java.time.Duration;

/**
 * How the stages keep their state and hand results on.
 *
 * @param stores how live stores are kept; the budget is of all of them together
 * @param pairing how halves wait for each other
 * @param outbox when batches leave
 * @param outboxFlush wall-clock span after which batches leave at the latest
 * @param cellPartitions partitions of the cells topic, at least 1
 * @param modelPartitions partitions of the updates topic, at least 1
 * @param longestException an exception ends this long after its verdict at the latest
 */
public record StageSettings(
    LiveStoreOptions stores,
    PairingLimits pairing,
    OutboxOptions outbox,
    Duration outboxFlush,
    int cellPartitions,
    int modelPartitions,
    Duration longestException) {

  /** Four partitions each, batches of at most 100 ms. */
  public static final StageSettings DEFAULT =
      new StageSettings(
          LiveStoreOptions.DEFAULT,
          PairingLimits.DEFAULT,
          OutboxOptions.DEFAULT,
          Duration.ofMillis(100),
          4,
          4,
          Duration.ofDays(90));

  /** Checks the ranges. */
  public StageSettings {
    if (cellPartitions < 1 || modelPartitions < 1) {
      throw new IllegalArgumentException(
          "cellPartitions and modelPartitions must be at least 1, were "
              + cellPartitions
              + " and "
              + modelPartitions);
    }
  }

  /**
   * The same, for a replay: its states have no other home than the heap, where bytes cost nearly as
   * much as objects, so each kind may fill an eighth of it before it is written.
   */
  StageSettings ephemeral() {
    long liveBytes = Math.max(stores.liveBytes() / 3, Runtime.getRuntime().maxMemory() / 8);
    return new StageSettings(
        new LiveStoreOptions(false, liveBytes, stores.idle(), true),
        pairing,
        new OutboxOptions(outbox.maxEntries(), true, outbox.replayEvents(), outbox.replaySpan()),
        outboxFlush,
        1,
        1,
        longestException);
  }
}
