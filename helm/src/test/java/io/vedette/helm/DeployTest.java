package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.app.AppFacts;
import io.vedette.app.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose stack and the scripts for topics and rights. */
class DeployTest {

  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path COMPOSE = DEPLOY.resolve("compose");
  private static final String START = "# table: start\n";
  private static final String END = "# table: end\n";

  @TempDir private Path directory;

  @Test
  void shouldHoldTogetherWhenTheComposeStackIsRead() throws Exception {
    // Given
    JsonNode stack = Manifests.yaml(Files.readString(COMPOSE.resolve("compose.yaml")));
    JsonNode shared = stack.get("x-vedette");

    // When
    Settings settings = AppFacts.load(COMPOSE.resolve("vedette.yaml"));

    // Then
    assertThat(settings.kafka().bootstrapServers()).isEqualTo("kafka:9092");
    assertThat(settings.kafka().stateDir()).startsWith("/var/lib/vedette");
    assertThat(Files.readString(COMPOSE.resolve("prometheus.yml")))
        .contains("vedette:" + settings.http().managementPort());
    assertThat(stack.at("/services/vedette/healthcheck").toString())
        .contains("127.0.0.1:" + settings.http().managementPort() + "/health/ready");
    assertThat(shared.get("read_only").asBoolean()).isTrue();
    assertThat(shared.get("user").asText()).isEqualTo("10001:10001");
    for (Map.Entry<String, JsonNode> service : stack.get("services").properties()) {
      JsonNode image =
          service.getValue().has("image") ? service.getValue().get("image") : shared.get("image");
      assertThat(image.asText()).as(service.getKey()).matches(".+:v?\\d+\\.\\d+\\.\\d+}?");
      service
          .getValue()
          .path("ports")
          .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
      service
          .getValue()
          .path("volumes")
          .forEach(
              volume ->
                  assertThat(COMPOSE.resolve(volume.asText().replaceAll(":.*", ""))).exists());
    }
    for (String command : List.of("topics", "run", "play", "check")) {
      assertThat(AppFacts.run(command, "--help")).contains("vedette " + command);
    }
  }

  @Test
  void shouldListTheTopicsWhenScriptsAreRead() throws IOException {
    // Given
    JsonNode file = Manifests.yaml(Files.readString(Chart.DIRECTORY.resolve("files/topics.yaml")));

    // When
    StringBuilder table = new StringBuilder();
    for (JsonNode topic : file.get("topics")) {
      table
          .append(role(file, topic))
          .append(' ')
          .append(topic.get("name").asText())
          .append(' ')
          .append(topic.get("cleanup").asText())
          .append(' ')
          .append(topic.get("retention").asText())
          .append(' ')
          .append(topic.get("operations").toString().replaceAll("[\\[\\]\" ]", ""))
          .append('\n');
    }

    // Then
    Path path = DEPLOY.resolve("kafka").resolve("catalogue.sh");
    String text = Files.readString(path);
    Updates.check(
        path,
        text.substring(0, text.indexOf(START) + START.length())
            + table
            + text.substring(text.indexOf(END)));
  }

