package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.edge.siem.JsonLines;
import io.vedette.lab.AttackKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service, with its own wiring and engines, between commits, in a commit and in a
 * restore, while attacks are under way; what it reports must be what an undisturbed run reports.
 *
 * <p>Findings of the cell stage reach the incident book on another way than those of the caller
 * stage, and at another time in every run, killed or not. So of the one attacker who is found by
 * both, only the incident is compared, not what each of its activities says.
 */
class KillServiceIT {

  private static final int PARTITIONS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(100);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant FROM = Scenario.START.plus(HOUR);
  private static final int BETWEEN_KILLS = 120; // exchanges
  private static final AttackKind FOUND_TWICE = AttackKind.LINE_BISECTION; // by caller and cell

  @TempDir static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;
  private static ExecutorService runs;
  private static Future<Map<String, List<String>>> undisturbed;
  private static Future<Map<String, List<String>>> exactlyOnce;
  private static Future<Map<String, List<String>>> atLeastOnce;

  @BeforeAll
  static void attack() throws Exception {
    runs = Executors.newFixedThreadPool(3);
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
    Settings settings = settings("undisturbed", "at_least_once");
    produce(settings);
    undisturbed =
        runs.submit(
            () -> {
              toTheEnd("undisturbed", "at_least_once");
              return incidents(settings);
            });
    exactlyOnce = runs.submit(() -> killed("killed-exactly-once", "exactly_once_v2"));
    atLeastOnce = runs.submit(() -> killed("killed-at-least-once", "at_least_once"));
  }

  @AfterAll
  static void stop() {
    runs.shutdownNow();
    registry.close();
    broker.close();
  }

  @Test
  void shouldReportTheVerySameWhenKilledUnderExactlyOnce() throws Exception {
    // Given
    Map<String, List<String>> expected = ofOneAccount(undisturbed.get());

    // When
    Map<String, List<String>> killed = ofOneAccount(exactlyOnce.get());

    // Then
    assertThat(expected).hasSize(5);
    assertThat(killed).containsOnlyKeys(expected.keySet());
    assertThat(ofCallerStage(killed)).isEqualTo(ofCallerStage(expected)).hasSize(4);
  }

  @Test
  void shouldReportTheSameAndPerhapsAgainWhenKilledUnderAtLeastOnce() throws Exception {
    // Given
    Map<String, List<String>> expected = ofOneAccount(undisturbed.get());

    // When
    Map<String, List<String>> killed = ofOneAccount(atLeastOnce.get());

    // Then
    killed.replaceAll((id, activities) -> List.copyOf(new LinkedHashSet<>(activities)));
    assertThat(killed).containsOnlyKeys(expected.keySet());
    assertThat(ofCallerStage(killed)).isEqualTo(ofCallerStage(expected)).hasSize(4);
  }

  /**
   * Without the incident of the new accounts together: their rows meet from several partitions, in
   * another order in every run, killed or not.
   */
  private static Map<String, List<String>> ofOneAccount(Map<String, List<String>> incidents) {
    Map<String, List<String>> single = new TreeMap<>(incidents);
    single.values().removeIf(lines -> lines.get(0).contains(" accounts on "));
    return single;
  }

  /** Incidents that rest on findings of the caller stage alone. */
  private static Map<String, List<String>> ofCallerStage(Map<String, List<String>> incidents) {
    Map<String, List<String>> alone = new TreeMap<>(incidents);
    alone.values().removeIf(lines -> lines.get(0).contains(FOUND_TWICE.id()));
    return alone;
  }

  private static Map<String, List<String>> killed(String app, String guarantee) throws Exception {
    kill(app, guarantee, KillPoint.BETWEEN_COMMITS);
    kill(app, guarantee, KillPoint.AT_COMMIT);
    kill(app, guarantee, KillPoint.IN_RESTORE);
    toTheEnd(app, guarantee);
    return incidents(settings(app, guarantee));
  }

  private static void kill(String app, String guarantee, KillPoint point) throws Exception {
    Process child = start(app, guarantee, point);
    boolean ended = child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    child.destroyForcibly();
    assertThat(ended).as("halts at %s", point).isTrue();
    assertThat(child.exitValue()).as("exit at %s", point).isEqualTo(KillServiceChild.HALTED);
  }

  private static void toTheEnd(String app, String guarantee) throws Exception {
    Process child = start(app, guarantee, KillPoint.NEVER);
    try {
      await().atMost(LIMIT).until(() -> !child.isAlive() || isWorkedOff(app));
      assertThat(child.isAlive()).isTrue();
    } catch (ConditionTimeoutException e) {
      // What it waits for is all that can be learnt of it.
      String pid = Long.toString(child.pid());
      new ProcessBuilder("jstack", pid).inheritIO().start().waitFor();
      throw e;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static Process start(String app, String guarantee, KillPoint point) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            KillServiceChild.class.getName(),
            file(app, guarantee, point).toString(),
            point.name(),
            Integer.toString(BETWEEN_KILLS))
        .inheritIO()
        .start();
  }

