package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.REQUEST_ONLY;
import static io.vedette.core.Exchange.Pairing.RESPONSE_ONLY;
import static io.vedette.core.Exchange.Pairing.SINGLE_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.core.Exchange;
import io.vedette.stream.KillChild.Point;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service between commits, in a commit and in a restore, and counts what is left: the
 * proof that states and batches written in the pre-commit hook belong to the commit, on the Kafka
 * version at hand.
 */
class KillIT {

  private static final int CALLERS = 40;
  private static final int EXCHANGES = 12_000; // half of them in two halves
  private static final int PARTITIONS = 2;
  private static final int HALTED = 77;

  @TempDir static Path dir;
  private static BrokerFixture broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new BrokerFixture(dir.resolve("broker"));
    Topics t = Topics.DEFAULT;
    broker.createTopics(
        PARTITIONS,
        List.of(t.requests(), t.responses(), t.exchanges(), t.baselines(), t.deadLetters()));
    broker.createTopics(PARTITIONS, List.of(t.findings(), t.models(), t.verdicts(), t.incidents()));
    produce();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldCountEveryExchangeExactlyOnceWhenKilledUnderExactlyOnce() throws Exception {
    // Given
    String app = "kill-eos";

    // When
    runWithKills(app, "exactly_once_v2", false);

    // Then
    assertThat(sum(app, CallerStage.STORE)).isEqualTo(EXCHANGES);
    assertThat(sum(app, CellStage.STORE)).isEqualTo(EXCHANGES);
    assertThat(sum(app, ModelStage.STORE)).isEqualTo(EXCHANGES);
    assertThat(last(app, PairingStage.STORE)).isEmpty();
  }

  @Test
  void shouldLoseNothingWhenKilledUnderAtLeastOnce() throws Exception {
    // Given
    String app = "kill-alo";

    // When
    runWithKills(app, "at_least_once", true);

    // Then
    assertThat(sum(app, CallerStage.STORE)).isBetween((long) EXCHANGES, 3L * EXCHANGES);
    assertThat(sum(app, CellStage.STORE)).isGreaterThanOrEqualTo(EXCHANGES);
    assertThat(sum(app, ModelStage.STORE)).isGreaterThanOrEqualTo(EXCHANGES);
    assertThat(incidentKeys(app)).isEqualTo(expectedIncidents());
  }

  private static void runWithKills(String app, String guarantee, boolean persistent)
      throws Exception {
    run(app, guarantee, Point.BETWEEN_COMMITS, persistent, EXCHANGES / 3);
    run(app, guarantee, Point.AT_COMMIT, persistent, 15);
    run(app, guarantee, Point.IN_RESTORE, false, 0);
    Process last = start(app, guarantee, Point.NEVER, persistent, 0);
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> !last.isAlive() || isWorkedOff(app));
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> !last.isAlive() || last(app, PairingStage.STORE).isEmpty());
      assertThat(last.isAlive()).isTrue();
    } finally {
      last.destroyForcibly().waitFor();
    }
  }

  private static void run(String app, String guarantee, Point point, boolean persistent, int count)
      throws Exception {
    Process child = start(app, guarantee, point, persistent, count);
    boolean ended = child.waitFor(60, TimeUnit.SECONDS);
    child.destroyForcibly();
    assertThat(ended).as("halts at %s", point).isTrue();
    assertThat(child.exitValue()).as("exit at %s", point).isEqualTo(HALTED);
  }

  private static Process start(
      String app, String guarantee, Point point, boolean persistent, int count) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    // A restore needs states that are not on disk, so every run has a directory of its own.
    Path state = dir.resolve(app + "-" + point);
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            KillChild.class.getName(),
            broker.bootstrap(),
            app,
            guarantee,
            state.toString(),
            point.name(),
            Boolean.toString(persistent),
            Integer.toString(count),
            // After a crash under at-least-once, reread halves wait for mates that left already.
            guarantee.equals("at_least_once") ? "5" : "60")
        .inheritIO()
        .start();
  }

  private static void produce() throws InterruptedException {
    TopicSerdes serdes = Fixtures.serdes();
    Topics t = Topics.DEFAULT;
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrap());
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < EXCHANGES; i++) {
        String who = "p" + i % CALLERS;
        long time = Fixtures.T0 + i * 100L; // 1.2 s in all, less than any wait
        if (i % 2 == 0) {
          send(
              producer, t.exchanges(), serdes, Fixtures.exchange(who, "s" + i, time, SINGLE_EVENT));
        } else {
          send(producer, t.requests(), serdes, Fixtures.exchange(who, "r" + i, time, REQUEST_ONLY));
          long later = time + 50_000;
          send(
              producer,
              t.responses(),
              serdes,
              Fixtures.exchange(who, "r" + i, later, RESPONSE_ONLY));
        }
      }
    }
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, String topic, TopicSerdes serdes, Exchange e) {
    byte[] value = serdes.exchanges().serializer().serialize(topic, e);
    producer.send(
        new ProducerRecord<>(topic, null, e.timeMicros() / 1000, e.caller().key(), value));
  }

  /** Every source topic of the application is committed up to its end. */
  private static boolean isWorkedOff(String app) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        broker.admin().listConsumerGroupOffsets(app).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicPartition partition : partitions(sources(app))) {
      wanted.put(partition, OffsetSpec.latest());
    }
    var ends = broker.admin().listOffsets(wanted).all().get();
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata at = committed.get(end.getKey());
              // The marker of the last transaction is never read, so one less is the end too.
              return end.getValue().offset() == 0
                  || (at != null && at.offset() >= end.getValue().offset() - 1);
            });
  }

  private static List<String> sources(String app) {
    Topics t = Topics.DEFAULT;
    List<String> names = new ArrayList<>(t.inputs());
    names.add(app + "-cells-repartition");
    names.add(app + "-updates-repartition");
    return names;
  }

  private static List<TopicPartition> partitions(List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      for (int p = 0; p < PARTITIONS; p++) {
        partitions.add(new TopicPartition(topic, p));
      }
    }
    return partitions;
  }

  /** Sum of the counts in a changelog: format byte, last use, count. */
  private static long sum(String app, String store) {
    return last(app, store).values().stream().mapToLong(v -> ByteBuffer.wrap(v).getLong(9)).sum();
  }

  private static Map<String, byte[]> last(String app, String store) {
    Map<String, byte[]> last = new HashMap<>();
    read(
        app + "-" + store + "-changelog",
        (key, value) -> {
          if (value == null) {
            last.remove(key);
          } else {
            last.put(key, value);
          }
        });
    return last;
  }

  private static Set<String> incidentKeys(String app) {
    Set<String> keys = new TreeSet<>();
    read(Topics.DEFAULT.incidents(), (key, value) -> keys.add(key));
    keys.remove("ticked");
    return keys;
  }

  private static Set<String> expectedIncidents() {
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < CALLERS; i++) {
      expected.add("acme|p" + i);
      expected.add("cell:" + Long.toHexString(("p" + i).hashCode() % 3));
    }
    expected.add("model:credit|1");
    return expected;
  }

  private static void read(String topic, BiConsumer<String, byte[]> sink) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", broker.bootstrap(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          sink.accept(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
      }
    }
  }
}
