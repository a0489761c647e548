package io.vedette.app;

import io.vedette.core.Incident;
import io.vedette.edge.http.Judgement;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest verdict on each incident, counted per detector that contributed to it, over all that
 * the topics retain: precision as the analysts see it. Of more than 100,000 incidents or verdicts
 * the latest count. Thread-safe.
 */
final class VerdictTally {

  private static final int MOST = 100_000;

  private final Map<String, List<String>> detectors; // by incident
  private final Map<String, Verdict> verdicts; // by incident

  private record Verdict(Judgement.Kind kind, long timeMicros) {}

  VerdictTally() {
    this(MOST);
  }

  VerdictTally(int most) {
    detectors = new Latest<>(most);
    verdicts = new Latest<>(most);
  }

  /** Keeps the latest entries. */
  private static final class Latest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;
    private final int most;

    Latest(int most) {
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > most;
    }
  }

  /** What analysts said of incidents that a detector contributed to. */
  record Count(Map<Judgement.Kind, Long> byKind) {

    long of(Judgement.Kind kind) {
      return byKind.getOrDefault(kind, 0L);
    }

    /** True positives among verdicts of right or wrong; NaN when there is none. */
    double precision() {
      double right = of(Judgement.Kind.TRUE_POSITIVE);
      double wrong = of(Judgement.Kind.FALSE_POSITIVE) + of(Judgement.Kind.BENIGN);
      return right / (right + wrong);
    }
  }

  /** Takes an activity of an incident; the last one names all its detectors. */
  synchronized void accept(Incident incident) {
    detectors.remove(incident.incidentId()); // so that it is the latest
    detectors.put(incident.incidentId(), incident.detectors());
  }

  /** Takes a verdict; an older one on the same incident changes nothing. */
  synchronized void accept(Judgement judgement) {
    Verdict known = verdicts.get(judgement.incidentId());
    if (known == null || known.timeMicros() <= judgement.timeMicros()) {
      verdicts.remove(judgement.incidentId());
      verdicts.put(judgement.incidentId(), new Verdict(judgement.kind(), judgement.timeMicros()));
    }
  }

  /** The count of a detector. */
  synchronized Count of(String detector) {
    Map<Judgement.Kind, Long> count = new EnumMap<>(Judgement.Kind.class);
    verdicts.forEach(
        (incident, verdict) -> {
          if (detectors.getOrDefault(incident, List.of()).contains(detector)) {
            count.merge(verdict.kind(), 1L, Long::sum);
          }
        });
    return new Count(count);
  }
}
