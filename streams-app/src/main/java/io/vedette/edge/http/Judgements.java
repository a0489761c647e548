package io.vedette.edge.http;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The latest verdict on each incident: the latest 10,000 without an exception, and of exceptions
 * the 10,000 that end last, so that no number of verdicts hides one in force. Thread-safe.
 */
public final class Judgements implements Consumer<Judgement> {

  private static final int MOST = 10_000;
  private static final int SHOWN = 100; // exceptions of one caller
  private static final Comparator<Judgement> BY_END =
      Comparator.comparing(Judgement::untilMicros, Comparator.nullsFirst(Long::compare));

  private final Bounded plain;
  private final Bounded excepting;

  /** Keeps the usual number. */
  public Judgements() {
    this(MOST);
  }

  Judgements(int most) {
    plain = new Bounded(most, Comparator.comparingLong(Judgement::timeMicros));
    excepting = new Bounded(most, BY_END);
  }

  /** Takes a verdict; an older one on the same incident changes nothing. */
  @Override
  public synchronized void accept(Judgement judgement) {
    String id = judgement.incidentId();
    Judgement known = on(id);
    if (known != null && known.timeMicros() > judgement.timeMicros()) {
      return;
    }
    plain.remove(id);
    excepting.remove(id);
    boolean excepts = judgement.scope() != null && judgement.untilMicros() != null;
    (excepts ? excepting : plain).add(judgement);
  }

  /** The verdict on an incident, null when there is none. */
  synchronized @Nullable Judgement on(String incidentId) {
    Judgement exception = excepting.byIncident.get(incidentId);
    return exception == null ? plain.byIncident.get(incidentId) : exception;
  }

  /** Exceptions that hold for a caller now, the longest first. */
  synchronized List<Judgement> exceptions(String tenant, String principal, long nowMicros) {
    return excepting.byIncident.values().stream()
        .filter(judgement -> judgement.excepts(nowMicros))
        .filter(judgement -> covers(judgement.scope(), tenant, principal))
        .sorted(BY_END.reversed().thenComparing(Judgement::incidentId))
        .limit(SHOWN)
        .toList();
  }

  private static boolean covers(Judgement.@Nullable Scope scope, String tenant, String principal) {
    return scope != null
        && scope.tenant().equals(tenant)
        && (scope.principal() == null || scope.principal().equals(principal));
  }

  /** Verdicts by incident; when there are too many, the first in order goes. */
  private static final class Bounded {

    private final int most;
    private final Map<String, Judgement> byIncident = new HashMap<>();
    private final TreeSet<Judgement> inOrder;

    Bounded(int most, Comparator<Judgement> order) {
      this.most = most;
      this.inOrder = new TreeSet<>(order.thenComparing(Judgement::incidentId));
    }

    void add(Judgement judgement) {
      byIncident.put(judgement.incidentId(), judgement);
      inOrder.add(judgement);
      if (inOrder.size() > most) {
        remove(inOrder.first().incidentId());
      }
    }

    void remove(String incidentId) {
      Judgement known = byIncident.remove(incidentId);
      if (known != null) {
        inOrder.remove(known);
      }
    }
  }
}
