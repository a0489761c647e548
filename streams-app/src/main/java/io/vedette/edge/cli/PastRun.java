package io.vedette.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a replay wrote to its directory.
 *
 * @param directory the directory, as it was given
 * @param incidents in order of their first activity
 * @param exchanges exchanges replayed
 * @param span first and last event time, as texts
 * @param configHash hash of the settings that decide what is found
 * @param version version of the program
 */
record PastRun(
    String directory,
    Collection<PastIncident> incidents,
    long exchanges,
    List<String> span,
    String configHash,
    String version) {

  static PastRun read(Path directory) throws IOException {
    JsonNode summary =
        Shown.parse(Files.readString(directory.resolve("summary.json"), StandardCharsets.UTF_8));
    return new PastRun(
        directory.toString(),
        incidents(directory.resolve("incidents.jsonl")),
        summary.path("exchanges").asLong(0),
        List.of(summary.path("firstTime").asText(""), summary.path("lastTime").asText("")),
        summary.path("configHash").asText(""),
        summary.path("version").asText(""));
  }

  private static Collection<PastIncident> incidents(Path file) throws IOException {
    Map<String, PastIncident> incidents = new LinkedHashMap<>();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        try {
          JsonNode activity = Shown.parse(line);
          String id = activity.path("incidentId").asText("");
          PastIncident known = incidents.get(id);
          if (known == null) {
            incidents.put(id, new PastIncident(activity));
          } else {
            known.add(activity);
          }
        } catch (JsonProcessingException | IllegalArgumentException e) {
          throw new IOException(file + " line " + number + " is not an incident activity", e);
        }
      }
    }
    return incidents.values();
  }

  /** True when both saw as many exchanges over the same span. */
  boolean sawTheSame(PastRun other) {
    return exchanges == other.exchanges && span.equals(other.span);
  }
}
