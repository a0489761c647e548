package io.vedette.wire;

import io.vedette.alert.v1.Model;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.IncidentDetails;
import io.vedette.core.IncidentStage;
import io.vedette.core.Maturity;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import io.vedette.core.TraceId;
import io.vedette.core.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;

/** Findings and incidents as generated records, and back. */
final class AlertRecords {

  private AlertRecords() {}

  static io.vedette.alert.v1.Finding finding(Finding from) {
    return io.vedette.alert.v1.Finding.newBuilder()
        .setDetector(from.detector())
        .setScope(io.vedette.alert.v1.Scope.valueOf(from.scope().name()))
        .setSubject(from.subject())
        .setTenant(from.tenant())
        .setPrincipal(from.principal())
        .setPrincipals(from.principals())
        .setModel(new Model(from.model().name(), from.model().version(), from.model().digest()))
        .setTime(RecordParts.instant(from.timeMicros()))
        .setFirstSeen(RecordParts.instant(from.firstSeenMicros()))
        .setScore(from.score())
        .setLogEvidence(from.logEvidence())
        .setExchanges(from.exchanges())
        .setMaturity(io.vedette.alert.v1.Maturity.valueOf(from.maturity().name()))
        .setSeverity(io.vedette.alert.v1.Severity.valueOf(from.severity().name()))
        .setTechniques(techniques(from.techniques()))
        .setEvidence(evidence(from.evidence()))
        .setSamples(samples(from.samples()))
        .setSummary(from.summary())
        .setAttributes(from.attributes())
        .build();
  }

  static Finding finding(io.vedette.alert.v1.Finding from) {
    Model model = from.getModel();
    return new Finding(
        from.getDetector(),
        symbol(Scope.class, "scope", from.getScope()),
        from.getSubject(),
        from.getTenant(),
        from.getPrincipal(),
        List.copyOf(from.getPrincipals()),
        new ModelRef(model.getName(), model.getVersion(), model.getDigest()),
        RecordParts.micros(from.getTime()),
        RecordParts.micros(from.getFirstSeen()),
        from.getScore(),
        from.getLogEvidence(),
        from.getExchanges(),
        symbol(Maturity.class, "maturity", from.getMaturity()),
        symbol(Severity.class, "severity", from.getSeverity()),
        coreTechniques(from.getTechniques()),
        coreEvidence(from.getEvidence()),
        coreSamples(from.getSamples()),
        from.getSummary(),
        RecordParts.sorted(from.getAttributes()));
  }

  static io.vedette.alert.v1.Incident incident(Incident from) {
    IncidentDetails details = from.details();
    return io.vedette.alert.v1.Incident.newBuilder()
        .setIncidentId(from.incidentId())
        .setActivity(io.vedette.alert.v1.Activity.valueOf(from.activity().name()))
        .setSequence(from.sequence())
        .setTime(RecordParts.instant(from.timeMicros()))
        .setOpenedAt(RecordParts.instant(from.openedAtMicros()))
        .setFirstSeen(RecordParts.instant(from.firstSeenMicros()))
        .setLastSeen(RecordParts.instant(from.lastSeenMicros()))
        .setTenant(from.tenant())
        .setPrincipals(from.principals())
        .setModel(from.model())
        .setDetectors(from.detectors())
        .setTechniques(techniques(from.techniques()))
        .setSeverity(io.vedette.alert.v1.Severity.valueOf(from.severity().name()))
        .setConfidence(from.confidence())
        .setRiskScore(from.riskScore())
        .setLogEvidence(from.logEvidence())
        .setExchanges(from.exchanges())
        .setTitle(from.title())
        .setSummary(from.summary())
        .setEvidence(evidence(from.evidence()))
        .setSamples(samples(from.samples()))
        .setCloseReason(from.closeReason())
        .setFindings(details.findings())
        .setSuppressed(details.suppressed())
        .setMembers(details.members())
        .setReopened(details.reopened())
        .setStages(
            details.stages().stream()
                .map(s -> io.vedette.alert.v1.IncidentStage.valueOf(s.name()))
                .toList())
        .setCampaign(details.campaign())
        .setJoined(details.joined())
        .setVerdict(details.verdict() == null ? null : details.verdict().name())
        .setChecked(details.checked())
        .setNextSteps(details.nextSteps())
        .setRunbook(details.runbook())
        .build();
  }

