package io.vedette.stream;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.State;
import io.vedette.correlate.Book;
import io.vedette.state.LiveStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Runs the incident book on findings, and on time when a heartbeat or closing is due.
 *
 * <p>Time is stream time; while no finding arrives it goes on from the last one at the pace of the
 * wall clock, so that a backlog of old traffic closes nothing early. A replay ticks up to its last
 * event when it ends.
 *
 * @param <S> state per incident key
 */
final class CorrelateStage<S extends State> implements Processor<String, Finding, String, Alert> {

  static final String STORE = "incident-states";
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration REPLAY_END = Duration.ofDays(1); // fires when a replay ends
  private static final int MAX_TICKS = 64; // per key and round: a book that never moves on

  private final Book<S> book;
  private final Counters counters;
  private final @Nullable Replay replay;
  private final Fence fence;
  private final DueKeys due = new DueKeys();
  private final List<Incident> incidents = new ArrayList<>();
  private @Nullable ProcessorContext<String, Alert> context;
  private @Nullable LiveStore<S> states;
  private long streamMicros = Long.MIN_VALUE;
  private long lastInputMs;

  CorrelateStage(Book<S> book, Counters counters, @Nullable Replay replay) {
    this.book = book;
    this.counters = counters;
    this.replay = replay;
    this.fence = new Fence("correlate", counters);
  }

  @Override
  public void init(ProcessorContext<String, Alert> taskContext) {
    context = taskContext;
    LiveStore<S> store = taskContext.getStateStore(STORE);
    store.bind(book::create, book::read);
    store.forEachWritten(
        (key, state) -> {
          due.set(key, book.nextDueMicros(state));
          streamMicros = Math.max(streamMicros, book.lastMicros(state));
        });
    states = store;
    lastInputMs = taskContext.currentSystemTimeMs();
    Replay ending = replay;
    if (ending == null) {
      taskContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tickWhenIdle);
    } else {
      taskContext.schedule(
          REPLAY_END,
          PunctuationType.WALL_CLOCK_TIME,
          now -> tickUntil(ending.lastMicros().getAsLong()));
    }
  }

  @Override
  public void process(Record<String, Finding> record) {
    Finding finding = record.value();
    if (finding == null) {
      return;
    }
    lastInputMs = Stages.ready(context).currentSystemTimeMs();
    tickUntil(finding.timeMicros());
    streamMicros = Math.max(streamMicros, finding.timeMicros());
    fence.run(() -> observe(finding));
    publish(finding);
  }

  private void observe(Finding finding) {
    String key = book.key(finding);
    S state = Stages.ready(states).get(key, streamMicros);
    book.observe(state, finding, incidents::add);
    due.set(key, book.nextDueMicros(state));
  }

  /** Stream time goes on by the wall clock once the findings have paused. */
  private void tickWhenIdle(long nowMs) {
    long idleMs = nowMs - lastInputMs;
    if (idleMs >= TICK.toMillis()) {
      boolean known = streamMicros != Long.MIN_VALUE;
      tickUntil(known ? streamMicros + idleMs * 1000L : nowMs * 1000L);
    }
  }

  private void tickUntil(long nowMicros) {
    for (String key = due.poll(nowMicros); key != null; key = due.poll(nowMicros)) {
      String dueKey = key;
      fence.run(() -> tick(dueKey, nowMicros));
      publish(null);
    }
  }

  private void tick(String key, long nowMicros) {
    S state = Stages.ready(states).get(key, streamMicros);
    long next = book.nextDueMicros(state);
    for (int i = 0; i < MAX_TICKS && next <= nowMicros; i++) {
      book.tick(state, next, incidents::add);
      long after = book.nextDueMicros(state);
      next = after > next ? after : nowMicros + 1;
    }
    due.set(key, Math.max(next, nowMicros + 1));
  }

  private void publish(@Nullable Finding cause) {
    if (incidents.isEmpty()) {
      return;
    }
    List<Incident> now = new ArrayList<>(incidents);
    incidents.clear();
    for (Incident incident : now) {
      counters.incident(incident, Stages.ready(context).currentSystemTimeMs());
      Alert alert = new Alert(incident, cause);
      Stages.ready(context)
          .forward(Stages.record(incident.incidentId(), alert, incident.timeMicros()));
    }
  }
}
