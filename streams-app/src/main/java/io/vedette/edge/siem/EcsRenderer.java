package io.vedette.edge.siem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Sample;
import io.vedette.core.Technique;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Renders Elastic Common Schema 9.4: one document per activity of an incident, {@code event.kind}
 * alert. Own fields stand under {@code vedette} alone. Source: elastic/ecs, tag 9.4.0.
 */
public final class EcsRenderer implements Renderer {

  private static final String ATLAS = "https://atlas.mitre.org/";
  private static final long NANOS_PER_MICRO = 1000;

  private final Taxonomy taxonomy;
  private final SiemOptions options;

  /** A renderer by a taxonomy and options. */
  public EcsRenderer(Taxonomy taxonomy, SiemOptions options) {
    this.taxonomy = taxonomy;
    this.options = options;
  }

  @Override
  public List<View> render(Incident raw, @Nullable Finding cause, @Nullable RecordLink link) {
    Incident incident = Neutral.incident(raw);
    ObjectNode document = Json.link(document(incident), "/vedette", link);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("ecs-version", "9.4.0");
    headers.put(View.SEVERITY, Scale.word(incident.severity()));
    headers.put("tenant", incident.tenant());
    headers.put("schema-version", "1");
    headers.put(View.ID, id(incident));
    return List.of(new View(Json.text(document), headers));
  }

  private static String id(Incident incident) {
    return incident.incidentId() + ':' + incident.sequence();
  }

  private ObjectNode document(Incident incident) {
    Taxonomy.Entry entry = taxonomy.first(incident.detectors());
    ObjectNode doc = Json.object();
    doc.put("@timestamp", Json.time(incident.timeMicros()));
    doc.putObject("ecs").put("version", "9.4.0");
    doc.putObject("data_stream")
        .put("type", "logs")
        .put("dataset", "vedette.alert")
        .put("namespace", "default");
    doc.put("message", Story.what(incident));
    Json.texts(doc, "tags", List.of("vedette", entry.category()));
    labels(doc, entry);
    doc.set("event", event(incident, entry));
    doc.set("rule", rule(incident, entry));
    threat(doc, incident.techniques());
    if (incident.principals().size() == 1) {
      String principal = incident.principals().get(0);
      doc.putObject("user").put("id", principal).put("name", principal);
    }
    if (!incident.principals().isEmpty()) {
      Json.texts(doc.putObject("related"), "user", incident.principals());
    }
    doc.putObject("service")
        .put("id", "model:" + incident.model())
        .put("name", incident.model())
        .put("type", "ai_model");
    doc.putObject("observer")
        .put("vendor", "Vedette")
        .put("product", "Vedette")
        .put("type", "ids")
        .put("version", options.productVersion());
    if (!incident.tenant().isEmpty()) {
      doc.putObject("organization").put("id", incident.tenant());
    }
    trace(doc, incident.samples());
    doc.set("vedette", own(incident, entry));
    return doc;
  }

  /** The trace of an exemplar, from which a SIEM leads to the call itself. */
  private static void trace(ObjectNode doc, List<Sample> samples) {
    samples.stream()
        .map(Sample::trace)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(trace -> doc.putObject("trace").put("id", trace.toString()));
  }

  private static void labels(ObjectNode doc, Taxonomy.Entry entry) {
    ObjectNode labels = Json.object();
    Json.text(labels, "owasp_ml", String.join(" ", entry.owaspMl()));
    Json.text(labels, "owasp_llm", String.join(" ", entry.owaspLlm2025()));
    Json.text(labels, "owasp_llm_2026", String.join(" ", entry.owaspLlm2026()));
    Json.text(labels, "nist_aml", String.join(" ", entry.nist()));
    Json.text(labels, "owasp_aisvs", String.join(" ", entry.aisvs()));
    if (!labels.isEmpty()) {
      doc.set("labels", labels);
    }
  }

