package io.vedette.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * One screen a case: who and what, the timeline of evidence, exemplars, what was checked, what to
 * do next, the verdict and where the runbook is. Text that attackers chose is made harmless.
 */
public final class CaseScreen {

  private static final int TITLE = 120; // characters
  private static final int SUMMARY = 600;
  private static final int NOTE = 400;
  private static final int ADDRESS = 300;
  private static final int MEMBERS = 10;
  private static final int STEPS = 12; // of the timeline: the first and the latest
  private static final int SENTENCES = 16;

  private final IncidentLines lines;
  private final String service;

  /**
   * A screen.
   *
   * @param colour whether it has ANSI colours
   * @param service address of the service, which serves runbooks; empty when none is asked
   */
  public CaseScreen(boolean colour, String service) {
    this.lines = new IncidentLines(colour);
    this.service = service;
  }

  /**
   * The case as lines.
   *
   * @param json an incident of the API
   * @throws JsonProcessingException when it is not JSON
   */
  public String render(String json) throws JsonProcessingException {
    JsonNode incident = Shown.parse(json);
    StringBuilder out = new StringBuilder(2048);
    out.append(Shown.text(incident.path("title"), TITLE)).append('\n');
    out.append(lines.severity(incident).strip())
        .append("  risk ")
        .append(Shown.number(incident.path("riskScore")))
        .append("  confidence ")
        .append(Shown.number(incident.path("confidence")))
        .append("  log10 e ")
        .append(Shown.evidence(incident.path("logEvidence")))
        .append("  ")
        .append(state(incident))
        .append("\n\n");
    field(out, "id", Shown.name(incident.path("incidentId")));
    field(out, "who", Shown.who(incident, MEMBERS));
    field(out, "model", Shown.name(incident.path("model")));
    field(out, "detectors", Shown.names(incident.path("detectors"), MEMBERS));
    field(out, "techniques", Shown.names(incident.path("techniques"), MEMBERS));
    field(out, "what", Shown.text(incident.path("summary"), SUMMARY));
    field(
        out,
        "seen",
        Shown.time(incident.path("firstSeen"))
            + " to "
            + Shown.time(incident.path("lastSeen"))
            + ", "
            + Shown.number(incident.path("exchanges"))
            + " exchanges when it opened");
    counts(out, incident);
    timeline(out, incident.path("timeline"));
    samples(out, incident.path("samples"));
    sentences(out, "Checked", incident.path("checked"));
    sentences(out, "Next", incident.path("nextSteps"));
    verdict(out, incident.path("verdict"));
    runbooks(out, incident);
    return out.toString();
  }

  private static void counts(StringBuilder out, JsonNode incident) {
    int members = incident.path("members").asInt();
    int named = incident.path("principals").size();
    if (members > named) {
      field(out, "members", members + ", of which the incident names " + named);
    }
    field(out, "stages", Shown.names(incident.path("stages"), MEMBERS).toLowerCase(Locale.ROOT));
    if (incident.path("findings").isNumber()) {
      long suppressed = incident.path("suppressed").asLong();
      field(
          out,
          "findings",
          Shown.number(incident.path("findings"))
              + (suppressed > 0 ? ", and " + suppressed + " that an exception kept out" : ""));
    }
    field(out, "campaign", Shown.name(incident.path("campaign")));
  }

  private static void sentences(StringBuilder out, String heading, JsonNode sentences) {
    if (sentences.isEmpty()) {
      return;
    }
    out.append('\n').append(heading).append('\n');
    int shown = 0;
    for (JsonNode sentence : sentences) {
      if (shown++ < SENTENCES) {
        out.append("  - ").append(Shown.text(sentence, ADDRESS)).append('\n');
      }
    }
  }

