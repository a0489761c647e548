package io.vedette.edge.siem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What deploy/siem ships fits what is rendered. */
class DeployFilesTest {

  private static final Path SIEM = Path.of("..", "deploy", "siem");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> TOPICS =
      Set.of("vedette.incidents.ocsf", "vedette.incidents.ecs", "vedette.incidents.cef");

  @ParameterizedTest
  @ValueSource(strings = {"ecs-data-stream", "ecs-index"})
  void shouldMapEveryEmittedFieldWhenTemplateIsInstalled(String name) throws IOException {
    // Given
    JsonNode template = read(SIEM.resolve("index-templates/" + name + ".json"));
    Set<String> emitted = new TreeSet<>();
    try (InputStream in = getClass().getResourceAsStream("schema/ecs-alert.schema.json")) {
      leaves("", JSON.readTree(in), emitted);
    }

    // When
    Set<String> mapped = new TreeSet<>();
    JsonNode mappings = template.at("/template/mappings");
    leaves("", mappings, mapped);

    // Then
    assertThat(mapped).isEqualTo(emitted).hasSizeGreaterThan(60);
    assertThat(mappings.get("dynamic").asBoolean(true)).isFalse();
  }

  @Test
  void shouldMapEveryFieldOfBothClassesWhenOcsfTemplateIsInstalled() throws IOException {
    // Given
    Set<String> emitted = new TreeSet<>();
    for (String name : List.of("ocsf-incident-finding", "ocsf-detection-finding")) {
      try (InputStream in = getClass().getResourceAsStream("schema/" + name + ".schema.json")) {
        leaves("", JSON.readTree(in), emitted);
      }
    }

    // When
    Set<String> mapped = new TreeSet<>();
    JsonNode mappings =
        read(SIEM.resolve("index-templates/ocsf-index.json")).at("/template/mappings");
    leaves("", mappings, mapped);

    // Then
    assertThat(mapped).isEqualTo(emitted).hasSizeGreaterThan(100);
    assertThat(mappings.get("dynamic").asBoolean(true)).isFalse();
  }

  private static void leaves(String path, JsonNode node, Set<String> out) {
    if (node.has("items")) {
      leaves(path, node.get("items"), out);
    } else if (node.has("properties")) {
      node.get("properties")
          .properties()
          .forEach(e -> leaves(path + '/' + e.getKey(), e.getValue(), out));
    } else {
      out.add(path);
    }
  }

  @Test
  void shouldReadOurTopicsAsPlainTextWhenConnectorsRun() throws IOException {
    List<Path> connectors;
    try (Stream<Path> files = Files.list(SIEM.resolve("kafka-connect"))) {
      connectors = files.filter(f -> f.toString().endsWith(".json")).toList();
    }
    assertThat(connectors).hasSize(3);
    for (Path file : connectors) {
      JsonNode config = read(file).get("config");
      assertThat(TOPICS).contains(config.get("topics").asText());
      assertThat(config.get("key.converter").asText()).endsWith("StringConverter");
      assertThat(config.get("value.converter").asText()).matches(".*(Json|String)Converter");
      assertThat(config.path("value.converter.schemas.enable").asText("false")).isEqualTo("false");
      assertThat(config.toString()).as("no secret in %s", file).doesNotContain("changeme");
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(Files.readAllBytes(file));
  }
}
