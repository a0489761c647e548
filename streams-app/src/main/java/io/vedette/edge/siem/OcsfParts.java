package io.vedette.edge.siem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.core.Incident;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.util.ArrayList;
import java.util.List;

/** The objects that both OCSF classes share. */
final class OcsfParts {

  private static final String ATLAS = "https://atlas.mitre.org/";
  private static final int MOST_OBSERVED = 10;
  private static final String[] ANALYTICS = {
    "Unknown",
    "Rule",
    "Behavioral",
    "Statistical",
    "Learning (ML/DL)",
    "Fingerprinting",
    "Tagging",
    "Keyword Match",
    "Regular Expressions",
    "Exact Data Match",
    "Partial Data Match",
    "Indexed Data Match"
  };

  final Taxonomy taxonomy;
  final SiemOptions options;

  OcsfParts(Taxonomy taxonomy, SiemOptions options) {
    this.taxonomy = taxonomy;
    this.options = options;
  }

  /** Uid of a detector's finding in an incident: the same in every activity. */
  static String findingUid(Incident incident, String detector) {
    return incident.incidentId() + ':' + detector;
  }

  /** Class, activity and times of an event. */
  ObjectNode event(Incident incident, int ocsfClass, String name) {
    int activity = Scale.activity(incident.activity());
    ObjectNode event = Json.object();
    event.put("activity_id", activity);
    event.put("activity_name", Scale.caption(incident.activity()));
    event.put("category_uid", 2);
    event.put("category_name", "Findings");
    event.put("class_uid", ocsfClass);
    event.put("class_name", name);
    event.put("type_uid", ocsfClass * 100 + activity);
    event.put("type_name", name + ": " + Scale.caption(incident.activity()));
    return event;
  }

  /** When it was seen. OCSF takes milliseconds from 1973 on; an earlier time is an attacker's. */
  void times(ObjectNode event, long timeMicros, long firstMicros, long lastMicros) {
    event.put("time", stamp(timeMicros));
    event.put("start_time", stamp(firstMicros));
    event.put("end_time", stamp(lastMicros));
    event.put("duration", Math.max(0, stamp(lastMicros) - stamp(firstMicros)));
    event.put("timezone_offset", 0);
  }

  static long stamp(long micros) {
    return Math.max(100_000_000_000L, Json.millis(micros));
  }

  /** Severity, confidence, impact, risk and priority: five fields, three different things. */
  void weight(ObjectNode event, Severity severity, double confidence, double risk) {
    event.put("severity_id", severity.level());
    event.put("severity", Scale.caption(severity));
    int percent = Scale.percent(confidence);
    event.put("confidence_id", Scale.confidence(percent));
    event.put("confidence", Scale.level(Scale.confidence(percent)));
    event.put("confidence_score", percent);
    event.put("impact_id", Scale.impact(severity));
    event.put("impact", Scale.level(Scale.impact(severity)));
    event.put("impact_score", severity.level() * 20);
    int score = Scale.risk(risk);
    event.put("risk_level_id", Scale.riskLevel(score));
    event.put("risk_level", Scale.level(Scale.riskLevel(score)));
    event.put("risk_score", score);
    int priority = Math.max(1, Scale.riskLevel(score));
    event.put("priority_id", priority);
    event.put("priority", Scale.level(priority));
  }

  /** New, in progress, closed; 2004 has no Closed but Resolved. */
  void status(ObjectNode event, Incident incident, int closed) {
    switch (incident.activity()) {
      case CREATE -> event.put("status_id", 1).put("status", "New");
      case UPDATE -> event.put("status_id", 2).put("status", "In Progress");
      case CLOSE ->
          event.put("status_id", closed).put("status", closed == 5 ? "Closed" : "Resolved");
    }
    if (incident.closeReason() != null) {
      Json.text(event, "status_detail", incident.closeReason());
    }
  }

