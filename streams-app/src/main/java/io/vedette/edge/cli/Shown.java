package io.vedette.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parts of the API's JSON as text for a terminal: cut, cleaned, with few digits. */
final class Shown {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final MathContext DIGITS = new MathContext(4);
  private static final int NAME = 64; // characters
  private static final double CERTAIN = 999; // stands for evidence without bound
  private static final int MOST_NUMBERS = 3;

  private Shown() {}

  static JsonNode parse(String json) throws JsonProcessingException {
    return MAPPER.readTree(json);
  }

  static String name(JsonNode text) {
    return TerminalText.clean(text.asText(""), NAME);
  }

  static String text(JsonNode text, int longest) {
    return TerminalText.clean(text.asText(""), longest);
  }

  static String time(JsonNode text) {
    try {
      return TIME.format(Instant.parse(text.asText("")));
    } catch (DateTimeException e) {
      return name(text);
    }
  }

  static String number(JsonNode number) {
    if (!number.isNumber()) {
      return "unknown";
    }
    double value = number.asDouble();
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
  }

  /** log10 of an e-value. */
  static String evidence(JsonNode logEvidence) {
    return logEvidence.asDouble() >= CERTAIN ? "beyond doubt" : number(logEvidence);
  }

  /** At most some names of a list, and how many more there are. */
  static String names(JsonNode list, int most) {
    List<String> names = new ArrayList<>();
    for (JsonNode item : list) {
      if (names.size() == most) {
        return String.join(", ", names) + " and " + (list.size() - most) + " more";
      }
      names.add(name(item));
    }
    return String.join(", ", names);
  }

  /** Measurements with their limits. */
  static String measurements(JsonNode evidence) {
    List<String> parts = new ArrayList<>();
    for (JsonNode m : evidence) {
      if (parts.size() < MOST_NUMBERS) {
        JsonNode limit = m.path("limit");
        parts.add(
            name(m.path("name")).replace('_', ' ')
                + ' '
                + number(m.path("value"))
                + (limit.isNumber() ? " (limit " + number(limit) + ")" : ""));
      }
    }
    return String.join("; ", parts);
  }

  /** Tenant and members of an incident. */
  static String who(JsonNode incident, int most) {
    String tenant = name(incident.path("tenant"));
    String members = names(incident.path("principals"), most);
    return (tenant.isEmpty() ? "" : tenant + " / ") + (members.isEmpty() ? "all callers" : members);
  }
}
