package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.app.AppFacts;
import io.vedette.schemas.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rights of the service are what its topology needs, and no more. */
class ChartAccessTest {

  private static final Pattern SOURCE = Pattern.compile("Source: \\S+ \\(topics: \\[(.*)\\]\\)");
  private static final Pattern SINK = Pattern.compile("Sink: \\S+ \\(topic: (\\S+)\\)");
  private static final Set<String> INTERNAL =
      Set.of("Create", "Delete", "Describe", "DescribeConfigs", "Read", "Write");

  @Test
  void shouldBeWhatTheTopologyNeedsWhenRightsAreListed() throws Exception {
    // Given
    Map<String, Set<String>> needed = needed();
    Path file = Chart.DIRECTORY.resolve("files/topics.yaml");
    String text = Files.readString(file);

    // When
    StringBuilder topics = new StringBuilder();
    for (TopicCatalogue.Topic topic : TopicCatalogue.topics()) {
      topics
          .append("  ")
          .append(topic.role())
          .append(": {name: ")
          .append(topic.defaultName())
          .append(", cleanup: ")
          .append(topic.cleanup().name().toLowerCase(Locale.ROOT))
          .append(", retention: ")
          .append(retention(topic))
          .append(", operations: ")
          .append(needed.get(topic.defaultName()))
          .append("}\n");
    }

    // Then
    String start = "\ntopics:\n";
    String end = "# Changelogs and";
    Updates.check(
        file,
        text.substring(0, text.indexOf(start) + start.length())
            + topics
            + text.substring(text.indexOf(end)));
    assertThat(texts(Manifests.yaml(text).get("internalTopics"))).isEqualTo(INTERNAL);
  }

  /** As the topics command has it. */
  private static String retention(TopicCatalogue.Topic topic) {
    if (topic.cleanup() == TopicCatalogue.Cleanup.COMPACT) {
      return "none";
    }
    return switch (topic.role()) {
      case "incidents", "ocsf", "ecs", "cef" -> "incidents";
      case "verdicts" -> "verdicts";
      default -> "traffic";
    };
  }

  @Test
  void shouldCarryThemWhenStrimzisResourcesAreRendered() {
    // Given
    Manifests manifests = Chart.render(Chart.CI.resolve("strimzi-values.yaml"));

    // When
    Map<String, Set<String>> granted = new TreeMap<>();
    Map<String, Set<String>> prefixes = new TreeMap<>();
    Map<String, Set<String>> groups = new TreeMap<>();
    for (JsonNode acl : manifests.one("KafkaUser").at("/spec/authorization/acls")) {
      JsonNode resource = acl.get("resource");
      var target =
          resource.get("type").asText().equals("group")
              ? groups
              : resource.get("patternType").asText().equals("literal") ? granted : prefixes;
      target.put(resource.get("name").asText(), texts(acl.get("operations")));
    }

    // Then
    assertThat(granted).isEqualTo(needed());
    assertThat(prefixes).isEqualTo(Map.of("vedette-", INTERNAL));
    assertThat(groups).isEqualTo(Map.of("vedette", Set.of("Describe", "Read")));
    assertThat(manifests.all("KafkaTopic"))
        .hasSize(TopicCatalogue.topics().size())
        .allSatisfy(
            topic -> {
              assertThat(topic.get("apiVersion").asText()).isEqualTo("kafka.strimzi.io/v1");
              assertThat(topic.at("/metadata/name").asText()).matches("[a-z0-9-]+");
              assertThat(topic.at("/metadata/namespace").asText()).isEqualTo("kafka");
            });
    JsonNode incidents =
        manifests.all("KafkaTopic").stream()
            .filter(t -> t.at("/spec/topicName").asText().equals("vedette.incidents"))
            .findFirst()
            .orElseThrow();
    assertThat(incidents.at("/spec/config/retention.ms").asLong()).isEqualTo(90L * 86_400_000);
  }

