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
 * The latest activity of the incidents that moved last; the longest quiet one makes room.
 * Thread-safe.
 */
public final class RecentIncidents implements Consumer<Incident> {

  /** Incidents kept unless told otherwise. */
  public static final int CAPACITY = 1000;

  private final int capacity;
  private final LinkedHashMap<String, Incident> byId = new LinkedHashMap<>(); // latest last

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
    Incident known = byId.get(incident.incidentId());
    if (known != null && known.sequence() >= incident.sequence()) {
      return;
    }
    byId.remove(incident.incidentId());
    byId.put(incident.incidentId(), incident);
    if (byId.size() > capacity) {
      Iterator<String> eldest = byId.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** The incident, null when it is not among the recent ones. */
  public synchronized @Nullable Incident find(String incidentId) {
    return byId.get(incidentId);
  }

  /** At most {@code limit} incidents that match, latest activity first. */
  public synchronized List<Incident> latest(int limit, Predicate<Incident> filter) {
    List<Incident> matching = new ArrayList<>();
    List<Incident> all = new ArrayList<>(byId.values());
    for (int i = all.size() - 1; i >= 0 && matching.size() < limit; i--) {
      if (filter.test(all.get(i))) {
        matching.add(all.get(i));
      }
    }
    return matching;
  }
}
