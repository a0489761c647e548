package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources of operators, of which the chart has some under every way to deploy. */
class CustomResourcesTest {

  /** Whose names are anybody's. */
  private static final Pattern FREE =
      Pattern.compile(".*/(labels|annotations|matchLabels)/(?!strimzi).+");

  private static final CustomResources RESOURCES = new CustomResources();
  private static final Map<String, List<JsonNode>> BY_KIND = new TreeMap<>();

  @BeforeAll
  static void render() throws IOException {
    for (Path values : Chart.ciValues()) {
      for (String version : List.of(Chart.OLDEST, Chart.NEWEST)) {
        for (JsonNode document : Chart.render(values, version, Map.of()).all()) {
          if (CustomResources.is(document)) {
            String kind = document.get("kind").asText();
            BY_KIND.computeIfAbsent(kind, k -> new ArrayList<>()).add(document);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Certificate",
        "KafkaTopic",
        "KafkaUser",
        "PodMonitor",
        "PrometheusRule",
        "ScaledObject",
        "ServiceMonitor",
        "TriggerAuthentication"
      })
  void shouldBeWhatItsOperatorTakesWhenReadStrictly(String kind) {
    assertThat(BY_KIND.get(kind))
        .isNotEmpty()
        .allSatisfy(document -> assertThat(RESOURCES.problems(document)).isEmpty());
  }

  @Test
  void shouldBeFoundWhenAnyNameIsMisspelt() {
    // Given: every field that the chart writes
    Map<String, JsonNode> fields = new TreeMap<>();
    BY_KIND.forEach(
        (kind, documents) ->
            documents.forEach(
                document ->
                    names("", document, path -> fields.putIfAbsent(kind + path, document))));

    // When
    List<String> unnoticed = new ArrayList<>();
    fields.forEach(
        (field, document) -> {
          if (RESOURCES.problems(misspelt(document, field)).isEmpty()) {
            unnoticed.add(field);
          }
        });

    // Then
    assertThat(unnoticed).isEmpty();
    assertThat(fields).hasSizeGreaterThan(300);
    assertThat(BY_KIND).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({
    "KafkaTopic, /spec/partitions, many",
    "KafkaTopic, /spec/config/cleanup.policy, compress",
    "KafkaTopic, /spec/config/retention.ms, 1h",
    "KafkaTopic, /apiVersion, kafka.strimzi.io/v2",
    "KafkaUser, /spec/authentication/type, scram-sha-1",
    "KafkaUser, /spec/authorization/type, complex",
    "KafkaUser, /spec/authorization/acls/0/operations/0, Reed",
    "KafkaUser, /spec/authorization/acls/0/resource/type, queue",
    "KafkaUser, /spec/authorization/acls/0/resource/patternType, regex",
    "ScaledObject, /spec/maxReplicaCount, many",
    "ScaledObject, /spec/triggers/0/metadata/offsetResetPolicy, oldest",
    "ScaledObject, /spec/triggers/0/metadata/lagThreshold, 1k",
    "ScaledObject, /spec/triggers/0/metadata/sasl, scram",
    "TriggerAuthentication, /spec/secretTargetRef/0/parameter, user",
    "Certificate, /spec/privateKey/size, small",
    "ServiceMonitor, /spec/endpoints/0/port, [1]",
  })
  void shouldBeFoundWhenAValueIsNotTaken(String kind, String path, String value) {
    // Given
    JsonNode document =
        BY_KIND.get(kind).stream()
            .filter(d -> !d.at(path).isMissingNode())
            .findFirst()
            .orElseThrow()
            .deepCopy();
    int slash = path.lastIndexOf('/');
    JsonNode parent = document.at(path.substring(0, slash));
    JsonNode wrong = Manifests.yaml(value);

    // When
    if (parent instanceof ArrayNode items) {
      items.set(Integer.parseInt(path.substring(slash + 1)), wrong);
    } else {
      ((ObjectNode) parent).set(path.substring(slash + 1), wrong);
    }

    // Then
    assertThat(RESOURCES.problems(document)).isNotEmpty();
  }

  /** Paths of all fields. */
  private static void names(String path, JsonNode node, Consumer<String> sink) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String below = path + '/' + field.getKey().replace("/", "~1"); // as pointers have it
        if (!FREE.matcher(below).matches()) {
          sink.accept(below);
          names(below, field.getValue(), sink);
        }
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        names(path + '/' + i, node.get(i), sink);
      }
    }
  }

  private static JsonNode misspelt(JsonNode document, String field) {
    ObjectNode copy = document.deepCopy();
    String path = field.substring(field.indexOf('/'));
    int slash = path.lastIndexOf('/');
    if (!(copy.at(path.substring(0, slash)) instanceof ObjectNode parent)) {
      throw new AssertionError("no object above " + field);
    }
    String name = path.substring(slash + 1).replace("~1", "/");
    parent.set(name + "z", parent.remove(name));
    return copy;
  }
}
