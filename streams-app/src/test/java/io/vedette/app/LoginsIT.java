package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.cluster.SecureBroker;
import io.vedette.cluster.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logins beside SCRAM, as a settings file has them, on a broker that wants them: a password over
 * TLS (SASL/PLAIN), a client's certificate (mTLS, all in PEM) and the token of a service account
 * (OAUTHBEARER). What the service may do follows from who it is then, so that the whole check of
 * its rights goes through.
 */
class LoginsIT {

  private static final String ACCOUNT = TokenIssuer.user("security", "vedette");

  @TempDir static Path dir;
  private static SecureBed bed;
  private static SecureBroker broker;
  private static TokenLogins tokens;

  @BeforeAll
  static void start() throws Exception {
    tokens = new TokenLogins(dir.resolve("token"));
    bed =
        new SecureBed(
            dir,
            Map.of("vedette", Map.of()),
            List.of("nobody"),
            List.of("vedette", "nobody"),
            tokens.issuer());
    broker = bed.broker();
    broker.allow(ACCOUNT, bed.rights("vedette", Map.of()));
  }

  @AfterAll
  static void stop() {
    bed.close();
    tokens.close();
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

  @Test
  void shouldHaveAllRightsWhenItSendsTheTokenThatIsProjected() throws Exception {
    // Given
    Settings settings = byToken();

    // When
    tokens.project(tokens.issuer().token(ACCOUNT));

    // Then
    assertThat(StartCheck.problems(settings)).isEmpty();
    assertThat(topics(settings)).contains("vedette.incidents", "inference.exchanges");
  }

  @Test
  void shouldLackRightsWhenTheTokenIsAnothers() throws Exception {
    tokens.project(tokens.issuer().token(TokenIssuer.user("security", "default")));
    assertThat(StartCheck.problems(byToken()))
        .contains("missing right: Describe on topic vedette.incidents");
  }

  @Test
  void shouldSayThatTheLoginIsRefusedWhenTheBrokerDoesNotTakeTheToken() throws Exception {
    // Given
    Instant now = Instant.now();
    List<String> refused =
        List.of(
            tokens.issuer().token(ACCOUNT, "https://kubernetes.default.svc", now),
            tokens.issuer().token(ACCOUNT, TokenIssuer.AUDIENCE, now.minusSeconds(7200)),
            new TokenIssuer(dir).token(ACCOUNT));

    for (String token : refused) {
      // When
      tokens.project(token);

      // Then
      assertThat(StartCheck.problems(byToken()))
          .singleElement()
          .asString()
          .startsWith("the login is refused at kafka.bootstrapServers = " + broker.tokenAddress())
          .contains("sasl.oauthbearer.")
          .doesNotContain(token);
    }
  }

  @Test
  void shouldSayWhatIsMissingWhenTheTokenCannotBeRead() throws Exception {
    // Given
    tokens.project(tokens.issuer().token(ACCOUNT));
    tokens.forbid();

    // When
    List<String> withoutOption = StartCheck.problems(byToken());
    tokens.allow();
    Files.delete(tokens.file());
    List<String> withoutFile = StartCheck.problems(byToken());
    tokens.project("hushed");
    List<String> withoutToken = StartCheck.problems(byToken());

    // Then
    assertThat(List.of(withoutOption, withoutFile, withoutToken))
        .allSatisfy(
            problems ->
                assertThat(problems)
                    .singleElement()
                    .asString()
                    .startsWith("no login at kafka.bootstrapServers = " + broker.tokenAddress())
                    .contains("sasl.oauthbearer."));
    assertThat(withoutOption.get(0)).contains("system property '" + TokenIssuer.ALLOWED + "'");
    assertThat(withoutFile.get(0)).contains(tokens.file() + ") that doesn't exist");
    assertThat(withoutToken.get(0)).contains("Malformed JWT").doesNotContain("hushed");
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

  private static Settings byToken() throws Exception {
    StringBuilder login = new StringBuilder();
    tokens
        .properties()
        .forEach((key, value) -> login.append("    %s: \"%s\"\n".formatted(key, value)));
    return settings(broker.tokenAddress(), login.toString());
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
