package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.cluster.SecureBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logins beside SCRAM, as a settings file has them, on a broker that wants them: a password over
 * TLS (SASL/PLAIN) and a client's certificate (mTLS, all in PEM). What the service may do follows
 * from who it is then, so that the whole check of its rights goes through.
 */
class LoginsIT {

  @TempDir static Path dir;
  private static SecureBed bed;
  private static SecureBroker broker;

  @BeforeAll
  static void start() throws Exception {
    bed =
        new SecureBed(
            dir, Map.of("vedette", Map.of()), List.of("nobody"), List.of("vedette", "nobody"));
    broker = bed.broker();
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  @Test
  void shouldHaveAllRightsWhenItLogsInByPasswordOverTls() throws Exception {
    // Given
    Settings settings = byPassword("vedette", SecureBroker.password("vedette"));

    // When, then
    assertThat(StartCheck.problems(settings)).isEmpty();
    assertThat(topics(settings)).contains("vedette.incidents", "inference.exchanges");
  }

  @Test
  void shouldSayThatTheLoginIsRefusedWhenThePasswordIsWrong() throws Exception {
    assertThat(StartCheck.problems(byPassword("vedette", "hushed-wrong")))
        .singleElement()
        .asString()
        .startsWith("the login is refused at kafka.bootstrapServers = ")
        .contains("sasl.jaas.config")
        .doesNotContain("hushed");
  }

  @Test
  void shouldHaveAllRightsWhenItShowsItsCertificate() throws Exception {
    // Given
    Settings settings = byCertificate(broker.clientCertificate("vedette"));

    // When, then
    assertThat(StartCheck.problems(settings)).isEmpty();
    assertThat(topics(settings)).contains("vedette.incidents", "inference.exchanges");
  }

  @Test
  void shouldLackRightsWhenTheCertificateIsAnothers() throws Exception {
    assertThat(StartCheck.problems(byCertificate(broker.clientCertificate("nobody"))))
        .contains("missing right: Describe on topic vedette.incidents");
  }

  @Test
  void shouldSayThatThereIsNoTlsWhenTheCertificateIsMissingOrNotTrusted() throws Exception {
    // Given
    Path stranger = SecureBroker.strangersKey(Files.createDirectories(dir.resolve("other")));

    for (Settings settings : List.of(byCertificate(null), byCertificate(stranger))) {
      // When
      List<String> problems = StartCheck.problems(settings);

      // Then
      assertThat(problems)
          .singleElement()
          .asString()
          .startsWith("no TLS at kafka.bootstrapServers = " + broker.certificateAddress())
          .contains("ssl.keystore");
    }
  }

  private static List<String> topics(Settings settings) throws Exception {
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      List<String> missing = admin.missing();
      return settings.topics().byRole().values().stream()
          .filter(topic -> !missing.contains(topic))
          .toList();
    }
  }

  private static Settings byPassword(String user, String password) throws Exception {
    return settings(
        broker.passwordAddress(),
        """
            security.protocol: SASL_SSL
            sasl.mechanism: PLAIN
            sasl.jaas.config: >-
              org.apache.kafka.common.security.plain.PlainLoginModule required
              username="%s" password="%s";
        """
            .formatted(user, password));
  }

  private static Settings byCertificate(@Nullable Path key) throws Exception {
    String shown =
        key == null
            ? ""
            : """
                ssl.keystore.type: PEM
                ssl.keystore.location: %s
            """
                .formatted(key);
    return settings(broker.certificateAddress(), "    security.protocol: SSL\n" + shown);
  }

  /** Settings as a file has them; what is not about Kafka is the bed's. */
  private static Settings settings(String address, String login)
      throws IOException, SettingsException {
    Path file =
        Files.writeString(
            Files.createTempFile(dir, "settings", ".yaml"),
            """
            kafka:
              bootstrapServers: %s
              applicationId: vedette
              stateDir: %s
              properties:
                ssl.truststore.type: PEM
                ssl.truststore.location: %s
            """
                    .formatted(address, dir.resolve("state"), broker.certificate())
                + login
                + """
            registry: {url: %s}
            cells: {salt: %s, partitions: 2}
            """
                    .formatted(bed.registryUrl(), SecureBed.SALT));
    return SettingsLoader.load(file, Map.of());
  }
}
