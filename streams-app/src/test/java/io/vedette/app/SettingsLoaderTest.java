package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vedette.core.Maturity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {

  @TempDir Path dir;

  @Test
  void shouldGiveDefaultsWhenThereIsNothing() throws SettingsException {
    // When
    Settings settings = SettingsLoader.load(null, Map.of("PATH", "x"));

    // Then
    assertThat(settings).isEqualTo(Settings.defaults());
  }

  @Test
  void shouldReadEverySectionWhenTheFileIsFull() throws Exception {
    // Given
    Path file =
        file(
            """
            kafka:
              bootstrapServers: a:9092,b:9092
              guarantee: exactly_once_v2
              threads: 4
              commitInterval: PT0.5S
              properties:
                security.protocol: SASL_SSL
                producer:
                  linger.ms: 5
            topics: {requests: my.requests, retention: P3D}
            ingest: {rekey: [requests, responses]}
            learning:
              until: 2026-03-01T00:00:00Z
            alerting:
              falseAlarmsPerCallerDay: 1e-3
            detectors:
              drift:
                enabled: false
                maturity: incubating
                properties: {SHIFTFLOOR: 0.2}
            state: {memoryBytes: 512 MiB}
            log:
            """);

    // When
    Settings settings = SettingsLoader.load(file, Map.of());

    // Then
    assertThat(settings.kafka().bootstrapServers()).isEqualTo("a:9092,b:9092");
    assertThat(settings.kafka().guarantee()).isEqualTo(Settings.Guarantee.EXACTLY_ONCE_V2);
    assertThat(settings.kafka().commitInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.kafka().properties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("producer.linger.ms", "5");
    assertThat(settings.topics().requests()).isEqualTo("my.requests");
    assertThat(settings.topics().responses()).isEqualTo("inference.responses");
    assertThat(settings.ingest().rekey()).containsExactly("requests", "responses");
    assertThat(settings.learning().until()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(settings.alerting().falseAlarmsPerCallerDay()).isEqualTo(1e-3);
    assertThat(settings.detector("drift").enabled()).isFalse();
    assertThat(settings.detector("drift").maturity()).isEqualTo(Maturity.INCUBATING);
    assertThat(settings.detector("drift").properties())
        .containsExactlyEntriesOf(Map.of("shiftFloor", 0.2));
    assertThat(settings.state().memoryBytes()).isEqualTo(512L << 20);
    assertThat(settings.log()).isEqualTo(Settings.defaults().log());
  }

  @Test
  void shouldPreferTheEnvironmentWhenBothSetAKey() throws Exception {
    // Given
    Path file = file("http: {port: 1}\nkafka: {properties: {ssl.keyStore.type: JKS}}\n");
    Map<String, String> environment =
        Map.of(
            "VEDETTE_HTTP_PORT", "2",
            "vedette_kafka_properties_ssl_keystore_type", "PEM",
            "VEDETTE_INGEST_REKEY", "requests, exchanges");

    // When
    Settings settings = SettingsLoader.load(file, environment);

    // Then
    assertThat(settings.http().port()).isEqualTo(2);
    assertThat(settings.kafka().properties())
        .containsExactlyEntriesOf(Map.of("ssl.keyStore.type", "PEM"));
    assertThat(settings.ingest().rekey()).containsExactly("requests", "exchanges");
  }

  @Test
  void shouldReportEverythingAtOnceWhenMuchIsWrong() throws Exception {
    // Given
    Path file =
        file(
            """
            alerting: {falseAlarmsPerCallerDay: 5, closeAfter: soon, hartbeat: PT1M}
            learnig: {rows: 500}
            learning: {rows: 20}
            kafka: {guarantee: twice, replicationFactor: 0}
            detectors: {extracton: {enabled: true}, drift: {enabled: maybe, window: 3}}
            http: 8080
            cells: {salt: ""}
            ingest: {rekey: [incidents]}
            """);
    Map<String, String> environment = Map.of("VEDETTE_HTTP_PROT", "1");

    // When
    SettingsException thrown =
        catchThrowableOfType(SettingsException.class, () -> SettingsLoader.load(file, environment));

    // Then
    assertThat(thrown.errors())
        .containsExactlyInAnyOrder(
            "alerting.falseAlarmsPerCallerDay must be a number above 0 and at most 0.1, was 5",
            "alerting.closeAfter must be a duration from PT1M to P30D, was soon",
            "alerting.hartbeat is not a setting; did you mean alerting.heartbeat?",
            "learnig is not a setting; did you mean learning?",
            "learning.rows must be a whole number from 200 to 10000000, was 20",
            "kafka.guarantee must be at_least_once or exactly_once_v2, was twice",
            "kafka.replicationFactor must be -1 or a whole number from 1 to 16, was 0",
            "detectors.extracton is not a setting; did you mean detectors.extraction?",
            "detectors.drift.enabled must be true or false, was maybe",
            "detectors.drift.window is not a setting;"
                + " allowed here: enabled, maturity, shadow, properties, sensitive, fingerprints, secret,"
                + " secretFile",
            "http must be a section with keys, was a single value",
            "cells.salt must be 1 to 1024 characters, was ",
            "ingest.rekey must be a list of requests, responses, exchanges,"
                + " was not a single value",
            "environment variable VEDETTE_HTTP_PROT is not a setting;"
                + " did you mean VEDETTE_HTTP_PORT?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drift: {properties: {shiftFlor: 1}} | detectors.drift.properties.shiftFlor is not a"
            + " setting; did you mean detectors.drift.properties.shiftFloor?",
        "drift: {properties: {psifloor: 9}} | detectors.drift.properties.psiFloor must be a number"
            + " from 0.001 to 5, was 9",
        "drift: {properties: {psiFloor: many}} | detectors.drift.properties must be a map of finite"
            + " numbers, was not a single value",
        "cost: {properties: {budget: 1}} | detectors.cost.properties.budget is not a setting; this"
            + " detector has no numbers to set",
        "drift: {sensitive: [1]} | detectors.drift.sensitive is not a setting; it is one of"
            + " detectors.inversion",
        "inversion: {fingerprints: f} | detectors.inversion.fingerprints is not a setting; it is one"
            + " of detectors.membership",
        "inversion: {sensitive: ['a:b:c']} | detectors.inversion.sensitive must be a list of feature"
            + " or model:feature, was not a single value",
        "drift: {maturity: ripe} | detectors.drift.maturity must be stable, incubating, sandbox,"
            + " deprecated, or empty, was ripe"
      })
  void shouldSayWhatIsAllowedWhenADetectorsSettingIsWrong(String detector, String error)
      throws IOException {
    // Given
    Path file = file("detectors: {" + detector + "}\n");

    // When
    SettingsException thrown =
        catchThrowableOfType(SettingsException.class, () -> SettingsLoader.load(file, Map.of()));

    // Then
    assertThat(thrown.errors()).containsExactly(error);
  }

  @Test
  void shouldReadMarksAndSecretsWhenDetectorsHaveThem() throws IOException, SettingsException {
    // Given
    Path secret = Files.writeString(dir.resolve("secret"), "sixteen characters\n");
    Path file =
        file(
            """
            detectors:
              inversion: {sensitive: [7, "loan:country"]}
              membership: {fingerprints: rows.bin, secretFile: %s}
            """
                .formatted(secret));

    // When
    Settings settings = SettingsLoader.load(file, Map.of());

    // Then
    assertThat(settings.detector("inversion").sensitive()).containsExactly("7", "loan:country");
    assertThat(settings.detector("membership").fingerprints()).isEqualTo("rows.bin");
    assertThat(settings.detector("membership").secret()).isEqualTo("sixteen characters");
    assertThat(settings.describe()).doesNotContain("sixteen");
  }

  @Test
  void shouldAskForASecretWhenFingerprintsAreNamed() throws IOException {
    // Given
    Path file = file("detectors: {membership: {fingerprints: rows.bin, secret: short}}\n");

    // When
    SettingsException thrown =
        catchThrowableOfType(SettingsException.class, () -> SettingsLoader.load(file, Map.of()));

    // Then
    assertThat(thrown.errors())
        .containsExactly(
            "detectors.membership.secret must be 16 characters or more where fingerprints are named");
  }

  @ParameterizedTest
  @CsvSource({
    "closeAfter, closeAfter is not a setting; did you mean alerting.closeAfter?",
    "kafka.threadz, kafka.threadz is not a setting"
  })
  void shouldFindTheSectionWhenAKeyStandsInTheWrongPlace(String key, String error)
      throws IOException {
    // Given
    Path file = file(key + ": 1\n");

    // When
    SettingsException thrown =
        catchThrowableOfType(SettingsException.class, () -> SettingsLoader.load(file, Map.of()));

    // Then
    assertThat(thrown).hasMessageStartingWith(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [",
        "a: 1\na: 2",
        "- list",
        "text",
        "a: !!javax.script.ScriptEngineManager []",
        "a: &x [*x]",
        "kafka: &x {properties: *x}",
        "a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: {n: {o: {p: {q: 1}}}}}}}}}}}}}}}}",
        "a: &a [1,1]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]"
      })
  void shouldGiveOneErrorWhenYamlIsBrokenOrHostile(String yaml) throws IOException {
    Path file = file(yaml);
    assertThatThrownBy(() -> SettingsLoader.load(file, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("settings file");
  }

  @Test
  void shouldNotQuoteTheFileWhenItIsNoYaml() throws IOException {
    Path file = file("password: hush\n  x: hush\n");
    assertThatThrownBy(() -> SettingsLoader.load(file, Map.of()))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("hush");
  }

  @Test
  void shouldHideTheValueWhenASecretIsWrong() throws IOException {
    Path file = file("cells: {salt: " + "hush".repeat(300) + "}\n");
    assertThatThrownBy(() -> SettingsLoader.load(file, Map.of()))
        .hasMessageContaining("cells.salt must be")
        .hasMessageNotContaining("hush");
  }

  @Test
  void shouldIgnoreServiceLinksWhenKubernetesSetsThem() throws SettingsException {
    // Given
    Map<String, String> environment =
        Map.of(
            "VEDETTE_PORT", "tcp://10.0.0.1:8080",
            "VEDETTE_HTTP_PORT", "tcp://10.0.0.1:8080",
            "VEDETTE_SERVICE_HOST", "10.0.0.1",
            "VEDETTE_SERVICE_PORT_HTTP", "8080",
            "VEDETTE_PORT_8080_TCP_PORT", "8080");

    // When
    Settings settings = SettingsLoader.load(null, environment);

    // Then
    assertThat(settings).isEqualTo(Settings.defaults());
  }

  @Test
  void shouldReadTheSaltWhenItLiesInAFile() throws Exception {
    // Given
    Path salt = Files.writeString(dir.resolve("salt"), "pepper\n");

    // When
    Settings settings =
        SettingsLoader.load(null, Map.of("VEDETTE_CELLS_SALTFILE", salt.toString()));

    // Then
    assertThat(settings.cells().salt()).isEqualTo("pepper");
  }

  @ParameterizedTest
  @CsvSource({"absent.yaml, does not exist", "'', settings file"})
  void shouldSaySoWhenTheFileCannotBeRead(String name, String error) {
    assertThatThrownBy(() -> SettingsLoader.load(dir.resolve(name), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(error);
  }

  @Test
  void shouldSurviveWhenAnyKeyHasAnyKindOfValue() throws IOException {
    List<String> values = List.of("1", "x", "''", "[]", "[1]", "{}", "{a: 1}", "~", "{a: [1]}");
    for (String path : SettingsKeys.all().keySet()) {
      for (String value : values) {
        String[] names = path.replace("<id>", "drift").split("\\.");
        Path file = file(nested(names, value));
        try {
          assertThat(SettingsLoader.load(file, Map.of()).problems()).isEmpty();
        } catch (SettingsException e) {
          assertThat(e.errors()).isNotEmpty().allMatch(error -> error.startsWith(names[0]));
        }
      }
    }
  }

  private static String nested(String[] names, String value) {
    return String.join(": {", names) + ": " + value + "}".repeat(names.length - 1) + "\n";
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(dir.resolve("vedette.yaml"), yaml);
  }
}
