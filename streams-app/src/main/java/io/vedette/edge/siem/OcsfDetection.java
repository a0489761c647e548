package io.vedette.edge.siem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Measurement;
import java.util.List;

/** Detection Finding, class 2004: what one detector reported and on what evidence. */
final class OcsfDetection {

  static final int CLASS = 2004;
  private static final int RESOLVED = 4;

  private final OcsfParts parts;

  OcsfDetection(OcsfParts parts) {
    this.parts = parts;
  }

  ObjectNode document(Incident incident, Finding finding) {
    Taxonomy.Entry entry = parts.taxonomy.detector(finding.detector());
    ObjectNode event = parts.event(incident, CLASS, "Detection Finding");
    parts.times(event, finding.timeMicros(), finding.firstSeenMicros(), finding.timeMicros());
    event.put("count", (int) Math.min(Integer.MAX_VALUE, Math.max(0, finding.exchanges())));
    parts.weight(event, finding.severity(), incident.confidence(), incident.riskScore());
    parts.status(event, incident, RESOLVED);
    event.put("is_alert", true);
    event.put("action_id", 3).put("action", "Observed");
    event.put("disposition_id", 15).put("disposition", "Detected");
    event.put("message", Story.what(finding, entry.name()));
    Json.text(event, "src_url", parts.options.page(incident));
    String uid = incident.incidentId() + ':' + incident.sequence() + ':' + finding.detector();
    event.set(
        "metadata",
        parts.metadata(
            incident,
            uid,
            finding.detector(),
            "vedette.findings",
            List.of("security_control", "incident")));
    event.set("finding_info", info(incident, finding, entry));
    Json.objects(event, "anomaly_analyses", analyses(finding));
    event.putArray("resources").add(model(finding));
    event.putArray("evidences").add(evidence(finding));
    parts.observables(event, principals(finding), finding.model().name());
    ObjectNode remediation = event.putObject("remediation").put("desc", Story.next(entry));
    String runbook = parts.options.runbook(List.of(finding.detector()));
    Json.texts(remediation, "references", runbook.isEmpty() ? List.of() : List.of(runbook));
    event.putObject("unmapped").set("vedette", own(finding, entry));
    return event;
  }

  private static List<String> principals(Finding finding) {
    if (!finding.principals().isEmpty()) {
      return finding.principals();
    }
    return finding.principal() == null ? List.of() : List.of(finding.principal());
  }

  private ObjectNode info(Incident incident, Finding finding, Taxonomy.Entry entry) {
    ObjectNode info = Json.object();
    info.put("uid", OcsfParts.findingUid(incident, finding.detector()));
    info.put("uid_alt", dedupKey(finding));
    info.put("title", entry.name());
    info.put("desc", Story.what(finding, entry.name()));
    Json.texts(info, "types", entry.ocsfTypes());
    info.put("created_time", OcsfParts.stamp(incident.openedAtMicros()));
    info.put("first_seen_time", OcsfParts.stamp(finding.firstSeenMicros()));
    info.put("last_seen_time", OcsfParts.stamp(finding.timeMicros()));
    Json.text(info, "src_url", parts.options.runbook(List.of(finding.detector())));
    info.set("product", parts.product());
    info.set("analytic", parts.analytic(finding.detector()));
    Json.objects(info, "attacks", parts.attacks(finding.techniques(), finding.detector()));
    if (entry.killChainPhaseId() > 0) {
      info.putArray("kill_chain").addObject().put("phase_id", entry.killChainPhaseId());
    }
    ArrayNode tags = info.putArray("tags");
    tag(tags, "owasp_ml_2023", entry.owaspMl());
    tag(tags, "owasp_llm_2025", entry.owaspLlm2025());
    tag(tags, "owasp_llm_2026", entry.owaspLlm2026());
    tag(tags, "nist_ai_100_2_e2025", entry.nist());
    tag(tags, "owasp_aisvs_1_0", entry.aisvs());
    if (tags.isEmpty()) {
      info.remove("tags");
    }
    ArrayNode traits = info.putArray("traits");
    for (Measurement m : finding.evidence()) {
      ObjectNode trait = traits.addObject().put("name", m.name()).put("category", "feature");
      trait.putArray("values").add(Story.number(m.value()));
    }
    if (traits.isEmpty()) {
      info.remove("traits");
    }
    return info;
  }

  /** One case per detector, caller (or subject) and model, whatever the version. */
  static String dedupKey(Finding finding) {
    String who = finding.principal() == null ? finding.subject() : finding.principal();
    return finding.detector() + '|' + finding.tenant() + '|' + who + '|' + finding.model().name();
  }

  private static void tag(ArrayNode tags, String name, List<String> ids) {
    if (!ids.isEmpty()) {
      ArrayNode values = tags.addObject().put("name", name).putArray("values");
      ids.forEach(values::add);
    }
  }

  /** Observed against limit, for what lies above it. */
  private static List<ObjectNode> analyses(Finding finding) {
    List<Measurement> above =
        finding.evidence().stream().filter(m -> m.value() > m.limit()).toList();
    if (above.isEmpty()) {
      return List.of();
    }
    ObjectNode analysis = Json.object();
    boolean caller = finding.principal() != null;
    analysis
        .putArray("analysis_targets")
        .addObject()
        .put("name", caller ? finding.principal() : finding.model().name())
        .put("type", caller ? "API principal" : "AI Model");
    ArrayNode anomalies = analysis.putArray("anomalies");
    ArrayNode baselines = analysis.putArray("baselines");
    for (Measurement m : above) {
      observation(anomalies, m.name(), "ABOVE_LIMIT", m.value());
      observation(baselines, m.name(), "LIMIT", m.limit());
    }
    return List.of(analysis);
  }

  private static void observation(ArrayNode to, String name, String pattern, double value) {
    ObjectNode each = to.addObject();
    each.put("observation_parameter", name);
    each.put("observation_type", "Statistical Limit");
    each.put("observed_pattern", pattern);
    each.putArray("observations").addObject().put("value", Story.number(value));
  }

  private static ObjectNode model(Finding finding) {
    ObjectNode model = Json.object();
    model.put("uid", "model:" + finding.model().name());
    model.put("name", finding.model().name());
    Json.text(model, "version", finding.model().version());
    model.put("type", "AI Model");
    model.put("role_id", 1).put("role", "Target");
    String digest = finding.model().digest();
    if (digest != null && !digest.isEmpty()) {
      model.putArray("labels").add("digest:" + digest);
    }
    return model;
  }

  private static ObjectNode evidence(Finding finding) {
    ObjectNode evidence = Json.object();
    evidence.put("name", "exemplar requests");
    if (finding.principal() != null) {
      evidence
          .putObject("actor")
          .putObject("user")
          .put("uid", finding.principal())
          .put("name", finding.principal());
    }
    ObjectNode data = evidence.putObject("data");
    Json.samples(data, "exemplars", finding.samples());
    data.put("payload_included", false);
    return evidence;
  }

  private ObjectNode own(Finding finding, Taxonomy.Entry entry) {
    ObjectNode own = Json.object();
    own.put("schema_version", 1);
    own.put("taxonomy_version", parts.taxonomy.version());
    own.put("scope", finding.scope().name());
    own.put("subject", finding.subject());
    Json.texts(own, "principals", principals(finding));
    own.put("model", finding.model().name());
    Json.number(own, "score", finding.score());
    Json.number(own, "log_evidence", Json.evidence(finding.logEvidence()));
    Json.measurements(own, "evidence", finding.evidence());
    Json.texts(own, "rule_out", entry.ruleOut());
    return own;
  }
}