  ObjectNode metadata(
      Incident incident, String uid, String detector, String log, List<String> profiles) {
    ObjectNode metadata = Json.object();
    metadata.put("version", options.ocsfVersion());
    Json.texts(metadata, "profiles", profiles);
    metadata.put("uid", uid);
    metadata.put("correlation_uid", incident.incidentId());
    metadata.put("event_code", detector);
    metadata.put("sequence", incident.sequence());
    Json.text(metadata, "tenant_uid", incident.tenant());
    metadata.put("log_name", log);
    metadata.put("log_provider", "vedette");
    metadata.put("original_time", Json.time(incident.timeMicros()));
    Json.texts(metadata, "labels", labels(taxonomy.detector(detector)));
    ObjectNode product = product();
    product.putObject("feature").put("name", detector).put("uid", detector);
    metadata.set("product", product);
    return metadata;
  }

  private static List<String> labels(Taxonomy.Entry entry) {
    List<String> labels = new ArrayList<>();
    entry.owaspMl().forEach(id -> labels.add("owasp_ml:" + id));
    entry.owaspLlm2025().forEach(id -> labels.add("owasp_llm:" + id));
    entry.owaspLlm2026().forEach(id -> labels.add("owasp_llm:" + id));
    entry.nist().forEach(id -> labels.add("nist_aml:" + id));
    entry.aisvs().forEach(id -> labels.add("owasp_aisvs:" + id));
    return labels;
  }

  ObjectNode product() {
    ObjectNode product = Json.object();
    product.put("name", "Vedette");
    product.put("vendor_name", "Vedette");
    product.put("uid", "vedette");
    product.put("version", options.productVersion());
    return product;
  }

  ObjectNode analytic(String detector) {
    Taxonomy.Entry entry = taxonomy.detector(detector);
    ObjectNode analytic = Json.object();
    analytic.put("uid", detector);
    analytic.put("name", entry.name());
    analytic.put("type_id", entry.analyticTypeId());
    analytic.put("type", ANALYTICS[entry.analyticTypeId()]);
    analytic.put("category", entry.category());
    return analytic;
  }

  /** One entry per technique that is claimed, under the tactic that our evidence speaks for. */
  List<ObjectNode> attacks(List<Technique> techniques, String detector) {
    List<String> mitigations = taxonomy.detector(detector).mitigations();
    List<ObjectNode> attacks = new ArrayList<>();
    for (Technique technique : techniques) {
      ObjectNode attack = Json.object();
      attack.put("version", taxonomy.edition("atlas"));
      Taxonomy.TechniqueEntry entry = taxonomy.techniques().get(technique.id());
      if (entry != null) {
        String tactic = entry.tactics().get(0);
        named(attack, "tactic", tactic, taxonomy.tactics().getOrDefault(tactic, ""), "tactics/");
      }
      String parent = Taxonomy.parent(technique.id());
      String own = entry == null ? technique.name() : entry.name();
      if (parent == null) {
        named(attack, "technique", technique.id(), own, "techniques/");
      } else {
        named(attack, "technique", parent, taxonomy.fullName(parent), "techniques/");
        named(attack, "sub_technique", technique.id(), own, "techniques/");
      }
      if (!mitigations.isEmpty()) {
        String first = mitigations.get(0);
        attack
            .putObject("mitigation")
            .put("uid", first)
            .put("name", taxonomy.mitigations().getOrDefault(first, first));
      }
      attacks.add(attack);
    }
    return attacks;
  }

  private static void named(ObjectNode attack, String kind, String id, String name, String path) {
    ObjectNode node = attack.putObject(kind);
    node.put("uid", id);
    Json.text(node, "name", name);
    if (id.matches("AML\\.TA?[0-9.]+")) {
      node.put("src_url", ATLAS + path + id);
    }
  }

  /** What to pivot on: accounts and the model. */
  void observables(ObjectNode event, List<String> principals, String model) {
    ArrayNode all = event.putArray("observables");
    for (String principal : principals.subList(0, Math.min(MOST_OBSERVED, principals.size()))) {
      ObjectNode each = all.addObject();
      each.put("name", "unmapped.vedette.principals");
      each.put("type_id", 4).put("type", "User Name").put("value", principal);
    }
    ObjectNode each = all.addObject();
    each.put("name", "unmapped.vedette.model");
    each.put("type_id", 99).put("type", "AI Model").put("value", "model:" + model);
  }
}