  @Test
  void shouldBeTheSecretOfTheUserWhenTheServiceLogsIn() throws Exception {
    for (String file : List.of("strimzi-values.yaml", "strimzi-tls-values.yaml")) {
      // Given
      Manifests manifests = Chart.render(Chart.CI.resolve(file));

      // When: Strimzi names the secret of a user as the user
      String user = manifests.one("KafkaUser").at("/metadata/name").asText();

      // Then
      assertThat(manifests.podSpec().get("volumes"))
          .as(file)
          .filteredOn(v -> v.get("name").asText().matches("kafka|kafka-client"))
          .extracting(v -> v.at("/secret/secretName").asText())
          .containsExactly(user);
    }
    assertThat(Chart.notes(Chart.CI.resolve("strimzi-values.yaml")))
        .contains("Strimzi writes the secret of the user into kafka: vedette, and the brokers' CA:")
        .contains("Pods of security cannot mount them from there");
    assertThat(Chart.notes(Chart.CI.resolve("strimzi-tls-values.yaml")))
        .contains("secret of the user into security: vedette")
        .doesNotContain("cannot mount");
    JsonNode external = Chart.render(Chart.CI.resolve("mtls-values.yaml")).one("KafkaUser");
    assertThat(external.at("/spec/authentication/type").asText()).isEqualTo("tls-external");
    assertThat(Files.readString(Chart.DIRECTORY.resolve("README.md")))
        .contains("secret of the KafkaUser is named as this release's resources, `<fullname>`");
  }

  @Test
  void shouldAddTransactionsWhenExactlyOnceIsChosen() {
    // When
    Manifests manifests = Chart.render(Chart.CI.resolve("strimzi-tls-values.yaml"));

    // Then
    assertThat(manifests.one("KafkaUser").at("/spec/authorization/acls"))
        .anySatisfy(
            acl -> {
              assertThat(acl.at("/resource/type").asText()).isEqualTo("transactionalId");
              assertThat(texts(acl.get("operations")))
                  .containsExactlyInAnyOrder("Describe", "Write");
            });
  }

  @Test
  void shouldAddWriteWhenAnOutletIsOn() {
    // Given
    Map<String, String> outlets =
        Map.of(
            "settings.actions.detectors[0]", "extraction",
            "settings.siem.ecs", "true",
            "settings.siem.cef", "false");

    // When
    Map<String, Set<String>> granted = new TreeMap<>();
    Manifests manifests =
        Chart.render(Chart.CI.resolve("strimzi-values.yaml"), Chart.OLDEST, outlets);
    for (JsonNode acl : manifests.one("KafkaUser").at("/spec/authorization/acls")) {
      granted.put(acl.at("/resource/name").asText(), texts(acl.get("operations")));
    }

    // Then
    assertThat(granted)
        .containsEntry("vedette.actions", Set.of("Describe", "Read", "Write"))
        .containsEntry("vedette.incidents.ecs", Set.of("Describe", "Write"))
        .containsEntry("vedette.incidents.cef", Set.of("Describe"));
  }

  /** From the topology, and from what the service does beside it. */
  private static Map<String, Set<String>> needed() {
    Map<String, Set<String>> needed = new TreeMap<>();
    for (TopicCatalogue.Topic topic : TopicCatalogue.topics()) {
      // At its start the service looks whether all topics of the contract exist.
      needed.put(topic.defaultName(), new TreeSet<>(Set.of("Describe")));
    }
    String topology = AppFacts.run("describe");
    Matcher sources = SOURCE.matcher(topology);
    while (sources.find()) {
      for (String topic : sources.group(1).split(", ")) {
        needed.computeIfPresent(topic, (name, operations) -> with(operations, "Read"));
      }
    }
    Matcher sinks = SINK.matcher(topology);
    while (sinks.find()) {
      needed.computeIfPresent(sinks.group(1), (name, operations) -> with(operations, "Write"));
    }
    with(needed.get("vedette.incidents"), "Read"); // for console and API
    with(needed.get("vedette.findings"), "Read"); // for the dossiers
    with(with(needed.get("vedette.verdicts"), "Read"), "Write"); // by analysts, through the API
    with(needed.get("vedette.deadletter"), "Write"); // by the error handlers
    return needed;
  }

  private static Set<String> with(Set<String> operations, String operation) {
    operations.add(operation);
    return operations;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
