package io.vedette.stream;

import io.vedette.core.Incident;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Puts the incident activities of a replay in order of time; those of one time stay as they came.
 * Findings of cells and models leave in batches, so what they cause comes later than what a
 * caller's finding caused that is younger.
 *
 * <p>An activity is held until a younger one is a span ahead. One that comes later still takes the
 * time of the last that was let go; so does what follows when too many are held.
 */
final class OrderStage implements Processor<String, Alert, String, Alert> {

  static final int MOST = 10_000; // activities held; the oldest leave first
  private static final Duration REPLAY_END = Duration.ofDays(1); // fires when a replay ends

  private final Replay replay;
  private final long spanMicros;
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(Comparator.comparingLong(Held::micros).thenComparingLong(Held::number));
  private @Nullable ProcessorContext<String, Alert> context;
  private long taken;
  private long newest = Long.MIN_VALUE;
  private long last = Long.MIN_VALUE; // time of the last that was let go

  /** An activity and its number in order of arrival. */
  private record Held(Record<String, Alert> record, long number) {
    long micros() {
      return record.value().incident().timeMicros();
    }
  }

  /**
   * A stage.
   *
   * @param span that activities may be late by
   */
  OrderStage(Replay replay, Duration span) {
    this.replay = replay;
    this.spanMicros = span.toNanos() / 1000;
  }

  @Override
  public void init(ProcessorContext<String, Alert> taskContext) {
    context = taskContext;
    taskContext.schedule(
        REPLAY_END,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          if (replay.ended().getAsBoolean()) {
            release(Long.MAX_VALUE, 0);
          }
        });
  }

  @Override
  public void process(Record<String, Alert> record) {
    held.add(new Held(record, taken++));
    newest = Math.max(newest, record.value().incident().timeMicros());
    release(newest - spanMicros, MOST);
  }

  private void release(long untilMicros, int most) {
    for (Held next = held.peek();
        next != null && (next.micros() <= untilMicros || held.size() > most);
        next = held.peek()) {
      held.remove();
      last = Math.max(last, next.micros());
      Stages.ready(context).forward(at(next.record(), last));
    }
  }

  private static Record<String, Alert> at(Record<String, Alert> record, long micros) {
    Alert alert = record.value();
    Incident incident = alert.incident();
    return incident.timeMicros() == micros
        ? record
        : Stages.record(record.key(), new Alert(incident.at(micros), alert.cause()), micros);
  }
}
