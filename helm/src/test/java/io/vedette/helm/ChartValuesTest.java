package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.app.AppFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Values, schema, README and the service's settings speak of the same things. */
class ChartValuesTest {

  private static final Path README = Chart.DIRECTORY.resolve("README.md");
  private static final String START = "<!-- values: start -->\n";
  private static final String END = "<!-- values: end -->\n";

  private final JsonNode values = read("values.yaml");
  private final JsonNode schema = read("values.schema.json");

  @Test
  void shouldBeInTheSchemaWhenAValueExists() {
    // Given
    List<String> missing = new ArrayList<>();

    // When
    compare("", values, schema, missing);

    // Then
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldRefuseTyposWhenASectionIsAnObject() {
    // Given
    List<String> open = new ArrayList<>();

    // When
    closed("", schema, open);

    // Then
    assertThat(open).isEmpty();
  }

  @Test
  void shouldBeDocumentedWhenAValueExists() throws IOException {
    // Given
    Map<String, String> comments = new ValueComments(text("values.yaml")).byPath();

    // When
    StringBuilder table = new StringBuilder("| value | default | what it is |\n|---|---|---|\n");
    leaves("", schema, comments.keySet())
        .forEach(
            path -> {
              assertThat(comments).containsKey(path);
              JsonNode value = values.at('/' + path.replace('.', '/'));
              table
                  .append("| `")
                  .append(path)
                  .append("` | `")
                  .append(value.isTextual() && !value.asText().isEmpty() ? value.asText() : value)
                  .append("` | ")
                  .append(comments.get(path))
                  .append(" |\n");
            });

    // Then
    String page = Files.readString(README);
    String before = page.substring(0, page.indexOf(START) + START.length());
    Updates.check(README, before + table + page.substring(page.indexOf(END)));
  }

  @Test
  void shouldBeTheServicesWhenTheSchemaNamesSettings() {
    // Given
    TreeSet<String> ours = new TreeSet<>();
    schema
        .at("/properties/settings/properties")
        .properties()
        .forEach(
            section ->
                section
                    .getValue()
                    .get("properties")
                    .properties()
                    .forEach(
                        key -> {
                          if (section.getKey().equals("detectors")) {
                            key.getValue()
                                .get("properties")
                                .fieldNames()
                                .forEachRemaining(name -> ours.add("detectors.<id>." + name));
                          } else {
                            ours.add(section.getKey() + '.' + key.getKey());
                          }
                        }));

    // When: what the chart does not set itself
    TreeSet<String> theirs = new TreeSet<>(AppFacts.settingKeys());
    theirs.removeIf(
        key -> key.matches("(kafka|registry|avro|topics|state|http)\\..*|cells\\.salt(File)?"));

    // Then
    assertThat(ours).isEqualTo(theirs);
  }

  private static void compare(String path, JsonNode values, JsonNode schema, List<String> missing) {
    JsonNode properties = schema.get("properties");
    if (properties == null) {
      return;
    }
    TreeMap<String, JsonNode> left = new TreeMap<>();
    properties.properties().forEach(p -> left.put(p.getKey(), p.getValue()));
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      JsonNode property = left.remove(value.getKey());
      if (property == null) {
        missing.add("not in the schema: " + path + value.getKey());
      } else {
        compare(path + value.getKey() + '.', value.getValue(), property, missing);
      }
    }
    if (!path.startsWith("settings.") && !path.equals("topics.names.")) { // open maps by design
      left.keySet().forEach(key -> missing.add("not in values.yaml: " + path + key));
    }
  }

  private static void closed(String path, JsonNode schema, List<String> open) {
    if (schema.has("properties")) {
      if (!schema.path("additionalProperties").isBoolean()
          || schema.get("additionalProperties").asBoolean()) {
        open.add(path);
      }
      schema
          .get("properties")
          .properties()
          .forEach(p -> closed(path + '.' + p.getKey(), p.getValue(), open));
    }
  }

  /** Paths to document: down to where values.yaml has comments and the schema has no more. */
  private static List<String> leaves(
      String path, JsonNode schema, java.util.Set<String> commented) {
    List<String> leaves = new ArrayList<>();
    if (commented.contains(path) || !schema.has("properties")) {
      leaves.add(path);
    } else {
      schema
          .get("properties")
          .properties()
          .forEach(
              p ->
                  leaves.addAll(
                      leaves(
                          path.isEmpty() ? p.getKey() : path + '.' + p.getKey(),
                          p.getValue(),
                          commented)));
    }
    return leaves;
  }

  private static JsonNode read(String name) {
    return Manifests.yaml(text(name));
  }

  private static String text(String name) {
    try {
      return Files.readString(Chart.DIRECTORY.resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
