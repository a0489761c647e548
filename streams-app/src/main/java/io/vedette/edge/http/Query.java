package io.vedette.edge.http;

import io.vedette.core.Incident;
import io.vedette.core.Severity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which incidents are asked for.
 *
 * @param limit at most so many
 * @param before only those that moved before this cursor
 * @param filter only those that match
 */
record Query(int limit, long before, Predicate<Incident> filter) {

  static final int DEFAULT_LIMIT = 100;

  private static final int MOST = 200; // of a page: each incident is rendered at every request

  private static final List<String> NAMES =
      List.of("limit", "before", "severity", "model", "technique", "detector", "tenant", "state");

  /**
   * Reads a raw query.
   *
   * @throws IllegalArgumentException with a constant text, to be shown
   */
  static Query parse(String raw) {
    Map<String, String> given = pairs(raw);
    int limit = DEFAULT_LIMIT;
    long before = Long.MAX_VALUE;
    Predicate<Incident> filter = i -> true;
    for (Map.Entry<String, String> pair : given.entrySet()) {
      String value = pair.getValue();
      switch (pair.getKey()) {
        case "limit" -> limit = (int) number(value, "limit", MOST);
        case "before" -> before = number(value, "before", Long.MAX_VALUE);
        default -> filter = filter.and(filter(pair.getKey(), value));
      }
    }
    return new Query(limit, before, filter);
  }

  private static Map<String, String> pairs(String raw) {
    Map<String, String> pairs = new HashMap<>();
    if (raw.isEmpty()) {
      return pairs;
    }
    for (String pair : raw.split("&", NAMES.size() + 1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (equals < 0
          || !NAMES.contains(name)
          || pairs.put(name, decode(pair.substring(equals + 1))) != null) {
        throw new IllegalArgumentException(
            "the query may have each of " + String.join(", ", NAMES) + " once, as name=value");
      }
    }
    return pairs;
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the query must be percent-encoded UTF-8", e);
    }
  }

  private static long number(String value, String name, long most) {
    if (value.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(name + " must be a whole number from 1 to " + most);
  }

  private static Predicate<Incident> filter(String name, String value) {
    return switch (name) {
      case "severity" -> {
        Severity least = severity(value);
        yield i -> i.severity().compareTo(least) >= 0;
      }
      case "model" -> i -> i.model().equals(value);
      case "technique" -> i -> i.techniques().stream().anyMatch(t -> within(t.id(), value));
      case "detector" -> i -> i.detectors().contains(value);
      case "tenant" -> i -> i.tenant().equals(value);
      default -> state(value);
    };
  }

  /** True for the technique itself and for its sub-techniques. */
  private static boolean within(String id, String technique) {
    return id.equals(technique) || id.startsWith(technique + '.');
  }

  private static Severity severity(String value) {
    try {
      return Severity.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "severity must be informational, low, medium, high or critical; it is the least shown",
          e);
    }
  }

  private static Predicate<Incident> state(String value) {
    return switch (value) {
      case "open" -> i -> i.activity() != Incident.Activity.CLOSE;
      case "closed" -> i -> i.activity() == Incident.Activity.CLOSE;
      default -> throw new IllegalArgumentException("state must be open or closed");
    };
  }
}
