package io.vedette.edge.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.core.Incident;
import io.vedette.core.Verdict;
import java.util.List;

/** Incident Finding, class 2005: the case that analysts work on. */
final class OcsfIncident {

  static final int CLASS = 2005;
  private static final int CLOSED = 5;

  private final OcsfParts parts;

  OcsfIncident(OcsfParts parts) {
    this.parts = parts;
  }

  ObjectNode document(Incident incident) {
    Taxonomy.Entry entry = parts.taxonomy.first(incident.detectors());
    String detector = incident.detectors().isEmpty() ? "unknown" : incident.detectors().get(0);
    ObjectNode event = parts.event(incident, CLASS, "Incident Finding");
    parts.times(
        event, incident.timeMicros(), incident.firstSeenMicros(), incident.lastSeenMicros());
    event.put("count", (int) Math.min(Integer.MAX_VALUE, Math.max(0, incident.exchanges())));
    parts.weight(event, incident.severity(), incident.confidence(), incident.riskScore());
    parts.status(event, incident, CLOSED);
    Verdict.Kind verdict = incident.details().verdict();
    event.put("verdict_id", Scale.verdict(verdict)).put("verdict", Scale.verdictWord(verdict));
    String group = parts.options.assigneeGroup();
    event.putObject("assignee_group").put("name", group).put("uid", group);
    event.put("message", Story.what(incident));
    event.put("desc", Story.whole(incident, entry));
    Json.text(event, "src_url", parts.options.page(incident));
    String uid = incident.incidentId() + ':' + incident.sequence();
    event.set(
        "metadata",
        parts.metadata(incident, uid, detector, "vedette.incidents", List.of("incident")));
    Json.objects(event, "attacks", parts.attacks(incident.techniques(), detector));
    Json.objects(event, "finding_info_list", findings(incident));
    parts.observables(event, incident.principals(), incident.model());
    event.putObject("unmapped").set("vedette", own(incident, entry));
    return event;
  }

  private List<ObjectNode> findings(Incident incident) {
    List<String> detectors =
        incident.detectors().isEmpty() ? List.of("unknown") : incident.detectors();
    return detectors.stream().map(detector -> finding(incident, detector)).toList();
  }

  private ObjectNode finding(Incident incident, String detector) {
    Taxonomy.Entry entry = parts.taxonomy.detector(detector);
    ObjectNode info = Json.object();
    info.put("uid", OcsfParts.findingUid(incident, detector));
    info.put("title", entry.name());
    Json.texts(info, "types", entry.ocsfTypes());
    info.put("created_time", OcsfParts.stamp(incident.openedAtMicros()));
    info.put("first_seen_time", OcsfParts.stamp(incident.firstSeenMicros()));
    info.put("last_seen_time", OcsfParts.stamp(incident.lastSeenMicros()));
    Json.text(info, "src_url", parts.options.runbook(List.of(detector)));
    info.set("analytic", parts.analytic(detector));
    if (entry.killChainPhaseId() > 0) {
      info.putArray("kill_chain").addObject().put("phase_id", entry.killChainPhaseId());
    }
    return info;
  }

  private ObjectNode own(Incident incident, Taxonomy.Entry entry) {
    ObjectNode own = Json.object();
    own.put("schema_version", 1);
    own.put("taxonomy_version", parts.taxonomy.version());
    Json.texts(own, "principals", incident.principals());
    own.put("model", incident.model());
    Json.texts(own, "detectors", incident.detectors());
    Json.number(own, "log_evidence", Json.evidence(incident.logEvidence()));
    Json.measurements(own, "evidence", incident.evidence());
    Json.samples(own, "samples", incident.samples());
    Json.details(own, incident.details());
    own.put("payload_included", false);
    Json.texts(own, "rule_out", entry.ruleOut());
    Json.texts(own, "next_steps", entry.nextSteps());
    Json.text(own, "runbook", parts.options.runbook(incident));
    return own;
  }
}
