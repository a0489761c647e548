package io.vedette.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verdicts in a file: a JSON object a line, as {@code verdict --json} and the API write them. */
final class VerdictFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_LINE = 1 << 16; // characters
  private static final int MOST = 100_000; // verdicts
  private static final String KINDS =
      Arrays.stream(Verdict.Kind.values())
          .filter(kind -> kind != Verdict.Kind.UNKNOWN)
          .map(Verdict.Kind::name)
          .collect(Collectors.joining(", "));

  private VerdictFile() {}

  /**
   * The verdicts of a file, in order of their time.
   *
   * @throws IOException naming the first line that is none, the field and what it may be, or one
   *     too many
   */
  static List<Verdict> read(Path file) throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    int number = 0;
    try (BoundedLines lines = new BoundedLines(file, LONGEST_LINE)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (!line.isBlank()) {
          if (verdicts.size() == MOST) {
            throw new IOException(file + " line " + number + ": at most " + MOST + " verdicts");
          }
          verdicts.add(verdict(file, number, line));
        }
      }
    }
    verdicts.sort(Comparator.comparingLong(Verdict::timeMicros));
    return List.copyOf(verdicts);
  }

  private static Verdict verdict(Path file, int number, String line) throws IOException {
    try {
      return verdict(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " line " + number + " is not JSON", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " line " + number + ": " + e.getMessage(), e);
    }
  }

  private static Verdict verdict(JsonNode json) {
    JsonNode scope = json.path("scope");
    String id = text(json, "incidentId");
    Instant time = time(json, "time");
    if (id == null || time == null) {
      throw new IllegalArgumentException("incidentId and time must be given");
    }
    Instant until = time(json, "until");
    String analyst = text(json, "analyst");
    String note = text(json, "note");
    return new Verdict(
        id,
        kind(text(json, "verdict")),
        analyst == null ? "" : analyst,
        note == null ? "" : note,
        Wiring.micros(time),
        scope.isObject() ? reach(scope) : null,
        until == null ? null : (@Nullable Long) Wiring.micros(until));
  }

  private static Verdict.Reach reach(JsonNode scope) {
    String tenant = text(scope, "tenant");
    return new Verdict.Reach(
        tenant == null ? "" : tenant,
        text(scope, "principal"),
        text(scope, "model"),
        text(scope, "detector"));
  }

  private static Verdict.Kind kind(@Nullable String name) {
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      if (kind.name().equals(name) && kind != Verdict.Kind.UNKNOWN) {
        return kind;
      }
    }
    throw new IllegalArgumentException("verdict must be one of " + KINDS + ", was " + name);
  }

  private static @Nullable Instant time(JsonNode json, String field) {
    String text = text(json, field);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " must be a time such as 2026-03-01T00:00:00Z, was " + text, e);
    }
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field + " must be a text");
    }
    return value.textValue();
  }
}
