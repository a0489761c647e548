package io.vedette.stream;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import io.vedette.core.State;
import io.vedette.core.Verdict;
import io.vedette.correlate.Book;
import io.vedette.state.LiveStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Runs the incident book on findings, on verdicts that have arrived, and on time when a heartbeat
 * or closing is due.
 *
 * <p>Time is stream time; while no finding arrives it goes on from the last one at the pace of the
 * wall clock, so that a backlog of old traffic closes nothing early. A replay ticks up to its last
 * event when it ends.
 *
 * @param <S> state per key
 */
final class CorrelateStage<S extends State> implements Processor<String, Finding, String, Alert> {

  static final String STORE = "incident-states";
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration REPLAY_END = Duration.ofDays(1); // fires when a replay ends
  private static final int MAX_TICKS = 64; // per key and round: a book that never moves on
  private static final int MOST_IDS = 200_000; // incidents that a verdict can still find

  private final Book<S> book;
  private final VerdictTable verdicts;
  private final Counters counters;
  private final @Nullable Replay replay;
  private final Fence fence;
  private final DueKeys due = new DueKeys();
  private final Map<String, String> keysById = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> touched = new LinkedHashSet<>();
  private final List<Incident> incidents = new ArrayList<>();
  private final List<String> fresh = new ArrayList<>(); // ids that are new here
  private @Nullable ProcessorContext<String, Alert> context;
  private @Nullable LiveStore<S> states;
  private long streamMicros = Long.MIN_VALUE;
  private long lastInputMs;
  private long verdictsKnown;

  CorrelateStage(Book<S> book, VerdictTable verdicts, Counters counters, @Nullable Replay replay) {
    this.book = book;
    this.verdicts = verdicts;
    this.counters = counters;
    this.replay = replay;
    this.fence = new Fence("correlate", counters);
  }

  @Override
  public void init(ProcessorContext<String, Alert> taskContext) {
    context = taskContext;
    forget();
    LiveStore<S> store = taskContext.getStateStore(STORE);
    store.bind(book::create, book::read);
    store.forEachWritten(
        (key, state) -> {
          note(key, state);
          streamMicros = Math.max(streamMicros, book.lastMicros(state));
        });
    fresh.clear(); // all verdicts are heard with the first finding
    states = store;
    lastInputMs = taskContext.currentSystemTimeMs();
    Replay ending = replay;
    if (ending == null) {
      taskContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tickWhenIdle);
    } else {
      taskContext.schedule(
          REPLAY_END,
          PunctuationType.WALL_CLOCK_TIME,
          now -> {
            hear();
            tickUntil(ending.lastMicros().getAsLong());
          });
    }
  }

  /**
   * Kafka Streams revives a task whose transaction was aborted with the processors it had: what
   * they learned in that transaction is no longer in the states.
   */
  private void forget() {
    due.clear();
    keysById.clear();
    touched.clear();
    incidents.clear();
    streamMicros = Long.MIN_VALUE;
    verdictsKnown = 0;
  }

  @Override
  public void process(Record<String, Finding> record) {
    Finding finding = record.value();
    if (finding == null) {
      return;
    }
    lastInputMs = Stages.ready(context).currentSystemTimeMs();
    hear();
    tickUntil(finding.timeMicros());
    streamMicros = Math.max(streamMicros, finding.timeMicros());
    Origin at = Stages.origin(Stages.ready(context));
    fence.run(() -> book.observe(finding, at, this::state, incidents::add));
    settle();
    publish(finding);
    hearFresh();
  }

  private S state(String key) {
    touched.add(key);
    return Stages.ready(states).get(key, streamMicros);
  }

  /** Notes when the states that the book has touched are due, and which incidents they hold. */
  private void settle() {
    for (String key : touched) {
      note(key, Stages.ready(states).get(key, streamMicros));
    }
    touched.clear();
    Stages.ready(states).settle();
  }

  private void note(String key, S state) {
    due.set(key, book.nextDueMicros(state));
    String id = book.incident(key, state);
    if (id.isEmpty() || key.equals(keysById.put(id, key))) {
      return;
    }
    fresh.add(id);
    if (keysById.size() > MOST_IDS) {
      keysById.remove(keysById.keySet().iterator().next());
    }
  }

  /** Takes in the verdicts that arrived since it last did, if they are on incidents of its own. */
  private void hear() {
    if (verdicts.arrived() == verdictsKnown) {
      return;
    }
    long now = verdicts.arrived();
    for (Verdict verdict : verdicts.after(verdictsKnown)) {
      if (replay != null) {
        tickUntil(verdict.timeMicros()); // what had fallen silent before it was judged
      }
      String key = keysById.get(verdict.incidentId());
      if (key != null) {
        fence.run(() -> judge(key, verdict));
        settle();
        publish(null);
      }
    }
    verdictsKnown = now;
  }

  /**
   * Takes in verdicts on incidents that have just become known: after a crash, verdicts are read
   * before the findings whose incidents they are on.
   */
  private void hearFresh() {
    if (fresh.isEmpty()) {
      return;
    }
    List<String> ids = List.copyOf(fresh);
    fresh.clear();
    for (String id : ids) {
      Verdict verdict = verdicts.on(id);
      String key = keysById.get(id);
      if (verdict != null && key != null) {
        fence.run(() -> judge(key, verdict));
        settle();
        publish(null);
      }
    }
  }

  private void judge(String key, Verdict verdict) {
    if (book.judge(key, verdict, this::state, incidents::add)) {
      incidents.forEach(incident -> counters.verdict(verdict.kind(), incident.detectors()));
    }
  }

  /** Stream time goes on by the wall clock once the findings have paused. */
  private void tickWhenIdle(long nowMs) {
    hear();
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
      settle();
      publish(null);
    }
  }

  private void tick(String key, long nowMicros) {
    S state = Stages.ready(states).get(key, streamMicros);
    long next = book.nextDueMicros(state);
    for (int i = 0; i < MAX_TICKS && next <= nowMicros; i++) {
      book.tick(key, this::state, next, incidents::add);
      long after = book.nextDueMicros(state);
      next = after > next ? after : nowMicros + 1;
    }
    touched.remove(key);
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
