package io.vedette.edge.http;

import io.vedette.core.Incident;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The incidents that moved last, each with its latest activity and its timeline; the longest quiet
 * one makes room. At most 1,000 incidents of 32 steps: 30 MiB at worst. Thread-safe.
 */
public final class RecentIncidents implements Consumer<Incident> {

  /** Incidents kept unless told otherwise. */
  public static final int CAPACITY = 1000;

  private static final int STEPS = 32; // of one incident: the first and the latest

  private final int capacity;
  private final LinkedHashMap<String, Entry> byId = new LinkedHashMap<>(); // latest last
  private long moves;

  /**
   * An incident.
   *
   * @param latest its latest activity
   * @param move counts activities of all incidents: higher is later; the cursor of pages
   * @param steps its activities in order
   */
  record Entry(Incident latest, long move, List<Step> steps) {}

  /** Keeps {@link #CAPACITY} incidents. */
  public RecentIncidents() {
    this(CAPACITY);
  }

  RecentIncidents(int capacity) {
    this.capacity = capacity;
  }

  /** Takes an activity; a repeated or older one of the same incident changes nothing. */
  @Override
  public synchronized void accept(Incident incident) {
    Entry known = byId.get(incident.incidentId());
    if (known != null && known.latest().sequence() >= incident.sequence()) {
      return;
    }
    List<Step> steps = known == null ? new ArrayList<>() : new ArrayList<>(known.steps());
    if (steps.size() == STEPS) {
      steps.remove(1);
    }
    steps.add(Step.of(incident));
    byId.remove(incident.incidentId());
    byId.put(incident.incidentId(), new Entry(incident, ++moves, List.copyOf(steps)));
    if (byId.size() > capacity) {
      Iterator<String> eldest = byId.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** The incident, null when it is not among the recent ones. */
  synchronized @Nullable Entry find(String incidentId) {
    return byId.get(incidentId);
  }

  /** At most {@code limit} incidents that match, latest activity first. */
  List<Incident> latest(int limit, Predicate<Incident> filter) {
    return page(limit, Long.MAX_VALUE, filter).stream().map(Entry::latest).toList();
  }

  /** At most {@code limit} incidents that match and moved before a cursor, latest first. */
  List<Entry> page(int limit, long before, Predicate<Incident> filter) {
    List<Entry> all;
    synchronized (this) {
      all = new ArrayList<>(byId.values());
    }
    List<Entry> matching = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0 && matching.size() < limit; i--) {
      Entry entry = all.get(i);
      if (entry.move() < before && filter.test(entry.latest())) {
        matching.add(entry);
      }
    }
    return matching;
  }
}
