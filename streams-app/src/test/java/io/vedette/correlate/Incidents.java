package io.vedette.correlate;

import static io.vedette.correlate.Findings.MINUTE;

import io.vedette.core.Incident;
import io.vedette.core.IncidentDetails;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents about one account, for tests of what is advised. */
final class Incidents {

  private static final long MINUTE = 60_000_000L;

  private Incidents() {}

  /** A new incident about eve, a minute in. */
  static Incident incident(String id, String model, double confidence) {
    List<Incident> made = new ArrayList<>();
    Desk<Page> other = new Desk<>(new IncidentBook(Alerting.defaults(), 1), made::add);
    other.observe(Findings.caller("extraction", "eve", MINUTE, 20));
    Incident i = made.get(0);
    return copy(
        i, id, model, confidence, MINUTE, "acme", List.of("eve"), i.details(), i.activity());
  }

  /** The same incident at another time. */
  static Incident at(Incident i, long time) {
    return copy(
        i,
        i.incidentId(),
        i.model(),
        i.confidence(),
        time,
        i.tenant(),
        i.principals(),
        i.details(),
        i.activity());
  }

  /** The same incident of others. */
  static Incident with(Incident i, String tenant, List<String> principals) {
    return copy(
        i,
        i.incidentId(),
        i.model(),
        i.confidence(),
        i.timeMicros(),
        tenant,
        principals,
        i.details(),
        i.activity());
  }

  /** The same incident after another one went into it. */
  static Incident joined(Incident i, int members, String joined) {
    IncidentDetails details = details(i.details(), members, List.of(joined), null);
    return copy(
        i,
        i.incidentId(),
        i.model(),
        i.confidence(),
        i.timeMicros(),
        i.tenant(),
        i.principals(),
        details,
        i.activity());
  }

  /** Its end, by a verdict that nothing was wrong. */
  static Incident harmless(Incident i) {
    IncidentDetails d = i.details();
    return copy(
        i,
        i.incidentId(),
        i.model(),
        i.confidence(),
        i.timeMicros(),
        i.tenant(),
        i.principals(),
        details(d, d.members(), d.joined(), Verdict.Kind.FALSE_POSITIVE),
        Incident.Activity.CLOSE);
  }

  private static IncidentDetails details(
      IncidentDetails d, int members, List<String> joined, Verdict.@Nullable Kind verdict) {
    return new IncidentDetails(
        d.findings(),
        d.suppressed(),
        members,
        d.reopened(),
        d.stages(),
        d.campaign(),
        joined,
        verdict,
        d.checked(),
        d.nextSteps(),
        d.runbook());
  }

  private static Incident copy(
      Incident i,
      String id,
      String model,
      double confidence,
      long time,
      String tenant,
      List<String> principals,
      IncidentDetails details,
      Incident.Activity activity) {
    return new Incident(
        id,
        activity,
        i.sequence(),
        time,
        i.openedAtMicros(),
        i.firstSeenMicros(),
        activity == Incident.Activity.CLOSE ? i.lastSeenMicros() : time,
        tenant,
        principals,
        model,
        i.detectors(),
        i.techniques(),
        i.severity(),
        confidence,
        i.riskScore(),
        i.logEvidence(),
        i.exchanges(),
        i.title(),
        i.summary(),
        i.evidence(),
        i.samples(),
        i.closeReason(),
        details);
  }
}
