package io.vedette.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** An incident of the API in two lines of a list. */
final class IncidentLines {

  private static final int TITLE = 120; // characters
  private static final int MEMBERS = 3;

  private final boolean colour;

  IncidentLines(boolean colour) {
    this.colour = colour;
  }

  String render(JsonNode incident) {
    return Shown.time(incident.path("time"))
        + "  "
        + severity(incident)
        + "  "
        + String.format(Locale.ROOT, "%-6s", Shown.name(incident.path("activity")))
        + "  "
        + Shown.name(incident.path("incidentId"))
        + verdict(incident.path("verdict"))
        + "\n  "
        + Shown.text(incident.path("title"), TITLE)
        + "; "
        + Shown.who(incident, MEMBERS)
        + " on "
        + Shown.name(incident.path("model"))
        + ", risk "
        + Shown.number(incident.path("riskScore"))
        + ", "
        + Shown.names(incident.path("techniques"), MEMBERS)
        + '\n';
  }

  /** The severity, padded, in colour when there is some. */
  String severity(JsonNode incident) {
    String name = Shown.name(incident.path("severity"));
    String padded = String.format(Locale.ROOT, "%-13s", name);
    if (!colour) {
      return padded;
    }
    String code =
        switch (name) {
          case "CRITICAL" -> "1;31";
          case "HIGH" -> "31";
          case "MEDIUM" -> "33";
          case "LOW" -> "36";
          default -> "2";
        };
    return "\u001b[" + code + 'm' + padded + "\u001b[0m";
  }

  private static String verdict(JsonNode verdict) {
    return verdict.isObject() ? "  judged " + Shown.name(verdict.path("verdict")) : "";
  }
}
