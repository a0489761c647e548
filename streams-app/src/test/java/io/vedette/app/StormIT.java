package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.State;
import io.vedette.core.Technique;
import io.vedette.correlate.Book;
import io.vedette.correlate.Desk;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.edge.siem.JsonLines;
import io.vedette.wire.WireSerdes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storm of findings, of which the service dies twice while it works them off: when its states are
 * written and its offsets are not yet, and in the middle of writing states.
 */
class StormIT {

  private static final int ATTACKERS = 50;
  private static final int EACH = 200; // findings
  private static final long SECOND = 1_000_000L;
  private static final long START = 1_767_225_600L * SECOND; // a day begins
  private static final long DAY = 86_400L * SECOND;
  private static final String BEFORE_IT_HALTS = "3000"; // findings

  @TempDir static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;
  private static ExecutorService runs;
  private static Future<Outcome> atLeastOnce;
  private static Future<Outcome> exactlyOnce;
  private static Map<String, List<String>> expected;

  @BeforeAll
  static void rage() throws Exception {
    broker =
        EmbeddedBroker.start(
            new EmbeddedBroker.Config(
                null,
                0,
                Map.of(
                    "group.min.session.timeout.ms",
                    "500",
                    "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                    "500")));
    registry = EmbeddedRegistry.inMemory(0, Set.of());
    runs = Executors.newFixedThreadPool(2);
    atLeastOnce = runs.submit(() -> killed("storm-at-least-once", "at_least_once"));
    exactlyOnce = runs.submit(() -> killed("storm-exactly-once", "exactly_once_v2"));
    expected = undisturbed(new Wiring(Settings.defaults()).engines().create(m -> null).book());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    runs.shutdownNow();
    // A run that no test asked for may still have its process.
    assertThat(runs.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    registry.close();
    broker.close();
  }

  @Test
  void shouldTellTheVerySameStoryWhenKilledInAStormUnderExactlyOnce() throws Exception {
    // When
    Outcome outcome = exactlyOnce.get();

    // Then
    assertSame(outcome);
  }

  @Test
  void shouldTellTheSameStoryAndPerhapsAgainWhenKilledInAStormUnderAtLeastOnce() throws Exception {
    // When
    Outcome outcome = atLeastOnce.get();

    // Then: the very same, counts included
    assertSame(outcome.distinct());
  }

  private static void assertSame(Outcome outcome) {
    Map<String, List<String>> other = new TreeMap<>(outcome.incidents());
    other.entrySet().removeIf(told -> told.getValue().equals(expected.get(told.getKey())));
    assertThat(other).isEmpty();
    assertThat(outcome.incidents()).hasSameSizeAs(expected);
  }

  @Test
  void shouldBeOneIncidentAnAttackerWithFewUpdatesAndExactCounts() {
    // Then
    assertThat(expected).hasSize(ATTACKERS + 1); // and that of the one who lets time pass
    assertThat(expected.values())
        .filteredOn(story -> !story.get(0).contains("\"clock\""))
        .hasSize(ATTACKERS)
        .allSatisfy(
            story -> {
              assertThat(story.get(0)).contains("\"activity\":\"CREATE\"");
              assertThat(story.size() - 2).as("updates").isBetween(5, 20);
              assertThat(story.get(story.size() - 1))
                  .contains("\"activity\":\"CLOSE\"")
                  .contains("\"findings\":" + EACH + ",");
            });
  }

  private static <S extends State> Map<String, List<String>> undisturbed(Book<S> book) {
    Map<String, List<String>> stories = new TreeMap<>();
    JsonLines lines = new JsonLines();
    Desk<S> desk =
        new Desk<>(
            book,
            i ->
                stories
                    .computeIfAbsent(i.incidentId(), id -> new ArrayList<>())
                    .add(lines.incident(i)));
    storm().forEach(desk::observe);
    return stories;
  }

  private static Outcome killed(String app, String guarantee) throws Exception {
    Path file = file(app, guarantee);
    Settings settings = SettingsLoader.load(file, Map.of());
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      admin.create();
    }
    produce(settings);
    KilledProcess.kill(file, KillPoint.BEFORE_OFFSETS, BEFORE_IT_HALTS, "book");
    KilledProcess.kill(file, KillPoint.AT_COMMIT, BEFORE_IT_HALTS, "book");
    KilledProcess.toTheEnd(file, BEFORE_IT_HALTS, "book");
    return Outcome.of(settings);
  }

  private static void produce(Settings settings) {
    String topic = settings.topics().findings();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "20"),
                new StringSerializer(),
                new ByteArraySerializer())) {
      for (Finding finding : storm()) {
        byte[] value = wire.findings().serializer().serialize(topic, finding);
        producer.send(new ProducerRecord<>(topic, 0, finding.subject(), value));
      }
    }
  }

  /** Evidence, severity and detectors grow; at last a day passes. */
  private static List<Finding> storm() {
    List<Finding> storm = new ArrayList<>();
    for (int i = 0; i < ATTACKERS * EACH; i++) {
      int round = i / ATTACKERS;
      String detector = round % 3 == 2 ? "evasion" : "extraction";
      Severity severity = round < EACH / 2 ? Severity.MEDIUM : Severity.HIGH;
      String principal = "attacker-" + i % ATTACKERS;
      storm.add(finding(detector, principal, START + i * SECOND, 6 + round / 5.0, severity));
    }
    long later = START + ATTACKERS * EACH * SECOND + 3 * DAY;
    storm.add(finding("extraction", "clock", later, 9, Severity.LOW));
    storm.add(
        finding("extraction", "end", later, 0, Severity.LOW)); // no one waits for the last one
    return storm;
  }

  private static Finding finding(
      String detector, String principal, long time, double log10, Severity severity) {
    return new Finding(
        detector,
        Scope.CALLER,
        "acme|" + principal,
        "acme",
        principal,
        List.of(),
        new ModelRef("loan", "1", null),
        time,
        START,
        0.5,
        log10,
        17,
        Maturity.STABLE,
        severity,
        List.of(new Technique("AML.T0024.002", "Extract AI Model")),
        List.of(),
        List.of(new Sample("r-" + time, new Origin("requests", 3, time))),
        "summary of " + detector,
        Map.of());
  }

  private static Path file(String app, String guarantee) throws Exception {
    String yaml =
        """
        kafka:
          bootstrapServers: %s
          applicationId: %s
          guarantee: %s
          groupProtocol: classic # the only one in which a test can hand in clients
          stateDir: %s
          commitInterval: PT0.5S
          properties:
            consumer.group.instance.id: %s # whoever comes after a death takes over at once
            producer.transaction.timeout.ms: 6000
            # or a first batch that a busy broker refuses is out of order ever after
            producer.max.in.flight.requests.per.connection: 1
        registry:
          url: %s
        topics:
          partitions: 1
          findings: %s.findings
          incidents: %s.incidents
        siem: {ocsf: false}
        cells:
          partitions: 1
        """
            .formatted(
                broker.bootstrapServers(),
                app,
                guarantee,
                dir.resolve(app),
                app,
                registry.url(),
                app,
                app);
    return Files.writeString(dir.resolve(app + ".yaml"), yaml);
  }
}