  private static IncidentDetails details(io.vedette.alert.v1.Incident from) {
    return new IncidentDetails(
        from.getFindings(),
        from.getSuppressed(),
        from.getMembers(),
        from.getReopened(),
        from.getStages().stream()
            .flatMap(s -> known(IncidentStage.class, s.name()).stream())
            .toList(),
        from.getCampaign(),
        List.copyOf(from.getJoined()),
        from.getVerdict() == null
            ? null
            : known(Verdict.Kind.class, from.getVerdict()).orElse(Verdict.Kind.UNKNOWN),
        List.copyOf(from.getChecked()),
        List.copyOf(from.getNextSteps()),
        from.getRunbook());
  }

  static Incident incident(io.vedette.alert.v1.Incident from) {
    return new Incident(
        from.getIncidentId(),
        symbol(Incident.Activity.class, "activity", from.getActivity()),
        from.getSequence(),
        RecordParts.micros(from.getTime()),
        RecordParts.micros(from.getOpenedAt()),
        RecordParts.micros(from.getFirstSeen()),
        RecordParts.micros(from.getLastSeen()),
        from.getTenant(),
        List.copyOf(from.getPrincipals()),
        from.getModel(),
        List.copyOf(from.getDetectors()),
        coreTechniques(from.getTechniques()),
        symbol(Severity.class, "severity", from.getSeverity()),
        from.getConfidence(),
        from.getRiskScore(),
        from.getLogEvidence(),
        from.getExchanges(),
        from.getTitle(),
        from.getSummary(),
        coreEvidence(from.getEvidence()),
        coreSamples(from.getSamples()),
        from.getCloseReason(),
        details(from));
  }

  /** A word of ours; empty for one that a later version has added. */
  private static <E extends Enum<E>> Optional<E> known(Class<E> type, String name) {
    return Stream.of(type.getEnumConstants()).filter(e -> e.name().equals(name)).findFirst();
  }

  private static <E extends Enum<E>> E symbol(Class<E> type, String field, Enum<?> from) {
    try {
      return Enum.valueOf(type, from.name());
    } catch (IllegalArgumentException e) {
      throw new SerializationException(
          field + " must be one of " + List.of(type.getEnumConstants()) + ", was " + from, e);
    }
  }

  private static List<io.vedette.alert.v1.Technique> techniques(List<Technique> from) {
    return from.stream()
        .map(technique -> new io.vedette.alert.v1.Technique(technique.id(), technique.name()))
        .toList();
  }

  private static List<Technique> coreTechniques(List<io.vedette.alert.v1.Technique> from) {
    return from.stream()
        .map(technique -> new Technique(technique.getId(), technique.getName()))
        .toList();
  }

  private static List<io.vedette.alert.v1.Measurement> evidence(List<Measurement> from) {
    return from.stream()
        .map(
            measurement ->
                new io.vedette.alert.v1.Measurement(
                    measurement.name(),
                    measurement.value(),
                    measurement.unit(),
                    Double.isNaN(measurement.limit()) ? null : measurement.limit()))
        .toList();
  }

  private static List<Measurement> coreEvidence(List<io.vedette.alert.v1.Measurement> from) {
    return from.stream()
        .map(
            measurement ->
                new Measurement(
                    measurement.getName(),
                    measurement.getValue(),
                    measurement.getUnit(),
                    measurement.getLimit() == null ? Double.NaN : measurement.getLimit()))
        .toList();
  }

  private static List<io.vedette.alert.v1.Sample> samples(List<Sample> from) {
    return from.stream()
        .map(
            sample ->
                new io.vedette.alert.v1.Sample(
                    sample.requestId(),
                    sample.origin().topic(),
                    sample.origin().partition(),
                    sample.origin().offset(),
                    sample.trace() == null ? null : sample.trace().toString()))
        .toList();
  }

  private static List<Sample> coreSamples(List<io.vedette.alert.v1.Sample> from) {
    return from.stream()
        .map(
            sample ->
                new Sample(
                    sample.getRequestId(),
                    new Origin(sample.getTopic(), sample.getPartition(), sample.getOffset()),
                    TraceId.parse(sample.getTraceId())))
        .toList();
  }
}
