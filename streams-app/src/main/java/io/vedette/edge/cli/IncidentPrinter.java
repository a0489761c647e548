package io.vedette.edge.cli;

import io.vedette.core.Incident;
import io.vedette.core.Measurement;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Renders an incident for the terminal in at most six lines: when and how bad, who, which model,
 * why, and the techniques. Names in it are made harmless.
 */
public final class IncidentPrinter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final MathContext DIGITS = new MathContext(4);
  private static final int MAX_NUMBERS = 3;
  private static final int MAX_PRINCIPALS = 3;
  private static final int NAME = 48; // characters of one name
  private static final int TITLE = 120;

  private final boolean colour;

  /** Prints with or without ANSI colours. */
  public IncidentPrinter(boolean colour) {
    this.colour = colour;
  }

  /** The incident as lines, each ended by a line feed. */
  public String render(Incident incident) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(incident));
    lines.add("  who    " + who(incident));
    lines.add("  model  " + clean(incident.model()) + "   " + seen(incident));
    if (!incident.evidence().isEmpty()) {
      lines.add("  why    " + why(incident.evidence()));
    }
    if (!incident.techniques().isEmpty()) {
      lines.add("  how    " + how(incident.techniques()));
    }
    lines.add("  id     " + clean(incident.incidentId()) + closed(incident));
    return String.join("\n", lines) + "\n";
  }

  private String headline(Incident incident) {
    String severity = String.format(Locale.ROOT, "%-13s", incident.severity());
    return time(incident.timeMicros())
        + "Z  "
        + (colour ? colourOf(incident.severity()) + severity + "\u001b[0m" : severity)
        + "  "
        + String.format(Locale.ROOT, "%-6s", incident.activity())
        + "  "
        + TerminalText.clean(incident.title(), TITLE);
  }

  private static String colourOf(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "\u001b[1;31m";
      case HIGH -> "\u001b[31m";
      case MEDIUM -> "\u001b[33m";
      case LOW -> "\u001b[36m";
      case INFORMATIONAL -> "\u001b[2m";
    };
  }

  private static String who(Incident incident) {
    List<String> principals = incident.principals();
    String names =
        principals.stream()
            .limit(MAX_PRINCIPALS)
            .map(IncidentPrinter::clean)
            .collect(Collectors.joining(", "));
    int more = principals.size() - MAX_PRINCIPALS;
    String tenant = incident.tenant().isEmpty() ? "" : clean(incident.tenant()) + " / ";
    return tenant
        + (names.isEmpty() ? "all callers" : names)
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String seen(Incident incident) {
    return "since "
        + time(incident.firstSeenMicros())
        + "Z, "
        + incident.exchanges()
        + " exchanges when it opened, confidence "
        + number(incident.confidence());
  }

  private static String why(List<Measurement> evidence) {
    return evidence.stream()
        .limit(MAX_NUMBERS)
        .map(IncidentPrinter::measured)
        .collect(Collectors.joining("; "));
  }

  private static String measured(Measurement m) {
    String limit = Double.isNaN(m.limit()) ? "" : " (limit " + number(m.limit()) + ")";
    return clean(m.name().replace('_', ' ')) + ' ' + number(m.value()) + unit(m.unit()) + limit;
  }

  /** UCUM for readers: nothing for ratios, the word of an annotation without its braces. */
  private static String unit(String ucum) {
    if (ucum.equals("1") || ucum.isEmpty()) {
      return "";
    }
    return ucum.equals("%") ? "%" : ' ' + clean(ucum.replace("{", "").replace("}", ""));
  }

  private static String how(List<Technique> techniques) {
    return techniques.stream()
        .map(t -> clean(t.id()) + (t.name().isEmpty() ? "" : ' ' + clean(t.name())))
        .collect(Collectors.joining(", "));
  }

  private static String closed(Incident incident) {
    return incident.closeReason() == null ? "" : "   closed: " + clean(incident.closeReason());
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "beyond doubt" : "none";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal rounded = new BigDecimal(value, DIGITS).stripTrailingZeros();
    boolean plain = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15;
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  private static String time(long micros) {
    return TIME.format(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)));
  }

  private static String clean(String name) {
    return TerminalText.clean(name, NAME);
  }
}
