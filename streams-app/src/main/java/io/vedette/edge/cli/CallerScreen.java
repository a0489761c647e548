package io.vedette.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * The dossier of a caller: models with findings, evidence per detector over time, incidents,
 * exceptions.
 */
public final class CallerScreen {

  private static final String LEVELS = "_.:-=+*#"; // of evidence, from none to the peak

  private final IncidentLines lines;

  /** A screen with or without ANSI colours. */
  public CallerScreen(boolean colour) {
    this.lines = new IncidentLines(colour);
  }

  /**
   * The dossier as lines.
   *
   * @param json a caller of the API
   * @throws JsonProcessingException when it is not JSON
   */
  public String render(String json) throws JsonProcessingException {
    JsonNode caller = Shown.parse(json);
    StringBuilder out = new StringBuilder(2048);
    String tenant = Shown.name(caller.path("tenant"));
    out.append(tenant.isEmpty() ? "" : tenant + " / ")
        .append(Shown.name(caller.path("principal")))
        .append("\n\nModels with findings\n");
    for (JsonNode model : caller.path("models")) {
      out.append("  ")
          .append(Shown.name(model.path("name")))
          .append(' ')
          .append(Shown.name(model.path("version")))
          .append("  last ")
          .append(Shown.time(model.path("lastFinding")))
          .append('\n');
    }
    none(out, caller.path("models"));
    out.append("\nEvidence, log10 of the e-value over time\n");
    for (JsonNode evidence : caller.path("evidence")) {
      trail(out, evidence);
    }
    none(out, caller.path("evidence"));
    out.append("\nIncidents\n");
    for (JsonNode incident : caller.path("incidents")) {
      out.append(lines.render(incident).indent(2));
    }
    none(out, caller.path("incidents"));
    out.append("\nExceptions\n");
    for (JsonNode exception : caller.path("exceptions")) {
      out.append("  ")
          .append(Shown.name(exception.path("incidentId")))
          .append("  ")
          .append(CaseScreen.judged(exception))
          .append('\n');
    }
    none(out, caller.path("exceptions"));
    return out.toString();
  }

  private static void none(StringBuilder out, JsonNode list) {
    if (list.isEmpty()) {
      out.append("  none\n");
    }
  }

  private static void trail(StringBuilder out, JsonNode evidence) {
    JsonNode points = evidence.path("points");
    out.append(
        String.format(
            Locale.ROOT,
            "  %-13s peak %s in %s findings",
            Shown.name(evidence.path("detector")),
            Shown.evidence(evidence.path("peak")),
            Shown.number(evidence.path("findings"))));
    if (!points.isEmpty()) {
      out.append(", ")
          .append(Shown.time(points.get(0).path("time")))
          .append(" to ")
          .append(Shown.time(points.get(points.size() - 1).path("time")))
          .append("\n                ")
          .append(line(points));
    }
    out.append('\n');
  }

  /** A point a character, in the characters that every terminal has. */
  private static String line(JsonNode points) {
    double peak = 1;
    for (JsonNode point : points) {
      peak = Math.max(peak, point.path("logEvidence").asDouble());
    }
    StringBuilder line = new StringBuilder(points.size());
    for (JsonNode point : points) {
      double share = Math.max(0, point.path("logEvidence").asDouble()) / peak;
      line.append(LEVELS.charAt((int) Math.round(share * (LEVELS.length() - 1))));
    }
    return line.toString();
  }
}
