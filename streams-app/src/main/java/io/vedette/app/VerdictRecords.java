package io.vedette.app;

import io.vedette.control.v1.Verdict;
import io.vedette.control.v1.VerdictKind;
import io.vedette.control.v1.VerdictScope;
import io.vedette.edge.http.Judgement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Verdicts of the HTTP edge as records of the topic, and back. */
final class VerdictRecords {

  private VerdictRecords() {}

  static Verdict record(Judgement from) {
    Judgement.Scope scope = from.scope();
    return Verdict.newBuilder()
        .setIncidentId(from.incidentId())
        .setVerdict(VerdictKind.valueOf(from.kind().name()))
        .setAnalyst(from.analyst())
        .setNote(from.note())
        .setTime(instant(from.timeMicros()))
        .setScope(
            scope == null
                ? null
                : new VerdictScope(
                    scope.tenant(), scope.principal(), scope.model(), scope.detector()))
        .setUntil(from.untilMicros() == null ? null : instant(from.untilMicros()))
        .build();
  }

  /**
   * The verdict of a record.
   *
   * @throws SerializationException for a kind of another version
   */
  static Judgement judgement(Verdict from) {
    if (from.getVerdict() == VerdictKind.UNKNOWN) {
      throw new SerializationException("verdict is of a kind that this version does not know");
    }
    VerdictScope scope = from.getScope();
    return new Judgement(
        from.getIncidentId(),
        Judgement.Kind.valueOf(from.getVerdict().name()),
        from.getAnalyst(),
        from.getNote(),
        Wiring.micros(from.getTime()),
        scope == null
            ? null
            : new Judgement.Scope(
                scope.getTenant(), scope.getPrincipal(), scope.getModel(), scope.getDetector()),
        from.getUntil() == null ? null : (@Nullable Long) Wiring.micros(from.getUntil()));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
