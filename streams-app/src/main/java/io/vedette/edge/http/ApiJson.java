package io.vedette.edge.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.core.Measurement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the API says beyond the incident itself, as JSON. */
final class ApiJson {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final double CERTAIN = 999; // stands for infinite evidence, which JSON has not

  private ApiJson() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A rendered object with further fields behind its own. */
  static String with(String object, ObjectNode more) {
    return object.substring(0, object.lastIndexOf('}')) + ',' + more.toString().substring(1);
  }

  static ObjectNode step(Step step) {
    ObjectNode json = object();
    json.put("activity", step.activity().name());
    json.put("sequence", step.sequence());
    json.put("time", time(step.timeMicros()));
    json.put("severity", step.severity().name());
    json.put("confidence", step.confidence());
    json.put("riskScore", step.riskScore());
    json.put("logEvidence", certain(step.logEvidence()));
    json.put("members", step.members());
    step.detectors().forEach(json.putArray("detectors")::add);
    ArrayNode evidence = json.putArray("evidence");
    for (Measurement m : step.evidence()) {
      ObjectNode measured = evidence.addObject();
      measured.put("name", m.name());
      finite(measured, "value", m.value());
      measured.put("unit", m.unit());
      finite(measured, "limit", m.limit());
    }
    if (step.closeReason() != null) {
      json.put("closeReason", step.closeReason());
    }
    return json;
  }

  static ObjectNode judgement(Judgement judgement) {
    ObjectNode json = object();
    json.put("incidentId", judgement.incidentId());
    json.put("verdict", judgement.kind().name());
    json.put("analyst", judgement.analyst());
    json.put("note", judgement.note());
    json.put("time", time(judgement.timeMicros()));
    Judgement.Scope scope = judgement.scope();
    if (scope != null) {
      ObjectNode within = json.putObject("scope");
      within.put("tenant", scope.tenant());
      within.put("principal", scope.principal());
      within.put("model", scope.model());
      within.put("detector", scope.detector());
    }
    if (judgement.untilMicros() != null) {
      json.put("until", time(judgement.untilMicros()));
    }
    return json;
  }

  static ObjectNode dossier(Dossiers.@Nullable Dossier dossier) {
    ObjectNode json = object();
    ArrayNode models = json.putArray("models");
    ArrayNode evidence = json.putArray("evidence");
    if (dossier == null) {
      return json;
    }
    dossier
        .models()
        .forEach(
            (model, last) ->
                models
                    .addObject()
                    .put("name", model.substring(0, model.lastIndexOf(' ')))
                    .put("version", model.substring(model.lastIndexOf(' ') + 1))
                    .put("lastFinding", time(last)));
    dossier
        .trails()
        .forEach(
            (detector, trail) -> {
              ObjectNode one = evidence.addObject().put("detector", detector);
              one.put("findings", trail.findings()).put("peak", certain(trail.peak()));
              ArrayNode points = one.putArray("points");
              for (Trail.Point point : trail.points()) {
                points
                    .addObject()
                    .put("time", time(point.timeMicros()))
                    .put("logEvidence", certain(point.logEvidence()))
                    .put("score", point.score());
              }
            });
    return json;
  }

  static String time(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L)
        .toString();
  }

  private static double certain(double logEvidence) {
    return Double.isNaN(logEvidence) ? 0 : Math.max(-CERTAIN, Math.min(logEvidence, CERTAIN));
  }

  private static void finite(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }
}
