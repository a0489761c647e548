package io.vedette.edge.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The latest verdict on each incident; at most 10,000 of them. Thread-safe. */
public final class Judgements implements Consumer<Judgement> {

  private static final int MOST = 10_000;
  private static final int SHOWN = 100; // exceptions of one caller

  private final Cache<String, Judgement> byIncident =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /** Takes a verdict; an older one on the same incident changes nothing. */
  @Override
  public void accept(Judgement judgement) {
    byIncident
        .asMap()
        .merge(
            judgement.incidentId(),
            judgement,
            (known, given) -> given.timeMicros() >= known.timeMicros() ? given : known);
  }

  /** The verdict on an incident, null when there is none. */
  @Nullable Judgement on(String incidentId) {
    return byIncident.getIfPresent(incidentId);
  }

  /** Exceptions that hold for a caller now, the longest first. */
  List<Judgement> exceptions(String tenant, String principal, long nowMicros) {
    return byIncident.asMap().values().stream()
        .filter(judgement -> judgement.excepts(nowMicros))
        .filter(judgement -> covers(judgement.scope(), tenant, principal))
        .sorted(
            Comparator.comparing(Judgement::untilMicros, Comparator.reverseOrder())
                .thenComparing(Judgement::incidentId))
        .limit(SHOWN)
        .toList();
  }

  private static boolean covers(Judgement.@Nullable Scope scope, String tenant, String principal) {
    return scope != null
        && scope.tenant().equals(tenant)
        && (scope.principal() == null || scope.principal().equals(principal));
  }
}
