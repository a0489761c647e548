package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vedette.cluster.AclScript.Right;
import io.vedette.cluster.SecureBroker;
import io.vedette.core.Incident;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * The service on a broker that wants TLS and a login and allows only what {@code
 * deploy/kafka/acls.sh} grants; what happens when one of these rights is missing.
 */
class SecureServiceIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Map<String, Map<String, String>> SERVICES =
      Map.of(
          "vedette", Map.of(),
          "full", SecureBed.EVERYTHING,
          "judged", Map.of(), // a group of its own: nobody's partitions are waited for
          "mute", Map.of());
  private static final List<String> OTHERS = List.of("gateway", "siem", "analyst");

  @TempDir static Path dir;
  private static SecureBed bed;
  private static SecureBroker broker;
  private static SecretWatch watch;

  @BeforeAll
  static void start() throws Exception {
    List<String> secrets = new ArrayList<>(List.of(SecureBed.SALT, SecureBed.REGISTRY_PASSWORD));
    SERVICES.keySet().forEach(user -> secrets.add(SecureBroker.password(user)));
    OTHERS.forEach(user -> secrets.add(SecureBroker.password(user)));
    watch = SecretWatch.open(secrets);
    bed = new SecureBed(dir, SERVICES, OTHERS);
    broker = bed.broker();
    bed.grant("gateway", "gateway", Map.of());
    bed.grant("siem", "reader", Map.of("GROUP", "siem"));
    bed.grant("analyst", "analyst", Map.of());
  }

  @AfterAll
  static void stop() {
    bed.close();
    List<String> leaks = watch.leaks();
    long events = watch.events();
    LoggerFactory.getLogger(Service.class).info("login with {}", SecureBed.REGISTRY_PASSWORD);
    List<String> withOurOwn = watch.leaks();
    watch.close();
    assertThat(leaks).as("secrets that were logged or shown").isEmpty();
    assertThat(events).isGreaterThan(50);
    assertThat(withOurOwn).as("what the watch finds").hasSize(1);
  }

  static Stream<Arguments> guarantees() {
    return Stream.of(
        Arguments.of("vedette", new String[0], List.of("vedette.incidents.ocsf")),
        Arguments.of(
            "full",
            SecureBed.allOutlets(),
            List.of("vedette.incidents.ecs", "vedette.incidents.cef", "vedette.actions")));
  }

  @ParameterizedTest
  @MethodSource("guarantees")
  void shouldFindTheAttackWhenAllowedExactlyWhatTheScriptGrants(
      String application, String[] more, List<String> written) throws Exception {
    // Given: accounts of a tenant that nobody else has, so that no other service found them
    Scenario scenario = OneAttack.on(World.LOAN.build());
    Settings settings = bed.settings(application, more);
    assertThat(StartCheck.problems(settings)).isEmpty();
    Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
    OneAttack.learn(scenario, settings);
    bed.produce(scenario, bed.settings("gateway"), "tenant-" + application);

    // When
    AuditLog.settings(settings);
    try (Service service = new Service(settings, incidents::add)) {
      service.start();
      await().atMost(LIMIT).until(() -> incidents.stream().anyMatch(i -> found(i, application)));

      // Then
      await().atMost(LIMIT).until(service::ready);
      assertThat(StartCheck.problems(settings)).isEmpty();
      await().atMost(LIMIT).until(() -> bed.written(written).containsAll(written));
      String scrape = get(service.port(), "/metrics");
      assertThat(scrape).contains("vedette_");
      watch.look("/metrics", scrape);
      watch.look("describe", settings.describe());
    }
  }

  @Test
  void shouldReadAndJudgeWhenAllowedWhatTheScriptGrantsReadersAndAnalysts() throws Exception {
    // Given
    Scenario scenario = OneAttack.on(World.LOAN.build());
    Settings settings = bed.settings("judged");
    OneAttack.learn(scenario, settings);
    bed.produce(scenario, bed.settings("gateway"), "acme");
    Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
    try (Service service = new Service(settings, incidents::add)) {
      service.start();
      await().atMost(LIMIT).until(() -> !incidents.isEmpty());
    }

    // When
    List<Incident> read = new ArrayList<>();
    Settings siem = bed.settings("siem");
    try (WireSerdes wire = new WireSerdes(new Wiring(siem).wireSettings());
        TopicReader<Incident> reader =
            new TopicReader<>(
                siem,
                siem.topics().incidents(),
                wire.incidents().deserializer(),
                null,
                read::add)) {
      reader.start();
      await().atMost(LIMIT).until(() -> !read.isEmpty());
    }
    Incident found = incidents.element();
    String account = "/api/callers/" + found.tenant() + "/" + found.principals().get(0);
    String judged = "/api/incidents/" + found.incidentId();

    // Then
    try (TopicApi api = new TopicApi(bed.settings("analyst"), "ana", true)) {
      assertThat(api.get(account)).contains(found.detectors().get(0));
      assertThat(api.post(judged + "/verdict", "{\"verdict\": \"TRUE_POSITIVE\"}")).contains("ana");
    }
  }

  @Test
  void shouldSayWhichRightWasMissingWhenOnlyTheRunCanTell() throws Exception {
    // Given
    Right write =
        bed.rights("mute", Map.of()).stream()
            .filter(r -> r.resource().name().equals("mute-"))
            .filter(r -> r.operation() == AclOperation.WRITE)
            .findFirst()
            .orElseThrow();
    broker.forbid("mute", write.resource(), AclOperation.WRITE);
    Settings settings = bed.settings("mute");
    bed.produce(OneAttack.on(World.LOAN.build()), bed.settings("gateway"), "acme");
    Logger logger = (Logger) LoggerFactory.getLogger(Service.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);

    // When
    try (Service service = new Service(settings, incident -> {})) {
      service.start();
      service.await();
    } finally {
      logger.detachAppender(log);
    }

    // Then
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains("missing right: Write on topics with the prefix mute-");
  }

  @Test
  void shouldSayWhyWhenTheLoginOrTlsFails() throws Exception {
    // Given
    Path other = SecureBroker.strangersCertificate(dir);
    Settings wrongPassword =
        bed.settings(
            "vedette",
            "VEDETTE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
            broker.client("vedette").get("sasl.jaas.config").replace("-secret", "-wrong"));
    Settings wrongTrust =
        bed.settings(
            "vedette", "VEDETTE_KAFKA_PROPERTIES_SSL_TRUSTSTORE_LOCATION", other.toString());

    // When, then
    assertThat(StartCheck.problems(wrongPassword))
        .singleElement()
        .asString()
        .startsWith("the login is refused at kafka.bootstrapServers = " + broker.address())
        .contains("sasl.jaas.config")
        .doesNotContain("vedette-wrong");
    assertThat(StartCheck.problems(wrongTrust))
        .singleElement()
        .asString()
        .startsWith("no TLS at kafka.bootstrapServers = " + broker.address())
        .contains("ssl.truststore");
  }

  @Test
  void shouldLogInWhenThePasswordIsInAFileAndSayWhenItIsNot() throws Exception {
    // Given
    Path secrets = Files.createDirectories(dir.resolve("secrets"));
    Files.writeString(secrets.resolve("password"), SecureBroker.password("vedette"));
    String[] byFile = {
      "VEDETTE_KAFKA_PROPERTIES_CONFIG_PROVIDERS", "dir",
      "VEDETTE_KAFKA_PROPERTIES_CONFIG_PROVIDERS_DIR_CLASS",
          "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
      "VEDETTE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"vedette\""
              + " password=\"${dir:"
              + secrets
              + ":password}\";"
    };
    Settings settings = bed.settings("vedette", byFile);
    assertThat(StartCheck.problems(settings)).isEmpty();

    // When
    Files.delete(secrets.resolve("password"));

    // Then
    assertThat(StartCheck.problems(settings))
        .singleElement()
        .asString()
        .startsWith("kafka.properties.sasl.jaas.config names a secret")
        .doesNotContain("username");
  }

  private static boolean found(Incident incident, String application) {
    return incident.tenant().equals("tenant-" + application)
        && incident.principals().contains(OneAttack.ACCOUNT);
  }

  private static String get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
