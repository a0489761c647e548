package io.vedette.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.baseline.Baseline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** Baselines in a file: one JSON line per model version, its profile in base 64. */
final class BaselineFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BaselineFile() {}

  static void write(Path file, Collection<Baseline> baselines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Baseline b : baselines) {
      ObjectNode line = JSON.createObjectNode();
      line.put("model", b.model());
      line.put("version", b.version());
      line.put("createdAtMicros", b.createdAtMicros());
      line.put("calibrationId", b.calibrationId());
      line.put("rows", b.rows());
      line.put("columns", b.frame().dimensions());
      line.put("profile", Base64.getEncoder().encodeToString(b.profile()));
      text.append(JSON.writeValueAsString(line)).append('\n');
    }
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** Reads a file; an unreadable line is an error that names its number. */
  static List<Baseline> read(Path file) throws IOException {
    List<Baseline> baselines = new ArrayList<>();
    int number = 0;
    for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      try {
        JsonNode line = JSON.readTree(text);
        baselines.add(
            Baseline.read(
                line.path("model").asText(),
                line.path("version").asText(),
                line.path("createdAtMicros").asLong(),
                line.path("calibrationId").asText(),
                true,
                Base64.getDecoder().decode(line.path("profile").asText())));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new IOException("line " + number + " is not a baseline", e);
      }
    }
    return baselines;
  }
}
