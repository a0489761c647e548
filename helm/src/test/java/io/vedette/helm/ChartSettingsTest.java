package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.app.AppFacts;
import io.vedette.app.BoundedRocksDb;
import io.vedette.app.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart writes is what the service reads. */
class ChartSettingsTest {

  private static final long GIB = 1L << 30;

  @TempDir private Path directory;

  static List<Path> ciValues() throws IOException {
    return Chart.ciValues();
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldBeAcceptedWhenTheServiceLoadsTheSettings(Path values) throws Exception {
    // Given
    Manifests manifests = Chart.render(values);

    // When
    Settings settings = load(manifests);

    // Then
    JsonNode given = Manifests.yaml(Files.readString(values));
    assertThat(settings.kafka().bootstrapServers())
        .isEqualTo(given.at("/kafka/bootstrapServers").asText());
    assertThat(settings.registry().url()).isEqualTo(given.at("/registry/url").asText());
    assertThat(settings.cells().salt()).isEqualTo("0123456789abcdef");
    assertThat(mounted(manifests, "salt")).isEqualTo("/etc/vedette/salt");
    assertThat(settings.kafka().stateDir()).startsWith(mounted(manifests, "state") + "/");
    boolean exposed =
        !settings.http().auth().methods().isEmpty() || settings.http().auth().openBeyondLoopback();
    assertThat(settings.http().host()).isEqualTo(exposed ? "0.0.0.0" : "127.0.0.1");
    assertThat(settings.http().managementHost()).isEqualTo("0.0.0.0");
    for (String file : files(settings.http())) {
      String volume = Path.of(file).getParent().getFileName().toString();
      assertThat(Path.of(file).getParent()).hasToString(mounted(manifests, volume));
    }
    assertThat(settings.http().managementPort()).isNotEqualTo(settings.http().port());
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldBeKnownToKafkaWhenPropertiesAreHandedOn(Path values) throws Exception {
    // Given
    Settings settings = load(Chart.render(values));
    Set<String> known = new TreeSet<>(StreamsConfig.configDef().names());
    known.addAll(ConsumerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    known.add(BoundedRocksDb.BYTES);

    // When
    List<String> unknown =
        settings.kafka().properties().keySet().stream()
            .map(key -> key.replaceFirst("^main\\.consumer\\.", ""))
            .filter(key -> !key.startsWith("config.providers."))
            .filter(key -> !known.contains(key))
            .toList();

    // Then
    assertThat(unknown).isEmpty();
    assertThat(Class.forName(settings.kafka().properties().get("rocksdb.config.setter")))
        .isEqualTo(BoundedRocksDb.class);
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldFitTheLimitWhenHeapStateAndRocksDbAreTakenTogether(Path values) throws Exception {
    // Given
    Manifests manifests = Chart.render(values);
    Settings settings = load(manifests);
    String limit = manifests.container().at("/resources/limits/memory").asText();
    long bytes = Long.parseLong(limit.replace("Gi", "")) * GIB;
    String options = env(manifests).get("JAVA_TOOL_OPTIONS");

    // When
    long heap = Long.parseLong(options.replaceAll(".*-Xmx(\\d+) .*", "$1"));
    long rocksdb = Long.parseLong(settings.kafka().properties().get(BoundedRocksDb.BYTES));

    // Then
    assertThat(heap).isEqualTo(bytes / 2);
    assertThat(settings.state().memoryBytes()).isEqualTo(heap * 40 / 100);
    assertThat(rocksdb).isEqualTo(bytes / 5);
    assertThat(heap + rocksdb + (256L << 20)).isLessThanOrEqualTo(bytes);
    assertThat(options).contains("-XX:+ExitOnOutOfMemoryError").contains("-Djava.io.tmpdir=/tmp");
  }

  @Test
  void shouldTakeTheEnvironmentWhenSecretsComeByIt() throws Exception {
    // Given
    Manifests manifests = Chart.render(Chart.CI.resolve("sasl-tls-values.yaml"));
    Map<String, String> environment = env(manifests);

    // When
    environment.replaceAll((name, value) -> value.isEmpty() ? "from-" + name : value);
    Settings settings = AppFacts.load(file(manifests), environment);

    // Then
    assertThat(settings.registry().properties())
        .containsEntry(
            "basic.auth.user.info", "from-VEDETTE_REGISTRY_PROPERTIES_BASIC_AUTH_USER_INFO")
        .containsKey("schema.registry.ssl.truststore.password");
    assertThat(settings.kafka().properties()).containsKey("main.consumer.group.instance.id");
    assertThat(settings.describe()).doesNotContain("from-VEDETTE_REGISTRY");
  }

  @Test
  void shouldTakeStaticMembershipWhenStreamsReadsItsProperties() throws Exception {
    // Given
    Manifests manifests = Chart.render(Chart.MINIMAL);
    Map<String, String> environment = env(manifests);
    environment.replaceAll((name, value) -> value.isEmpty() ? "vedette-0" : value);
    Settings settings = AppFacts.load(file(manifests), environment);
    Map<String, Object> properties = new HashMap<>(settings.kafka().properties());
    properties.put("application.id", "vedette");
    properties.put("bootstrap.servers", "localhost:1");

    // When
    Map<String, Object> consumer =
        new StreamsConfig(properties).getMainConsumerConfigs("vedette", "client", 1);

    // Then
    assertThat(consumer)
        .containsEntry("group.instance.id", "vedette-0-1")
        .containsEntry("session.timeout.ms", "120000");
  }

  @Test
  void shouldReadSecretsFromFilesWhenKafkaIsConfigured() throws Exception {
    // Given
    Manifests manifests = Chart.render(Chart.CI.resolve("sasl-tls-values.yaml"));
    Path secrets = Files.createDirectories(directory.resolve("kafka"));
    Files.writeString(secrets.resolve("username"), "alice");
    Files.writeString(secrets.resolve("password"), "s3cret");
    Map<String, Object> properties = new HashMap<>();
    load(manifests)
        .kafka()
        .properties()
        .forEach(
            (key, value) ->
                properties.put(key, value.replace("/etc/vedette/kafka", secrets.toString())));
    properties.put("ssl.truststore.location", "/etc/vedette/kafka-ca/ca.crt");
    properties.put("application.id", "vedette");
    properties.put("bootstrap.servers", "localhost:1");

    // When
    Object streams =
        new StreamsConfig(properties).getMainConsumerConfigs("g", "c", 0).get("sasl.jaas.config");
    Object admin = new AdminClientConfig(properties).getPassword("sasl.jaas.config").value();

    // Then
    assertThat(admin)
        .isEqualTo(
            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"alice\" password=\"s3cret\";");
    assertThat(streams).isEqualTo(admin);
  }

  private static List<String> files(Settings.Http http) {
    return Stream.of(
            http.tls().certificateFile(),
            http.tls().keyFile(),
            http.auth().credentialsFile(),
            http.auth().oidc().caFile())
        .filter(file -> !file.isEmpty())
        .toList();
  }

  private Settings load(Manifests manifests) throws Exception {
    return AppFacts.load(file(manifests));
  }

  /** The settings file, with the salt where the test can read it. */
  private Path file(Manifests manifests) throws IOException {
    Path salt = Files.createDirectories(directory.resolve("etc/vedette/salt")).resolve("salt");
    Files.writeString(salt, "0123456789abcdef");
    String text = manifests.settings();
    assertThat(text).contains("saltFile: /etc/vedette/salt/salt");
    return Files.writeString(
        directory.resolve("vedette.yaml"), text.replace("/etc/vedette/salt/salt", salt.toString()));
  }

  private static String mounted(Manifests manifests, String volume) {
    for (JsonNode mount : manifests.container().get("volumeMounts")) {
      if (mount.get("name").asText().equals(volume)) {
        return mount.get("mountPath").asText();
      }
    }
    throw new AssertionError("no mount " + volume);
  }

  static Map<String, String> env(Manifests manifests) {
    Map<String, String> env = new HashMap<>();
    manifests
        .container()
        .get("env")
        .forEach(e -> env.put(e.get("name").asText(), e.path("value").asText()));
    return env;
  }
}
