package io.vedette.stream;

import io.vedette.core.Exchange;
import io.vedette.core.Exchange.Pairing;
import io.vedette.core.Origin;
import io.vedette.state.LiveStore;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Marks where each event was read and lets requests wait for their responses.
 *
 * <p>Events that are whole already go straight on and touch no store. In a replay all are whole,
 * because its driver paired them.
 */
final class PairingStage implements Processor<byte[], Exchange, byte[], Exchange> {

  static final String STORE = "pairing-halves";
  private static final Duration IDLE_CHECK = Duration.ofSeconds(1);

  private final PairingLimits limits;
  private final PendingHalves.Codec codec;
  private final Counters counters;
  private final @Nullable Replay replay;
  private @Nullable ProcessorContext<byte[], Exchange> context;
  private @Nullable HalfMatcher matcher;
  private long lastInputMs;

  PairingStage(
      PairingLimits limits, PendingHalves.Codec codec, Counters counters, @Nullable Replay replay) {
    this.limits = limits;
    this.codec = codec;
    this.counters = counters;
    this.replay = replay;
  }

  @Override
  public void init(ProcessorContext<byte[], Exchange> taskContext) {
    context = taskContext;
    LiveStore<PendingHalves> store = taskContext.getStateStore(STORE);
    store.bind(() -> new PendingHalves(codec), codec::read);
    matcher = new HalfMatcher(store, limits, counters, this::pass);
    if (replay == null) {
      lastInputMs = taskContext.currentSystemTimeMs();
      taskContext.schedule(IDLE_CHECK, PunctuationType.WALL_CLOCK_TIME, this::expireWhenIdle);
    }
  }

  @Override
  public void process(Record<byte[], Exchange> record) {
    Exchange event = record.value();
    if (event == null) {
      return; // a tombstone on an input topic says nothing
    }
    if (replay != null) {
      replay.batch().get().forEach(this::pass);
      return;
    }
    HalfMatcher halves = Stages.ready(matcher);
    ProcessorContext<byte[], Exchange> task = Stages.ready(context);
    lastInputMs = task.currentSystemTimeMs();
    Exchange placed = Halves.named(placed(event, Stages.origin(task)), record.key());
    halves.advance(event.timeMicros());
    if (isHalf(placed)) {
      halves.accept(placed);
    } else {
      pass(placed);
    }
  }

  private static boolean isHalf(Exchange event) {
    return event.pairing() == Pairing.REQUEST_ONLY || event.pairing() == Pairing.RESPONSE_ONLY;
  }

  /** Events that were keyed anew know where they were read; the record only tells of the detour. */
  private static Exchange placed(Exchange event, Origin read) {
    return RekeyStage.wrote(read.topic()) ? event : Halves.stamped(event, read, event.pairing());
  }

  private void expireWhenIdle(long nowMs) {
    if (nowMs - lastInputMs >= limits.maxWait().toMillis()) {
      Stages.ready(matcher).expireAll();
    }
  }

  private void pass(Exchange exchange) {
    Stages.ready(context)
        .forward(
            new Record<>(
                Stages.NO_KEY,
                exchange,
                Math.max(0, exchange.timeMicros() / 1000),
                new RecordHeaders()));
  }
}
