package io.vedette.edge.http;

import io.vedette.core.Incident;
import io.vedette.core.Measurement;
import io.vedette.core.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an activity changed: one step of an incident's timeline. */
record Step(
    Incident.Activity activity,
    int sequence,
    long timeMicros,
    Severity severity,
    double confidence,
    double riskScore,
    double logEvidence,
    int members,
    List<String> detectors,
    List<Measurement> evidence,
    @Nullable String closeReason) {

  static Step of(Incident incident) {
    return new Step(
        incident.activity(),
        incident.sequence(),
        incident.timeMicros(),
        incident.severity(),
        incident.confidence(),
        incident.riskScore(),
        incident.logEvidence(),
        Math.max(incident.details().members(), incident.principals().size()),
        incident.detectors(),
        incident.evidence(),
        incident.closeReason());
  }
}
