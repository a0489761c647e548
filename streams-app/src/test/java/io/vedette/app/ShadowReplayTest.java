package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.lab.NativeLog;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector in shadow, from settings to results. */
class ShadowReplayTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "vedette.log.format";

  @TempDir private Path directory;

  @Test
  void shouldMarkAndCountInsteadOfActingWhenTheDetectorIsInShadow() throws IOException {
    // Given
    Scenario scenario = OneAttack.on(World.LOAN.build());
    Path log = directory.resolve("traffic.jsonl");
    try (Writer writer = Files.newBufferedWriter(log)) {
      new NativeLog().writeAll(scenario, writer);
    }
    Path config = directory.resolve("vedette.yaml");
    Files.writeString(config, "detectors: {extraction: {shadow: true}}\n");
    String until = scenario.learnUntil().toString();

    // When
    assertThat(replay(log, "live", until)).isZero();
    assertThat(replay(log, "shadow", until, "--config", config.toString())).isZero();

    // Then
    JsonNode live = summary("live");
    JsonNode shadow = summary("shadow");
    assertThat(live.at("/incidentsByDetector/extraction").asInt()).isPositive();
    assertThat(live.has("shadowIncidentsByDetector")).isFalse();
    assertThat(lines("shadow", "incidents.jsonl")).isEmpty();
    assertThat(shadow.at("/shadowIncidentsByDetector/extraction"))
        .isEqualTo(live.at("/incidentsByDetector/extraction"));
    assertThat(shadow.get("findingsByDetector")).isEqualTo(live.get("findingsByDetector"));
    assertThat(lines("shadow", "findings.jsonl"))
        .filteredOn(f -> f.path("detector").asText().equals("extraction"))
        .isNotEmpty()
        .allSatisfy(
            f -> {
              assertThat(f.path("shadow").asBoolean()).isTrue();
              assertThat(f.path("maturity").asText()).isEqualTo("INCUBATING");
            });
  }

  @Test
  void shouldTellTheLogItsFormatWhenTheSettingsNameOne() throws IOException {
    // Given
    String before = System.getProperty(FORMAT);
    Path log = Files.writeString(directory.resolve("empty.jsonl"), "");
    Path config = Files.writeString(directory.resolve("log.yaml"), "log: {format: JSON}\n");
    System.clearProperty(FORMAT);
    try {
      // When
      int exit = replay(log, "json", "2026-03-09T00:00:00Z", "--config", config.toString());

      // Then
      assertThat(exit).isZero();
      assertThat(System.getProperty(FORMAT)).isEqualTo("json");
    } finally {
      if (before == null) {
        System.clearProperty(FORMAT);
      } else {
        System.setProperty(FORMAT, before);
      }
    }
  }

  private int replay(Path log, String name, String until, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "replay",
                "--in",
                log.toString(),
                "--out",
                directory.resolve(name).toString(),
                "--learn-until",
                until));
    words.addAll(List.of(more));
    return Main.execute(words.toArray(String[]::new));
  }

  private JsonNode summary(String run) throws IOException {
    return JSON.readTree(directory.resolve(run).resolve("summary.json").toFile());
  }

  private List<JsonNode> lines(String run, String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(run).resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