  private ObjectNode event(Incident incident, Taxonomy.Entry entry) {
    ObjectNode event = Json.object();
    event.put("kind", "alert"); // never signal: that is Elastic's own
    Json.texts(event, "category", entry.ecsCategory());
    Json.texts(event, "type", entry.ecsType());
    event.put("module", "vedette").put("dataset", "vedette.alert").put("provider", "vedette");
    event.put("action", "incident-" + Scale.caption(incident.activity()).toLowerCase(Locale.ROOT));
    event.put("code", incident.detectors().isEmpty() ? "unknown" : incident.detectors().get(0));
    event.put("id", id(incident));
    event.put("created", Json.time(incident.openedAtMicros()));
    event.put("start", Json.time(incident.firstSeenMicros()));
    event.put("end", Json.time(incident.lastSeenMicros()));
    event.put(
        "duration",
        Math.max(0, incident.lastSeenMicros() - incident.firstSeenMicros()) * NANOS_PER_MICRO);
    event.put("severity", Scale.elastic(incident.severity()));
    Json.number(event, "risk_score", incident.riskScore());
    Json.number(event, "risk_score_norm", Math.max(0, Math.min(100, incident.riskScore())));
    event.put("sequence", incident.sequence());
    event.put("reason", Story.whole(incident, entry));
    Json.text(event, "reference", options.runbook(incident.detectors()));
    Json.text(event, "url", options.page(incident));
    return event;
  }

  private ObjectNode rule(Incident incident, Taxonomy.Entry entry) {
    ObjectNode rule = Json.object();
    rule.put("id", incident.detectors().isEmpty() ? "unknown" : incident.detectors().get(0));
    rule.put("name", entry.name());
    rule.put("category", entry.category());
    rule.put("ruleset", "vedette");
    rule.put("version", options.productVersion());
    rule.putArray("author").add("Vedette");
    rule.put("license", "Apache-2.0");
    Json.text(rule, "reference", options.runbook(incident.detectors()));
    return rule;
  }

  /** Arrays that are not zipped, the first technique first. */
  private void threat(ObjectNode doc, List<Technique> techniques) {
    if (techniques.isEmpty()) {
      return;
    }
    Set<String> tactics = new LinkedHashSet<>();
    Map<String, String> parents = new LinkedHashMap<>();
    Map<String, String> subs = new LinkedHashMap<>();
    for (Technique technique : techniques) {
      Taxonomy.TechniqueEntry entry = taxonomy.techniques().get(technique.id());
      if (entry != null) {
        tactics.add(entry.tactics().get(0));
      }
      String own = entry == null ? technique.name() : entry.name();
      String parent = Taxonomy.parent(technique.id());
      if (parent == null) {
        parents.put(technique.id(), own);
      } else {
        parents.putIfAbsent(parent, taxonomy.fullName(parent));
        subs.put(technique.id(), own);
      }
    }
    ObjectNode threat = doc.putObject("threat");
    threat.put("framework", "MITRE ATLAS");
    Map<String, String> named = new LinkedHashMap<>();
    tactics.forEach(id -> named.put(id, taxonomy.tactics().getOrDefault(id, "")));
    list(threat, "tactic", named, "tactics/");
    ObjectNode technique = list(threat, "technique", parents, "techniques/");
    if (!subs.isEmpty()) {
      list(technique, "subtechnique", subs, "techniques/");
    }
  }

  private static ObjectNode list(
      ObjectNode at, String kind, Map<String, String> names, String path) {
    ObjectNode node = Json.object();
    if (names.isEmpty()) {
      return node;
    }
    at.set(kind, node);
    ArrayNode ids = node.putArray("id");
    ArrayNode captions = node.putArray("name");
    ArrayNode references = node.putArray("reference");
    names.forEach(
        (id, name) -> {
          ids.add(id);
          captions.add(name);
          references.add(ATLAS + path + id);
        });
    return node;
  }

  private ObjectNode own(Incident incident, Taxonomy.Entry entry) {
    ObjectNode own = Json.object();
    own.putObject("incident")
        .put("id", incident.incidentId())
        .put("activity", Scale.caption(incident.activity()).toLowerCase(Locale.ROOT));
    if (incident.closeReason() != null) {
      own.withObject("incident").put("close_reason", incident.closeReason());
    }
    own.putObject("model").put("name", incident.model());
    Json.texts(own, "detectors", incident.detectors());
    Json.number(own, "confidence", incident.confidence());
    Json.number(own, "log_evidence", Json.evidence(incident.logEvidence()));
    own.put("exchanges", incident.exchanges());
    own.put("atlas_version", taxonomy.edition("atlas"));
    own.put("taxonomy_version", taxonomy.version());
    Json.measurements(own, "evidence", incident.evidence());
    Json.samples(own, "samples", incident.samples());
    Json.details(own, incident.details());
    own.put("payload_included", false);
    Json.texts(own, "rule_out", entry.ruleOut());
    Json.texts(own, "next_steps", entry.nextSteps());
    Json.text(own, "runbook", options.runbook(incident));
    return own;
  }
}
