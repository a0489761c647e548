package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vedette.cluster.AclScript;
import io.vedette.cluster.AclScript.Right;
import io.vedette.cluster.SecureBroker;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The service on a broker that wants TLS and a login and allows only what {@code
 * deploy/kafka/acls.sh} grants; what happens when one of these rights is missing.
 */
class SecureServiceIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> SERVICES = List.of("vedette", "watched", "fresh", "mute");

  @TempDir static Path dir;
  private static SecureBroker broker;
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    List<String> users = new ArrayList<>(SERVICES);
    users.addAll(List.of("gateway", "siem", "analyst", "stranger"));
    broker = new SecureBroker(dir.resolve("broker"), users);
    registry = EmbeddedRegistry.inMemory(0, Set.of());
    for (String service : SERVICES) {
      for (Right right : service(service)) {
        broker.allow(service, right.resource(), right.operation());
      }
    }
    grant("gateway", "gateway", Map.of());
    grant("siem", "reader", Map.of("GROUP", "siem"));
    grant("analyst", "analyst", Map.of());
    List<NewTopic> topics = new ArrayList<>();
    for (String name : Settings.defaultTopics().byRole().values()) {
      topics.add(new NewTopic(name, 2, (short) 1));
    }
    topics.add(new NewTopic("watched-caller-states-changelog", 2, (short) 1));
    broker.admin().createTopics(topics).all().get();
  }

  @AfterAll
  static void stop() {
    registry.close();
    broker.close();
  }

  @Test
  void shouldFindTheAttackWhenAllowedExactlyWhatTheScriptGrants() throws Exception {
    // Given
    Site site = World.LOAN.build();
    Scenario scenario = OneAttack.on(site);
    Settings settings = settings("vedette", "at_least_once");
    assertThat(StartCheck.problems(settings)).isEmpty();
    Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
    OneAttack.learn(scenario, settings);
    produce(scenario, settings("gateway", "at_least_once"));

    // When
    try (Service service = new Service(settings, incidents::add)) {
      service.start();
      await()
          .atMost(LIMIT)
          .until(() -> incidents.stream().anyMatch(i -> i.principals().contains("mallory")));

      // Then
      assertThat(service.ready()).isTrue();
      assertThat(StartCheck.problems(settings)).isEmpty();
    }
    List<Incident> read = new ArrayList<>();
    Settings siem = settings("siem", "at_least_once");
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
    try (TopicApi api = new TopicApi(settings("analyst", "at_least_once"), "ana", true)) {
      assertThat(api.get(account)).contains(found.detectors().get(0));
      assertThat(api.post(judged + "/verdict", "{\"verdict\": \"TRUE_POSITIVE\"}")).contains("ana");
    }
  }

  @Test
  void shouldNameTheRightWhenOneIsTakenAway() throws Exception {
    // Given
    Settings settings =
        SettingsLoader.load(
            null,
            environment(
                "watched",
                "exactly_once_v2",
                "VEDETTE_SIEM_ECS",
                "true",
                "VEDETTE_SIEM_CEF",
                "true",
                "VEDETTE_ACTIONS_DETECTORS",
                "extraction"));
    List<Right> rights = service("watched");
    Set<Right> named = new HashSet<>();

    for (Right right : rights) {
      if (isImplied(right, rights)) {
        continue;
      }

      // When
      broker.forbid("watched", right.resource(), right.operation());

      // Then
      if (isNeededBeforeTheFirstStartOnly(right)) {
        await()
            .atMost(LIMIT)
            .pollDelay(Duration.ZERO)
            .until(() -> StartCheck.problems(settings).isEmpty());
      } else {
        String expected = AccessCheck.missing(right.operation(), resource(right));
        await()
            .atMost(LIMIT)
            .pollDelay(Duration.ZERO)
            .untilAsserted(
                () ->
                    assertThat(StartCheck.problems(settings))
                        .containsExactly(
                            expected,
                            "deploy/kafka/acls.sh service grants what the service needs"));
        named.add(right);
      }
      broker.allow("watched", right.resource(), right.operation());
    }
    assertThat(named).hasSizeGreaterThan(15);
  }

  @Test
  void shouldNameNoRightWhenTransactionsFailOtherwise() throws Exception {
    // Given: longer than brokers let transactions last
    Settings settings =
        SettingsLoader.load(
            null,
            environment(
                "vedette",
                "exactly_once_v2",
                "VEDETTE_KAFKA_PROPERTIES_TRANSACTION_TIMEOUT_MS",
                "86400000"));

    // When
    List<String> problems = StartCheck.problems(settings);

    // Then
    assertThat(problems).isEmpty();
  }

  @Test
  void shouldNameTheRightToCreateWhenNoInternalTopicIsThereYet() throws Exception {
    // Given
    Settings settings = settings("fresh", "at_least_once");
    Right create =
        service("fresh").stream()
            .filter(r -> r.operation() == AclOperation.CREATE)
            .findFirst()
            .orElseThrow();
    assertThat(StartCheck.problems(settings)).isEmpty();

    // When
    broker.forbid("fresh", create.resource(), AclOperation.CREATE);

    // Then
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(StartCheck.problems(settings))
                    .contains("missing right: Create on topics with the prefix fresh-"));
    Set<String> present = broker.admin().listTopics().names().get();
    assertThat(present).noneMatch(name -> name.startsWith("fresh-"));
  }

  @Test
  void shouldSayWhichRightWasMissingWhenOnlyTheRunCanTell() throws Exception {
    // Given
    Right write =
        service("mute").stream()
            .filter(r -> resource(r).startsWith("topics with"))
            .filter(r -> r.operation() == AclOperation.WRITE)
            .findFirst()
            .orElseThrow();
    broker.forbid("mute", write.resource(), AclOperation.WRITE);
    Settings settings = settings("mute", "at_least_once");
    produce(OneAttack.on(World.LOAN.build()), settings("gateway", "at_least_once"));
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
  void shouldNameTheTopicsWhenTheyMayNotBeCreated() throws Exception {
    // Given
    Settings settings = settings("stranger", "at_least_once");

    // When, then
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      assertThat(admin.problems())
          .hasSize(settings.topics().byRole().size())
          .contains("missing right: Describe on topic vedette.incidents");
    }
    Settings renamed =
        SettingsLoader.load(
            null, environment("vedette", "at_least_once", "VEDETTE_TOPICS_OCSF", "vedette-view"));
    try (TopicAdmin admin = new TopicAdmin(renamed)) {
      assertThat(admin.create()).containsExactly("vedette-view"); // the prefix of internal topics
    }
  }

  @Test
  void shouldSayWhyWhenTheLoginOrTlsFails() throws Exception {
    // Given
    Path other = SecureBroker.strangersCertificate(dir);
    Settings wrongPassword =
        SettingsLoader.load(
            null,
            environment(
                "vedette",
                "at_least_once",
                "VEDETTE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                broker.client("vedette").get("sasl.jaas.config").replace("-secret", "-wrong")));
    Settings wrongTrust =
        SettingsLoader.load(
            null,
            environment(
                "vedette",
                "at_least_once",
                "VEDETTE_KAFKA_PROPERTIES_SSL_TRUSTSTORE_LOCATION",
                other.toString()));

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
    Settings settings = SettingsLoader.load(null, environment("vedette", "at_least_once", byFile));
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

  /** Whether another right of the list gives this one too, so that nobody can miss it. */
  private static boolean isImplied(Right right, List<Right> rights) {
    return right.operation() == AclOperation.DESCRIBE
        && rights.stream()
            .filter(other -> other.resource().equals(right.resource()))
            .anyMatch(
                other -> Set.of(AclOperation.READ, AclOperation.WRITE).contains(other.operation()));
  }

  private static boolean isNeededBeforeTheFirstStartOnly(Right right) {
    return right.operation() == AclOperation.CREATE;
  }

  private static String resource(Right right) {
    String name = right.resource().name();
    return switch (right.resource().resourceType()) {
      case GROUP -> "group " + name;
      case TRANSACTIONAL_ID -> "transactional ids with the prefix " + name;
      default -> (name.endsWith("-") ? "topics with the prefix " : "topic ") + name;
    };
  }

  private static List<Right> service(String application) throws Exception {
    return AclScript.rights(
        dir,
        "service",
        Map.of(
            "APPLICATION_ID",
            application,
            "EXACTLY_ONCE",
            "yes",
            "VIEWS",
            "ecs cef",
            "ACTIONS",
            "yes"));
  }

  private static void grant(String user, String role, Map<String, String> variables)
      throws Exception {
    for (Right right : AclScript.rights(dir, role, variables)) {
      broker.allow(user, right.resource(), right.operation());
    }
  }

  private static Settings settings(String user, String guarantee) throws Exception {
    return SettingsLoader.load(null, environment(user, guarantee));
  }

  private static Map<String, String> environment(String user, String guarantee, String... more) {
    Map<String, String> environment = new HashMap<>(SecureBroker.environment(broker.client(user)));
    environment.put("VEDETTE_KAFKA_BOOTSTRAPSERVERS", broker.address());
    environment.put("VEDETTE_KAFKA_APPLICATIONID", user);
    environment.put("VEDETTE_KAFKA_GUARANTEE", guarantee);
    environment.put("VEDETTE_KAFKA_STATEDIR", dir.resolve("state-" + user).toString());
    environment.put("VEDETTE_REGISTRY_URL", registry.url());
    environment.put("VEDETTE_CELLS_PARTITIONS", "2");
    environment.put("VEDETTE_HTTP_PORT", "0");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private static void produce(Scenario scenario, Settings gateway) throws Exception {
    Map<String, Object> config = new HashMap<>(gateway.kafka().properties());
    config.put("bootstrap.servers", gateway.kafka().bootstrapServers());
    String topic = gateway.topics().exchanges();
    try (WireSerdes wire = new WireSerdes(new Wiring(gateway).wireSettings());
        var producer =
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      for (Exchange exchange : scenario) {
        if (exchange.timeMicros() >= Wiring.micros(scenario.learnUntil())) {
          byte[] value = wire.exchanges().serializer().serialize(topic, exchange);
          producer.send(new ProducerRecord<>(topic, exchange.caller().key(), value));
        }
      }
    }
  }
}
