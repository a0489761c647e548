package io.vedette.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** One incident of a replay, told by its activities. */
final class PastIncident {

  private static final List<String> SEVERITIES =
      List.of("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL");

  final String id;
  final String tenant;
  final String model;
  final TreeSet<String> principals = new TreeSet<>();
  final TreeSet<String> detectors = new TreeSet<>();
  String title;
  String severity;
  Instant openedAt;
  Instant first;
  Instant last;
  long exchanges; // of the subject when it opened
  int members;

  /** An incident by its first activity. */
  PastIncident(JsonNode activity) {
    id = activity.path("incidentId").asText("");
    tenant = activity.path("tenant").asText("");
    model = activity.path("model").asText("");
    title = activity.path("title").asText("");
    severity = activity.path("severity").asText("");
    openedAt = instant(activity.path("openedAt"));
    first = instant(activity.path("firstSeen"));
    last = instant(activity.path("time"));
    exchanges = activity.path("exchanges").asLong(0);
    add(activity);
  }

  /** Takes an activity in. */
  void add(JsonNode activity) {
    activity.path("principals").forEach(name -> principals.add(name.asText("")));
    activity.path("detectors").forEach(name -> detectors.add(name.asText("")));
    members = Math.max(members, activity.path("members").asInt(0));
    members = Math.max(members, principals.size());
    title = activity.path("title").asText(title);
    String now = activity.path("severity").asText("");
    severity = SEVERITIES.indexOf(now) > SEVERITIES.indexOf(severity) ? now : severity;
    Instant begun = instant(activity.path("firstSeen"));
    first = begun.isBefore(first) ? begun : first;
    Instant time = instant(activity.path("time"));
    last = time.isAfter(last) ? time : last;
  }

  private static Instant instant(JsonNode text) {
    try {
      return Instant.parse(text.asText(""));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a time is not one", e);
    }
  }

  /** Time between the two; zero when they overlap. */
  Duration apart(PastIncident other) {
    if (last.isBefore(other.first)) {
      return Duration.between(last, other.first);
    }
    return other.last.isBefore(first) ? Duration.between(other.last, first) : Duration.ZERO;
  }

  /** Share of the members of both that are members of each, 0..1; 1 when neither names any. */
  double shared(PastIncident other) {
    if (principals.isEmpty() && other.principals.isEmpty()) {
      return 1;
    }
    TreeSet<String> both = new TreeSet<>(principals);
    both.retainAll(other.principals);
    return (double) both.size() / (principals.size() + other.principals.size() - both.size());
  }
}
