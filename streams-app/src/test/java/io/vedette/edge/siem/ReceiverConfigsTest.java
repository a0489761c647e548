package io.vedette.edge.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.schemas.TopicCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The files for Kafka Connect, Filebeat and Logstash, which nothing here can run: they parse, and
 * what they name of ours exists. What they name of the products is held to lists that were taken
 * from the products' references.
 */
class ReceiverConfigsTest {

  private static final Path SIEM = Path.of("..", "deploy", "siem");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
  private static final Pattern HOST = Pattern.compile("[a-z0-9-]+\\.example\\b");
  private static final String OVERRIDE = "consumer.override.";

  /** Of the framework, for every sink. */
  private static final Set<String> CONNECT =
      Set.of(
          "connector.class",
          "tasks.max",
          "topics",
          "key.converter",
          "value.converter",
          "value.converter.schemas.enable",
          "errors.tolerance",
          "errors.log.enable",
          "errors.deadletterqueue.topic.name",
          "errors.deadletterqueue.context.headers.enable");

  private static final Set<String> SEARCH =
      Set.of(
          "connection.url",
          "connection.username",
          "connection.password",
          "key.ignore",
          "schema.ignore",
          "behavior.on.null.values",
          "behavior.on.malformed.documents",
          "max.retries",
          "retry.backoff.ms");

  private static final Map<String, Set<String>> OWN =
      Map.of(
          "opensearch-sink.json", with(SEARCH, "index.write.method"),
          "elasticsearch-sink.json", with(SEARCH, "write.method"),
          "splunk-sink.json",
              Set.of(
                  "splunk.hec.uri",
                  "splunk.hec.token",
                  "splunk.indexes",
                  "splunk.sourcetypes",
                  "splunk.hec.raw",
                  "splunk.hec.ack.enabled",
                  "splunk.hec.ssl.validate.certs",
                  "splunk.header.support",
                  "splunk.header.custom"));