  private static String role(JsonNode file, JsonNode topic) {
    return file.get("topics").properties().stream()
        .filter(entry -> entry.getValue() == topic)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @Test
  void shouldCallKafkasToolsWhenScriptsRun() throws Exception {
    // Given
    JsonNode file = Manifests.yaml(Files.readString(Chart.DIRECTORY.resolve("files/topics.yaml")));

    // When
    List<String> topics = calls("kafka-topics.sh", "topics.sh");
    List<String> acls = calls("kafka-acls.sh", "acls.sh", "service");
    List<String> gateway = calls("kafka-acls.sh", "acls.sh", "gateway");
    List<String> analyst = calls("kafka-acls.sh", "acls.sh", "analyst");

    // Then
    assertThat(topics).hasSize(file.get("topics").size());
    assertThat(topics)
        .contains(
            "--bootstrap-server kafka:9092 --create --if-not-exists --topic vedette.incidents"
                + " --partitions 6 --replication-factor 3 --config cleanup.policy=delete"
                + " --config retention.ms=7776000000"
                + " --config message.timestamp.type=LogAppendTime")
        .anyMatch(
            c ->
                c.endsWith(
                    "--topic vedette.models --partitions 6 --replication-factor 3 --config cleanup.policy=compact"));
    Map<String, TreeSet<String>> granted = new TreeMap<>();
    for (String call : acls) {
      assertThat(call).contains("--allow-principal User:vedette");
      String topic = call.replaceAll(".*--topic (\\S+).*", "$1");
      TreeSet<String> operations = granted.computeIfAbsent(topic, t -> new TreeSet<>());
      for (String part : call.split(" --")) {
        if (part.startsWith("operation ")) {
          operations.add(part.substring("operation ".length()));
        }
      }
    }
    for (JsonNode topic : file.get("topics")) {
      TreeSet<String> operations = new TreeSet<>();
      topic.get("operations").forEach(o -> operations.add(o.asText()));
      assertThat(granted).containsEntry(topic.get("name").asText(), operations);
    }
    assertThat(acls)
        .anyMatch(c -> c.endsWith("--topic vedette- --resource-pattern-type prefixed"))
        .anyMatch(c -> c.endsWith("--operation Describe --operation Read --group vedette"));
    assertThat(acls).hasSize(file.get("topics").size() + 2);
    assertThat(gateway).hasSize(3).allMatch(c -> c.contains("inference.") && !c.contains("Read"));
    assertThat(analyst)
        .hasSize(5)
        .anyMatch(
            c -> c.endsWith("--operation Describe --operation Read --topic vedette.baselines"))
        .anyMatch(c -> c.endsWith("--operation Describe --operation Read --topic vedette.models"))
        .filteredOn(c -> c.contains("Write"))
        .singleElement()
        .asString()
        .endsWith("--topic vedette.verdicts");
  }

  @Test
  void shouldUseTheirNamesWhenTopicsAreRenamed() throws Exception {
    // Given
    JsonNode file = Manifests.yaml(Files.readString(Chart.DIRECTORY.resolve("files/topics.yaml")));
    Map<String, String> names = new TreeMap<>();
    file.get("topics").fieldNames().forEachRemaining(role -> names.put(role, "soc." + role));
    Map<String, String> renamed =
        Map.of(
            "TOPICS",
            String.join(" ", names.entrySet().stream().map(e -> e.toString()).toList()),
            "VIEWS",
            "ecs cef",
            "ACTIONS",
            "yes");

    // When
    List<String> topics = calls(renamed, "kafka-topics.sh", "topics.sh");
    List<String> rights = new ArrayList<>();
    for (String who : List.of("service", "gateway", "reader", "analyst")) {
      rights.addAll(calls(renamed, "kafka-acls.sh", "acls.sh", who));
    }

    // Then
    assertThat(topics).hasSameSizeAs(names.keySet()).allMatch(c -> c.contains("--topic soc."));
    assertThat(rights)
        .anyMatch(c -> c.endsWith("--operation Write --topic soc.cef"))
        .anyMatch(c -> c.endsWith("--operation Read --operation Write --topic soc.actions"))
        .noneMatch(c -> c.contains("--topic vedette.") || c.contains("--topic inference."));
    assertThat(rights.stream().map(c -> c.replaceAll(".*--topic (\\S+).*", "$1")))
        .containsAll(names.values());
  }

  @Test
  void shouldRefuseWithTheReasonWhenARoleIsUnknown() throws Exception {
    assertThat(refused(Map.of("TOPICS", "incident=soc.incidents"), "topics.sh"))
        .contains("'incident=soc.incidents' must be ROLE=NAME, with a role of: requests responses");
    assertThat(refused(Map.of("TOPICS", "incidents=a;b"), "acls.sh", "reader"))
        .contains("'incidents=a;b' must be ROLE=NAME");
    assertThat(refused(Map.of("VIEWS", "splunk"), "acls.sh", "service"))
        .contains("'splunk' must be ecs or cef");
  }

  /**
   * What a script calls, one line a call; Kafka's tool is a stand-in that writes down its words.
   */
  private List<String> calls(String tool, String script, String... arguments) throws Exception {
    return calls(Map.of(), tool, script, arguments);
  }

  private List<String> calls(
      Map<String, String> environment, String tool, String script, String... arguments)
      throws Exception {
    Path log = Files.createTempFile(directory, script, ".log");
    stub(tool, log);
    Process process = start(environment, script, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return Files.readAllLines(log);
  }

  /** What a script says that must fail. */
  private String refused(Map<String, String> environment, String script, String... arguments)
      throws Exception {
    stub("kafka-topics.sh", directory.resolve("refused.log"));
    stub("kafka-acls.sh", directory.resolve("refused.log"));
    Process process = start(environment, script, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isNotZero();
    return output;
  }

  private void stub(String tool, Path log) throws IOException {
    Path stub = directory.resolve(tool);
    Files.writeString(stub, "#!/bin/sh\necho \"$*\" >> '" + log + "'\n");
    assertThat(stub.toFile().setExecutable(true)).isTrue();
  }

  private Process start(Map<String, String> environment, String script, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add("bash");
    command.add(DEPLOY.resolve("kafka").resolve(script).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
    builder.environment().put("BOOTSTRAP", "kafka:9092");
    builder.environment().put("PRINCIPAL", "User:vedette");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
