package io.vedette.wire;

import io.vedette.control.v1.ActionKind;
import io.vedette.control.v1.ModelPolicy;
import io.vedette.control.v1.VerdictKind;
import io.vedette.control.v1.VerdictScope;
import io.vedette.core.Action;
import io.vedette.core.Policy;
import io.vedette.core.Verdict;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Verdicts and actions as generated records, and back; words of a later version are kept mild. */
final class ControlRecords {

  private static final String CRITICALITY = "criticality"; // attribute of a policy
  private static final String CRITICAL = "critical";

  private ControlRecords() {}

  static io.vedette.control.v1.Verdict verdict(Verdict from) {
    Verdict.Reach scope = from.scope();
    Long until = from.untilMicros();
    return io.vedette.control.v1.Verdict.newBuilder()
        .setIncidentId(from.incidentId())
        .setVerdict(VerdictKind.valueOf(from.kind().name()))
        .setAnalyst(from.analyst())
        .setNote(from.note())
        .setTime(RecordParts.instant(from.timeMicros()))
        .setScope(
            scope == null
                ? null
                : VerdictScope.newBuilder()
                    .setTenant(scope.tenant())
                    .setPrincipal(scope.principal())
                    .setModel(scope.model())
                    .setDetector(scope.detector())
                    .build())
        .setUntil(until == null ? null : RecordParts.instant(until))
        .build();
  }

  static Verdict verdict(io.vedette.control.v1.Verdict from) {
    return new Verdict(
        from.getIncidentId(),
        named(Verdict.Kind.values(), from.getVerdict(), Verdict.Kind.UNKNOWN),
        from.getAnalyst(),
        from.getNote(),
        RecordParts.micros(from.getTime()),
        scope(from.getScope()),
        from.getUntil() == null ? null : RecordParts.micros(from.getUntil()));
  }

  private static Verdict.@Nullable Reach scope(@Nullable VerdictScope from) {
    return from == null
        ? null
        : new Verdict.Reach(
            from.getTenant(), from.getPrincipal(), from.getModel(), from.getDetector());
  }

  static ModelPolicy policy(Policy from) {
    return ModelPolicy.newBuilder()
        .setModel(from.model())
        .setAttributes(from.critical() ? Map.of(CRITICALITY, CRITICAL) : Map.of())
        .setUpdatedAt(RecordParts.instant(from.updatedAtMicros()))
        .build();
  }

  static Policy policy(ModelPolicy from) {
    return new Policy(
        from.getModel(),
        CRITICAL.equals(from.getAttributes().get(CRITICALITY)),
        RecordParts.micros(from.getUpdatedAt()));
  }

  static io.vedette.control.v1.Action action(Action from) {
    return io.vedette.control.v1.Action.newBuilder()
        .setTenant(from.tenant())
        .setPrincipal(from.principal())
        .setModel(from.model())
        .setKind(ActionKind.valueOf(from.kind().name()))
        .setIncidentId(from.incidentId())
        .setConfidence(from.confidence())
        .setIssuedAt(RecordParts.instant(from.issuedAtMicros()))
        .setUntil(RecordParts.instant(from.untilMicros()))
        .build();
  }

  static Action action(io.vedette.control.v1.Action from) {
    return new Action(
        from.getTenant(),
        from.getPrincipal(),
        from.getModel(),
        named(Action.Kind.values(), from.getKind(), Action.Kind.OBSERVE),
        from.getIncidentId(),
        from.getConfidence(),
        RecordParts.micros(from.getIssuedAt()),
        RecordParts.micros(from.getUntil()));
  }

  private static <E extends Enum<E>> E named(E[] words, Enum<?> word, E otherwise) {
    return Stream.of(words).filter(e -> e.name().equals(word.name())).findFirst().orElse(otherwise);
  }
}