  private static Settings settings(String app, String guarantee) throws Exception {
    return SettingsLoader.load(file(app, guarantee, KillPoint.NEVER), Map.of());
  }

  /** Settings of one application: its own results over the same traffic, quick take-over. */
  private static Path file(String app, String guarantee, KillPoint point) throws Exception {
    // A restore needs states that are not on disk, so that it has a directory of its own.
    String state = point == KillPoint.IN_RESTORE ? app + "-restore" : app;
    String yaml =
        """
        kafka:
          bootstrapServers: %s
          applicationId: %s
          guarantee: %s
          stateDir: %s
          commitInterval: PT0.02S
          properties:
            consumer.session.timeout.ms: 1500
            consumer.heartbeat.interval.ms: 300
            consumer.max.poll.records: 20
            producer.transaction.timeout.ms: 6000
        registry:
          url: %s
        topics:
          partitions: %d
          findings: %s.findings
          incidents: %s.incidents
        alerting: {joinCampaigns: false} # when a campaign takes in a caller depends on the run
        cells:
          partitions: 1
        """
            .formatted(
                broker.bootstrapServers(),
                app,
                guarantee,
                dir.resolve(state),
                registry.url(),
                PARTITIONS,
                app,
                app);
    return Files.writeString(dir.resolve(app + '-' + point + ".yaml"), yaml);
  }

  private static Scenario scenario(Site site) {
    Scenario.Builder play =
        Scenario.of(17).learning(site, "acme", 10, 2000, HOUR, FROM.plusSeconds(1200));
    List<AttackKind> kinds =
        List.of(
            AttackKind.UNIFORM_RANGE,
            AttackKind.LATIN_HYPERCUBE,
            AttackKind.HOP_SKIP_JUMP,
            FOUND_TWICE,
            AttackKind.NES);
    for (AttackKind kind : kinds) {
      List<CallerId> account = List.of(new CallerId("acme", kind.id()));
      play.add(Participant.attack(kind, account, site, 5, 100, Pace.poisson(360), FROM));
    }
    return play.build();
  }

  private static void produce(Settings settings) throws Exception {
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      admin.create();
    }
    for (String app : List.of("killed-exactly-once", "killed-at-least-once")) {
      try (TopicAdmin admin = new TopicAdmin(settings(app, "at_least_once"))) {
        admin.create();
      }
    }
    Scenario scenario = scenario(World.LOAN.build());
    var learner = new BaselineCommand.Learner(new Wiring(settings));
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
      List<Exchange> live = new ArrayList<>();
      for (Exchange exchange : scenario) {
        if (exchange.timeMicros() < Wiring.micros(scenario.learnUntil())) {
          learner.learn(exchange);
        } else {
          live.add(exchange);
        }
      }
      new BaselinePublisher(settings).publish(learner.finish().values());
      String topic = settings.topics().exchanges();
      for (Exchange exchange : live) {
        byte[] value = wire.exchanges().serializer().serialize(topic, exchange);
        producer.send(new ProducerRecord<>(topic, exchange.caller().key(), value));
      }
    }
  }

  /** Every source topic of the application is committed up to its end. */
  private static boolean isWorkedOff(String app) throws Exception {
    Settings settings = settings(app, "at_least_once");
    List<String> sources =
        List.of(
            settings.topics().exchanges(),
            settings.topics().findings(),
            app + "-cells-repartition",
            app + "-updates-repartition");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      if (!admin.listTopics().names().get().containsAll(sources)) {
        return false;
      }
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(app).partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      for (var topic : admin.describeTopics(sources).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                p ->
                    wanted.put(
                        new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
      }
      return admin.listOffsets(wanted).all().get().entrySet().stream()
          .allMatch(
              end -> {
                OffsetAndMetadata at = committed.get(end.getKey());
                // The marker of the last transaction is never read, so one less is the end too.
                return end.getValue().offset() == 0
                    || (at != null && at.offset() >= end.getValue().offset() - 1);
              });
    }
  }

  /** The activities of each incident, in order, as JSON lines. */
  private static Map<String, List<String>> incidents(Settings settings) {
    Map<String, List<String>> incidents = new TreeMap<>();
    JsonLines lines = new JsonLines();
    String topic = settings.topics().incidents();
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var consumer =
            new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new LinkedHashMap<>(consumer.endOffsets(partitions));
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          Incident incident = wire.incidents().deserializer().deserialize(topic, record.value());
          incidents
              .computeIfAbsent(record.key(), key -> new ArrayList<>())
              .add(lines.incident(incident));
        }
      }
    }
    return incidents;
  }
}