  private static String state(JsonNode incident) {
    if (!incident.path("activity").asText().equals("CLOSE")) {
      return "open since " + Shown.time(incident.path("openedAt"));
    }
    String reason = Shown.name(incident.path("closeReason"));
    return "closed " + Shown.time(incident.path("time")) + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static void field(StringBuilder out, String name, String value) {
    if (!value.isEmpty()) {
      out.append(String.format(Locale.ROOT, "  %-11s", name)).append(value).append('\n');
    }
  }

  private static void timeline(StringBuilder out, JsonNode steps) {
    if (steps.isEmpty()) {
      return;
    }
    out.append("\nTimeline\n");
    int hidden = steps.size() - STEPS;
    for (int i = 0; i < steps.size(); i++) {
      if (hidden > 0 && i == 1) {
        out.append("  ... ").append(hidden).append(" more\n");
        i += hidden;
      }
      JsonNode step = steps.get(i);
      out.append("  ")
          .append(Shown.time(step.path("time")))
          .append("  ")
          .append(
              String.format(
                  Locale.ROOT,
                  "%-6s %-13s risk %-4s log10 e %-7s members %-3s %s",
                  Shown.name(step.path("activity")),
                  Shown.name(step.path("severity")),
                  Shown.number(step.path("riskScore")),
                  Shown.evidence(step.path("logEvidence")),
                  Shown.number(step.path("members")),
                  Shown.measurements(step.path("evidence"))))
          .append('\n');
    }
  }

  private static void samples(StringBuilder out, JsonNode samples) {
    if (samples.isEmpty()) {
      return;
    }
    out.append("\nExemplars\n");
    for (JsonNode sample : samples) {
      out.append("  ")
          .append(Shown.name(sample.path("requestId")))
          .append("  ")
          .append(Shown.name(sample.path("topic")))
          .append(" partition ")
          .append(Shown.number(sample.path("partition")))
          .append(" offset ")
          .append(Shown.number(sample.path("offset")));
      String trace = Shown.name(sample.path("traceId"));
      out.append(trace.isEmpty() ? "" : "  trace ").append(trace).append('\n');
    }
  }

  static void verdict(StringBuilder out, JsonNode verdict) {
    if (verdict.isObject()) {
      out.append("\nVerdict\n  ").append(judged(verdict)).append('\n');
    }
  }

  /** A verdict in one line. */
  static String judged(JsonNode verdict) {
    JsonNode scope = verdict.path("scope");
    StringBuilder out = new StringBuilder(200);
    out.append(Shown.name(verdict.path("verdict")))
        .append(" by ")
        .append(Shown.name(verdict.path("analyst")))
        .append(" at ")
        .append(Shown.time(verdict.path("time")));
    if (scope.isObject()) {
      out.append(", exception for ");
      for (Map.Entry<String, JsonNode> part : scope.properties()) {
        if (!part.getValue().isNull()) {
          out.append(TerminalText.clean(part.getKey(), 20))
              .append(' ')
              .append(Shown.name(part.getValue()))
              .append(' ');
        }
      }
      out.append("until ").append(Shown.time(verdict.path("until")));
    }
    String note = Shown.text(verdict.path("note"), NOTE);
    return out.append(note.isEmpty() ? "" : ": " + note).toString();
  }

  /** Configured addresses, or those below the service; without either what the incident names. */
  private void runbooks(StringBuilder out, JsonNode incident) {
    StringBuilder known = new StringBuilder();
    for (Map.Entry<String, JsonNode> runbook : incident.path("runbooks").properties()) {
      String address = runbook.getValue().asText();
      boolean path = address.startsWith("/");
      if (!path || !service.isEmpty()) {
        field(
            known,
            TerminalText.clean(runbook.getKey(), 20),
            TerminalText.clean(path ? service + address : address, ADDRESS));
      }
    }
    if (known.isEmpty()) {
      field(known, "page", Shown.text(incident.path("runbook"), ADDRESS));
    }
    if (!known.isEmpty()) {
      out.append("\nRunbook\n").append(known);
    }
  }
}
