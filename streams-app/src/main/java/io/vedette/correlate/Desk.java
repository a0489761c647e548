package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.State;
import io.vedette.core.Verdict;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An incident book with its states in maps: what the correlate stage does, without Kafka, for
 * measurements and tests. Findings come in order of time.
 *
 * @param <S> state per key
 */
public final class Desk<S extends State> implements Cases<S> {

  private final Book<S> book;
  private final Consumer<Incident> out;
  private final Map<String, S> states = new HashMap<>();
  private final Map<String, Long> dueAt = new HashMap<>();
  private final TreeMap<Long, Set<String>> due = new TreeMap<>();
  private final Set<String> touched = new LinkedHashSet<>();

  /** A desk whose incidents go to {@code out}. */
  public Desk(Book<S> book, Consumer<Incident> out) {
    this.book = book;
    this.out = out;
  }

  @Override
  public S get(String key) {
    touched.add(key);
    return states.computeIfAbsent(key, k -> book.create());
  }

  /** Lets pass what is due before it, then takes a finding in. */
  public void observe(Finding finding) {
    tick(finding.timeMicros());
    book.observe(finding, this, out);
    settle();
  }

  /** Takes a verdict in; true when it was new to an incident. */
  public boolean judge(Verdict verdict) {
    for (Map.Entry<String, S> entry : states.entrySet()) {
      if (book.incident(entry.getKey(), entry.getValue()).equals(verdict.incidentId())) {
        boolean taken = book.judge(entry.getKey(), verdict, this, out);
        settle();
        return taken;
      }
    }
    return false;
  }

  /** Does what is due up to a time. */
  public void tick(long nowMicros) {
    while (!due.isEmpty() && due.firstKey() <= nowMicros) {
      long time = due.firstKey();
      String key = due.firstEntry().getValue().iterator().next();
      book.tick(key, this, time, out);
      touched.add(key);
      settle();
    }
  }

  /** Replaces every state, as by what its bytes say. */
  public void replaceAll(UnaryOperator<S> reread) {
    states.replaceAll((key, state) -> reread.apply(state));
  }

  private void settle() {
    for (String key : touched) {
      S state = states.get(key);
      long next = state == null ? Long.MAX_VALUE : book.nextDueMicros(state);
      Long before = dueAt.put(key, next);
      if (before != null && before == next) {
        continue;
      }
      if (before != null && before != Long.MAX_VALUE) {
        Set<String> keys = due.get(before);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
          due.remove(before);
        }
      }
      if (next != Long.MAX_VALUE) {
        due.computeIfAbsent(next, t -> new TreeSet<>()).add(key);
      }
    }
    touched.clear();
  }
}