  static Stream<Path> sinks() throws IOException {
    try (Stream<Path> files = Files.list(SIEM.resolve("kafka-connect"))) {
      return files.filter(file -> file.toString().endsWith(".json")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void shouldNameOptionsThatExistWhenASinkIsSet(Path file) throws IOException {
    // Given
    String name = file.getFileName().toString();
    Map<String, String> config = config(file);
    Set<String> known = new TreeSet<>(OWN.getOrDefault(name, Set.of()));
    known.addAll(CONNECT);

    // When
    Set<String> named = new TreeSet<>(config.keySet());
    named.removeIf(key -> key.startsWith(OVERRIDE));

    // Then
    assertThat(OWN).containsKey(name);
    assertThat(known).containsAll(named);
    assertThat(config).containsEntry(OVERRIDE + "isolation.level", "read_committed");
    ConfigDef consumer = ConsumerConfig.configDef();
    config.forEach(
        (key, value) -> {
          if (key.startsWith(OVERRIDE)) {
            String own = key.substring(OVERRIDE.length());
            assertThat(consumer.names()).contains(own);
            consumer.configKeys().get(own).validator.ensureValid(own, value);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void shouldWriteWhatItsTemplateMapsWhenASinkReadsAView(Path file) throws IOException {
    // Given
    Map<String, String> config = config(file);
    String topic = config.get("topics");

    // When
    String view = view(topic);
    boolean splunk = file.getFileName().toString().startsWith("splunk");

    // Then
    assertThat(config.get("key.converter"))
        .isEqualTo("org.apache.kafka.connect.storage.StringConverter");
    assertThat(view).isEqualTo(splunk ? "ocsf" : "ecs");
    if (splunk) {
      // HEC takes the document as it is, and headers as fields of the index.
      assertThat(config.get("value.converter")).isEqualTo(config.get("key.converter"));
      assertThat(headers(view)).contains(config.get("splunk.header.custom").split(","));
    } else {
      // The index has the topic's name.
      assertThat(config)
          .containsEntry("value.converter", "org.apache.kafka.connect.json.JsonConverter")
          .containsEntry("value.converter.schemas.enable", "false")
          .containsEntry("schema.ignore", "true");
      JsonNode template = JSON.readTree(SIEM.resolve("index-templates/ecs-index.json").toFile());
      assertThat(topic).matches(glob(template));
      assertThat(template.has("data_stream")).isFalse();
    }
    String letters = config.get("errors.deadletterqueue.topic.name");
    assertThat(letters).isIn(null, TopicCatalogue.topic("deadLetters").defaultName());
  }

  @Test
  @SuppressWarnings("unchecked") // the shape is asserted by use
  void shouldReadAndWriteOurFormsWhenFilebeatRuns() throws IOException {
    // Given
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Map<String, Object> beat =
        new Yaml(new SafeConstructor(strict))
            .load(Files.readString(SIEM.resolve("filebeat/filebeat.yml")));

    // When
    Map<String, Object> input = ((List<Map<String, Object>>) beat.get("filebeat.inputs")).get(0);
    List<Map<String, Map<String, Object>>> processors =
        (List<Map<String, Map<String, Object>>>) beat.get("processors");
    Map<String, Object> output = (Map<String, Object>) beat.get("output.elasticsearch");

    // Then
    assertThat(beat)
        .containsOnlyKeys(
            "filebeat.inputs",
            "processors",
            "setup.template.enabled",
            "setup.ilm.enabled",
            "output.elasticsearch");
    assertThat(input)
        .containsOnlyKeys(
            "type",
            "id",
            "hosts",
            "topics",
            "group_id",
            "initial_offset",
            "isolation_level",
            "parsers")
        .containsEntry("type", "kafka")
        .containsEntry("initial_offset", "oldest")
        .containsEntry("isolation_level", "read_committed");
    assertThat(view(((List<String>) input.get("topics")).get(0))).isEqualTo("ecs");
    assertThat(fields("ecs")).containsAll(list(processors.get(0), "fingerprint"));
    for (String dropped : list(processors.get(1), "drop_fields")) {
      assertThat(fields("ecs")).noneMatch(field -> (field + '.').startsWith(dropped + '.'));
    }
    assertThat(output).containsOnlyKeys("hosts", "index", "api_key");
    assertThat(output.get("index")).isEqualTo(stream()).asString().matches(dataStreams());
  }

  @Test
  void shouldReadAndWriteOurFormsWhenLogstashRuns() throws IOException {
    // Given
    var pipeline = LogstashFile.read(Files.readString(SIEM.resolve("logstash/vedette.conf")));

    // When
    Map<String, Object> kafka = pipeline.get("input").get("kafka");
    Map<String, Object> output = pipeline.get("output").get("elasticsearch");

    // Then
    assertThat(pipeline).containsOnlyKeys("input", "filter", "output");
    assertThat(kafka)
        .containsOnlyKeys(
            "bootstrap_servers",
            "topics",
            "group_id",
            "auto_offset_reset",
            "isolation_level",
            "codec")
        .containsEntry("topics", List.of(TopicCatalogue.topic("ecs").defaultName()))
        .containsEntry("auto_offset_reset", "earliest")
        .containsEntry("isolation_level", "read_committed")
        .containsEntry("codec", Map.of("json", Map.of("ecs_compatibility", "disabled")));
    assertThat(pipeline.get("filter"))
        .isEqualTo(Map.of("mutate", Map.of("remove_field", List.of("@version"))));
    assertThat(output)
        .containsOnlyKeys("hosts", "index", "action", "document_id", "api_key", "manage_template")
        .containsEntry("index", stream())
        .containsEntry("action", "create"); // a data stream takes nothing else
    String path = output.get("document_id").toString();
    assertThat(path).matches("%\\{(\\[[a-z]+])+}");
    assertThat(fields("ecs"))
        .contains(path.substring(3, path.length() - 2).replace("][", "."))
        .doesNotContain("@version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"input {", "input { kafka { a => } }", "a { b { c => 1 c => 2 } }", "a ;"})
  void shouldRefuseWhenAPipelineIsNotOne(String text) {
    assertThatThrownBy(() -> LogstashFile.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka-connect", "filebeat", "logstash"})
  void shouldBeInTheReadmeWhenAFileHasAPlaceholder(String directory) throws IOException {
    // Given
    String readme = Files.readString(SIEM.resolve(directory).resolve("README.md"));
    Set<String> placeholders = new TreeSet<>();
    try (Stream<Path> files = Files.list(SIEM.resolve(directory))) {
      for (Path file : files.filter(f -> !f.endsWith("README.md")).toList()) {
        String text = Files.readString(file);
        PLACEHOLDER.matcher(text).results().forEach(found -> placeholders.add(found.group()));
        HOST.matcher(text).results().forEach(found -> placeholders.add(found.group()));
      }
    }

    // When, then
    assertThat(placeholders).hasSizeGreaterThanOrEqualTo(3);
    for (String placeholder : placeholders) {
      assertThat(readme).as("README of %s", directory).contains('`' + placeholder + '`');
    }
  }

  private static Map<String, String> config(Path file) throws IOException {
    JsonNode root = JSON.readTree(Files.readAllBytes(file));
    assertThat(root.properties()).extracting(Map.Entry::getKey).containsExactly("name", "config");
    Map<String, String> config = new LinkedHashMap<>();
    root.get("config")
        .properties()
        .forEach(
            entry -> {
              // Connect's REST interface takes a map of texts.
              assertThat(entry.getValue().isTextual()).as(entry.getKey()).isTrue();
              config.put(entry.getKey(), entry.getValue().asText());
            });
    return config;
  }

  /** The view that is published to a topic. */
  private static String view(String topic) {
    TopicCatalogue.Topic found =
        TopicCatalogue.topics().stream()
            .filter(each -> each.defaultName().equals(topic))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no topic of ours: " + topic));
    assertThat(found.schema()).as("%s is text", topic).isEmpty();
    return found.role();
  }

  private static Set<String> headers(String view) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line : golden(view).substring(0, golden(view).indexOf("\n\n")).split("\n", -1)) {
      names.add(line.substring(0, line.indexOf(':')));
    }
    return names;
  }

  private static String golden(String view) throws IOException {
    String name = "golden/extraction-create." + view + ".txt";
    try (var in = ReceiverConfigsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode document(String view) throws IOException {
    String text = golden(view);
    return JSON.readTree(text.substring(text.indexOf("\n\n")));
  }

  /** Leaves of a document that is rendered, joined by points. */
  private static Set<String> fields(String view) throws IOException {
    Set<String> fields = new TreeSet<>();
    fields("", document(view), fields);
    return fields;
  }

  private static void fields(String path, JsonNode node, Set<String> out) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              e ->
                  fields(path.isEmpty() ? e.getKey() : path + '.' + e.getKey(), e.getValue(), out));
    } else {
      out.add(path);
    }
  }

  /** The data stream that the documents say they belong to. */
  private static String stream() throws IOException {
    JsonNode stream = document("ecs").get("data_stream");
    return String.join(
        "-",
        stream.get("type").asText(),
        stream.get("dataset").asText(),
        stream.get("namespace").asText());
  }

  private static String dataStreams() throws IOException {
    JsonNode template =
        JSON.readTree(SIEM.resolve("index-templates/ecs-data-stream.json").toFile());
    assertThat(template.has("data_stream")).isTrue();
    return glob(template);
  }

  private static String glob(JsonNode template) {
    assertThat(template.get("index_patterns")).hasSize(1);
    return template.get("index_patterns").get(0).asText().replace(".", "\\.").replace("*", ".*");
  }

  @SuppressWarnings("unchecked") // the shape is asserted by use
  private static List<String> list(Map<String, Map<String, Object>> processor, String name) {
    assertThat(processor).containsOnlyKeys(name);
    return (List<String>) processor.get(name).get("fields");
  }

  private static Set<String> with(Set<String> some, String more) {
    Set<String> all = new TreeSet<>(some);
    all.add(more);
    return all;
  }
}
