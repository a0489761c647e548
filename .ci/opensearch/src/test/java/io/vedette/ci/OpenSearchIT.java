package io.vedette.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opensearch.node.NodeValidationException;

/**
 * The ECS and OCSF views of a replay in an OpenSearch with the templates that deploy/siem ships:
 * all documents are taken, no field is refused, and what an analyst searches for is found as often
 * as it stands in the files.
 */
class OpenSearchIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path VIEWS = Path.of(System.getProperty("views"));
  private static final Path TEMPLATES = Path.of(System.getProperty("templates"));
  private static final int BATCH = 200;

  private static SearchNode node;

  @BeforeAll
  static void fill(@TempDir Path home)
      throws NodeValidationException, IOException, InterruptedException {
    assertThat(VIEWS.resolve("ecs.jsonl"))
        .as("views must name the directory of a replay with incidents")
        .isNotEmptyFile();
    node = SearchNode.start(home);
    for (String name : List.of("ecs-index", "ecs-data-stream", "ocsf-index")) {
      node.send(
          "PUT",
          "/_index_template/vedette-" + name,
          Files.readString(TEMPLATES.resolve(name + ".json")));
    }
    index("vedette.incidents.ecs", lines("ecs"));
    index("vedette.incidents.ocsf", lines("ocsf"));
    index("logs-vedette.alert-default", lines("ecs"));
  }

  @AfterAll
  static void close() throws IOException {
    if (node != null) {
      node.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vedette.incidents.ecs, ecs",
    "vedette.incidents.ocsf, ocsf",
    "logs-vedette.alert-default, ecs"
  })
  void shouldTakeEveryDocumentAndFieldWhenViewsAreIndexed(String index, String view)
      throws IOException, InterruptedException {
    // Given
    String refused = "{\"query\":{\"exists\":{\"field\":\"_ignored\"}}}";

    // When
    long all = count(index, "{\"query\":{\"match_all\":{}}}");
    long lacking = count(index, refused);

    // Then
    assertThat(all).isEqualTo(lines(view).size());
    assertThat(lacking).as("documents of which a field was not indexed").isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "vedette.incidents.ecs, ecs, user.name, hop_skip_jump-0",
    "vedette.incidents.ecs, ecs, threat.technique.id, AML.T0015",
    "vedette.incidents.ecs, ecs, organization.id, acme",
    "logs-vedette.alert-default, ecs, user.name, hop_skip_jump-0",
    "vedette.incidents.ocsf, ocsf, class_uid, 2005",
    "vedette.incidents.ocsf, ocsf, unmapped.vedette.principals, path_finding-0",
    "vedette.incidents.ocsf, ocsf, attacks.technique.uid, AML.T0015",
    "vedette.incidents.ocsf, ocsf, metadata.event_code, extraction"
  })
  void shouldFindWhatStandsInTheFilesWhenSearched(
      String index, String view, String field, String value)
      throws IOException, InterruptedException {
    // Given
    Predicate<JsonNode> holds = document -> holds(document, field.split("\\."), 0, value);
    long expected = 0;
    for (String line : lines(view)) {
      expected += holds.test(JSON.readTree(line)) ? 1 : 0;
    }

    // When
    long found =
        count(index, "{\"query\":{\"term\":{\"" + field + "\":{\"value\":\"" + value + "\"}}}}");

    // Then
    assertThat(found).isEqualTo(expected).isPositive();
  }

  @Test
  void shouldSortByTimeWhenOcsfTimeIsMappedAsDate() throws IOException, InterruptedException {
    // When
    JsonNode answer =
        node.send(
            "POST",
            "/vedette.incidents.ocsf/_search",
            "{\"size\":1,\"sort\":[{\"time\":\"desc\"}],\"query\":{\"range\":{\"time\":{\"gte\":0}}}}");

    // Then
    long latest = 0;
    for (String line : lines("ocsf")) {
      latest = Math.max(latest, JSON.readTree(line).get("time").asLong());
    }
    assertThat(answer.at("/hits/hits/0/_source/time").asLong()).isEqualTo(latest).isPositive();
  }

  private static boolean holds(JsonNode node, String[] path, int at, String value) {
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (holds(element, path, at, value)) {
          return true;
        }
      }
      return false;
    }
    return at == path.length
        ? node.asText().equals(value)
        : node.has(path[at]) && holds(node.get(path[at]), path, at + 1, value);
  }

  private static List<String> lines(String view) throws IOException {
    return Files.readAllLines(VIEWS.resolve(view + ".jsonl"));
  }

  private static void index(String index, List<String> lines)
      throws IOException, InterruptedException {
    for (int from = 0; from < lines.size(); from += BATCH) {
      List<String> bulk = new ArrayList<>();
      for (String line : lines.subList(from, Math.min(lines.size(), from + BATCH))) {
        bulk.add("{\"create\":{}}"); // data streams take nothing else
        bulk.add(line);
      }
      JsonNode answer =
          node.send("POST", "/" + index + "/_bulk?refresh=true", String.join("\n", bulk) + "\n");
      assertThat(answer.get("errors").asBoolean(true)).as(answer.toString()).isFalse();
    }
  }

  private static long count(String index, String query) throws IOException, InterruptedException {
    return node.send("POST", "/" + index + "/_count", query).get("count").asLong();
  }
}
