package io.vedette.stream;

import io.vedette.core.Finding;
import io.vedette.core.Verdict;
import io.vedette.correlate.Exceptions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The last verdict on each incident, fed from the verdicts topic and read by all tasks: a scope may
 * be wider than the keys of any of them. Thread-safe.
 */
final class VerdictTable {

  static final String STORE = "verdicts-table";
  private static final int MOST = 100_000; // incidents; the ones judged first are forgotten first

  private final TreeMap<Long, Verdict> byArrival = new TreeMap<>();
  private final Map<String, Long> arrivals = new HashMap<>();
  private final Exceptions exceptions;
  private volatile long arrived;
  private volatile boolean excepting; // spares findings the lock while there are no verdicts

  VerdictTable(long longestExceptionMicros) {
    exceptions = new Exceptions(longestExceptionMicros);
  }

  /** How many verdicts have arrived; grows with each. */
  long arrived() {
    return arrived;
  }

  /** The verdicts that arrived after the first {@code known}, in order. */
  synchronized Collection<Verdict> after(long known) {
    return List.copyOf(byArrival.tailMap(known, false).values());
  }

  /** The last verdict on an incident, null for none. */
  synchronized @Nullable Verdict on(String incidentId) {
    Long arrival = arrivals.get(incidentId);
    return arrival == null ? null : byArrival.get(arrival);
  }

  /** The finding, marked with the verdict whose exception it falls under, if it does. */
  Finding marked(Finding finding) {
    if (!excepting) {
      return finding;
    }
    synchronized (this) {
      return exceptions.marked(finding);
    }
  }

  /**
   * Takes a verdict in; one that is older than the last on its incident changes nothing.
   *
   * @return the incident whose verdict was forgotten for it, null for none
   */
  private synchronized @Nullable String put(Verdict verdict) {
    Long before = arrivals.get(verdict.incidentId());
    Verdict last = before == null ? null : byArrival.get(before);
    if (last != null && last.timeMicros() >= verdict.timeMicros()) {
      return null;
    }
    if (before != null) {
      byArrival.remove(before);
    }
    byArrival.put(arrived + 1, verdict);
    arrivals.put(verdict.incidentId(), arrived + 1);
    exceptions.take(verdict);
    excepting = true;
    arrived++;
    if (byArrival.size() <= MOST) {
      return null;
    }
    String forgotten = byArrival.pollFirstEntry().getValue().incidentId();
    arrivals.remove(forgotten);
    return forgotten;
  }

  /** Keeps table and global store in step; a start reads the topic through it, in its order. */
  static final class Feeder implements Processor<String, Verdict, Void, Void> {

    private final VerdictTable table;
    private @Nullable KeyValueStore<String, Verdict> store;

    Feeder(VerdictTable table) {
      this.table = table;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, Verdict> record) {
      Verdict verdict = record.value();
      if (verdict == null) {
        return; // verdicts are never taken back by a tombstone: they are an audit trail
      }
      Stages.ready(store).put(verdict.incidentId(), verdict);
      String forgotten = table.put(verdict);
      if (forgotten != null) {
        Stages.ready(store).delete(forgotten);
      }
    }
  }
}
