package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.schemas.TopicCatalogue;
import io.vedette.wire.RegistryClient;
import io.vedette.wire.WireSerdes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryCheckTest {

  private static final String INCIDENTS = "vedette.incidents-value";

  @Test
  void shouldBeContentWhenTheRegistryIsEmptyOrHasOurSchemas() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, subjects())) {
      // Given
      Settings settings = settings(registry.url());
      RegistryCheck empty = RegistryCheck.of(settings);
      try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings())) {
        wire.ensureRegistered(settings.topics().byRole());
      }

      // When
      RegistryCheck full = RegistryCheck.of(settings);

      // Then
      assertThat(empty.problems()).isEmpty();
      assertThat(full.problems()).isEmpty();
      assertThat(full.warnings()).isEmpty();
    }
  }

  @Test
  void shouldWarnWhenTheLevelIsLessThanTheContractPromises() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      // When
      RegistryCheck check = RegistryCheck.of(settings(registry.url()));

      // Then
      assertThat(check.problems()).isEmpty();
      assertThat(check.warnings())
          .singleElement()
          .asString()
          .contains("level BACKWARD", "must be FULL_TRANSITIVE", INCIDENTS)
          .contains("inference.requests-value");
    }
  }

  @Test
  void shouldSayThatItIsNotTakenWhenAnotherSchemaStandsInTheWay() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, subjects());
        RegistryClient client =
            RegistryClient.from(Map.of("schema.registry.url", registry.url()))) {
      // Given
      client.register(INCIDENTS, SchemaBuilder.builder().stringType());

      // When
      RegistryCheck check = RegistryCheck.of(settings(registry.url()));

      // Then
      assertThat(check.problems())
          .containsExactly(
              "the registry does not take the schema of subject "
                  + INCIDENTS
                  + ": it is not compatible with the latest version there, level FULL_TRANSITIVE");
    }
  }

  @Test
  void shouldNameTheSubjectsWhenNothingMayBeRegisteredAndTheyAreMissing() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, subjects())) {
      // When
      RegistryCheck check =
          RegistryCheck.of(
              settings(
                  registry.url(),
                  "VEDETTE_REGISTRY_PROPERTIES_AUTO_REGISTER_SCHEMAS",
                  "false",
                  "VEDETTE_ACTIONS_DETECTORS",
                  "extraction"));

      // Then
      assertThat(check.problems())
          .hasSize(4)
          .allMatch(problem -> problem.contains("auto.register.schemas is false"))
          .anyMatch(problem -> problem.contains("vedette.actions-value"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, the schema registry refuses the login at registry.url = http://(hidden)@",
    "403, the schema registry refuses the login at registry.url = http://(hidden)@",
    "404, no schema registry at registry.url = http://(hidden)@",
    "503, no schema registry answers at registry.url = http://(hidden)@"
  })
  void shouldSayWhatItIsWhenTheRegistryRefuses(int status, String expected) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      // Given
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
      String url = "http://someone:hush@127.0.0.1:" + server.getAddress().getPort();

      // When
      RegistryCheck check = RegistryCheck.of(settings(url));

      // Then
      assertThat(check.problems())
          .singleElement()
          .asString()
          .startsWith(expected)
          .doesNotContain("hush");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void shouldNameTheAddressWhenNobodyListens() throws Exception {
    // Given
    String url;
    try (EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      url = registry.url();
    }

    // When
    RegistryCheck check = RegistryCheck.of(settings(url));

    // Then
    assertThat(check.problems())
        .singleElement()
        .asString()
        .startsWith("no schema registry answers at registry.url = " + url)
        .contains("ConnectException");
  }

  @Test
  void shouldNotJudgeWhenAForeignSerializerSpeaksToTheRegistry() throws Exception {
    // When
    RegistryCheck check =
        RegistryCheck.of(settings("http://127.0.0.1:1", "VEDETTE_AVRO_SERIALIZER", "some.Other"));

    // Then
    assertThat(check.problems()).isEmpty();
  }

  private static Set<String> subjects() {
    return TopicCatalogue.topics().stream()
        .map(topic -> topic.defaultName() + "-value")
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Settings settings(String url, String... more) throws SettingsException {
    Map<String, String> environment = new HashMap<>();
    environment.put("VEDETTE_REGISTRY_URL", url);
    environment.put("VEDETTE_REGISTRY_PROPERTIES_RETRIES_WAIT_MS", "0");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return SettingsLoader.load(null, environment);
  }
}
