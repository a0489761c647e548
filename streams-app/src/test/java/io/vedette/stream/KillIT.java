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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
  private static final Duration LIMIT = Duration.ofSeconds(180);
  private static final String EXACTLY_ONCE = "kill-eos";
  private static final String AT_LEAST_ONCE = "kill-alo";
  private static final IntFunction<String> CALLER = i -> "acme|p" + i % CALLERS;
  private static final IntFunction<String> CELL =
      i -> Long.toHexString(("p" + i % CALLERS).hashCode() % 3);
  private static final IntFunction<String> MODEL = i -> "credit|1";

  @TempDir static Path dir;
  private static BrokerFixture broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new BrokerFixture(dir.resolve("broker"));
    Topics t = Topics.DEFAULT;
    broker.createTopics(
        PARTITIONS,
        List.of(t.requests(), t.responses(), t.exchanges(), t.baselines(), t.deadLetters()));
    broker.createTopics(PARTITIONS, List.of(t.models(), t.verdicts()));
    for (String app : List.of(EXACTLY_ONCE, AT_LEAST_ONCE)) {
      Topics own = KillChild.topics(app);
      broker.createTopics(PARTITIONS, List.of(own.findings(), own.incidents()));
    }
    produce();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldCountEveryExchangeExactlyOnceWhenKilledUnderExactlyOnce() throws Exception {
    // When
    runWithKills(EXACTLY_ONCE, "exactly_once_v2", false);

    // Then
    assertThat(counts(EXACTLY_ONCE, CallerStage.STORE)).isEqualTo(expected(CALLER));
    assertThat(counts(EXACTLY_ONCE, CellStage.STORE)).isEqualTo(expected(CELL));
    assertThat(counts(EXACTLY_ONCE, ModelStage.STORE)).isEqualTo(expected(MODEL));
    assertThat(last(EXACTLY_ONCE, PairingStage.STORE)).isEmpty();
    assertThat(activities(EXACTLY_ONCE)).isEqualTo(expectedActivities());
  }

  @Test
  void shouldLoseNothingWhenKilledUnderAtLeastOnce() throws Exception {
    // When
    runWithKills(AT_LEAST_ONCE, "at_least_once", true);

    // Then
    assertNothingLost(counts(AT_LEAST_ONCE, CallerStage.STORE), expected(CALLER));
    assertNothingLost(counts(AT_LEAST_ONCE, CellStage.STORE), expected(CELL));
    assertNothingLost(counts(AT_LEAST_ONCE, ModelStage.STORE), expected(MODEL));
    // A count that was ahead of its offset at the kill may step over one that is a finding.
    Map<String, List<Integer>> said = activities(AT_LEAST_ONCE);
    assertThat(said).containsOnlyKeys(expectedActivities().keySet());
    assertThat(said.values()).allMatch(sequences -> sequences.contains(0));
  }

  private static void assertNothingLost(Map<String, Long> counts, Map<String, Long> expected) {
    assertThat(counts).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (key, count) -> assertThat(counts.get(key)).as(key).isBetween(count, 3 * count));
  }

  private static void runWithKills(String app, String guarantee, boolean persistent)
      throws Exception {
    run(app, guarantee, Point.BETWEEN_COMMITS, persistent, EXCHANGES / 3);
    run(app, guarantee, Point.AT_COMMIT, persistent, 15);
    run(app, guarantee, Point.IN_RESTORE, false, 0);
    Process last = start(app, guarantee, Point.NEVER, persistent, 0);
    try {
      await().atMost(LIMIT).until(() -> !last.isAlive() || isWorkedOff(app));
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> !last.isAlive() || last(app, PairingStage.STORE).isEmpty());
      // Halves whose mates had left went on alone: what follows from them must arrive as well.
      await().atMost(LIMIT).until(() -> !last.isAlive() || isWorkedOff(app));
      assertThat(last.isAlive()).isTrue();
    } finally {
      last.destroyForcibly().waitFor();
    }
  }

  private static void run(String app, String guarantee, Point point, boolean persistent, int count)
      throws Exception {
    Process child = start(app, guarantee, point, persistent, count);
    boolean ended = child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
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
    names.add(KillChild.topics(app).findings());
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

  /** The counts in a changelog by key: format byte, last use, count. */
  private static Map<String, Long> counts(String app, String store) {
    Map<String, Long> counts = new TreeMap<>();
    last(app, store).forEach((key, value) -> counts.put(key, ByteBuffer.wrap(value).getLong(9)));
    return counts;
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

  /** Sequences of the activities of each incident, in their order; closes by time left out. */
  private static Map<String, List<Integer>> activities(String app) {
    Map<String, List<Integer>> activities = new TreeMap<>();
    String topic = KillChild.topics(app).incidents();
    var values = Fixtures.serdes().incidents().deserializer();
    read(
        topic,
        (key, value) ->
            activities
                .computeIfAbsent(key, id -> new ArrayList<>())
                .add(values.deserialize(topic, value).sequence()));
    activities.remove("ticked");
    return activities;
  }

  /** How many exchanges belong to each key of a stage. */
  private static Map<String, Long> expected(IntFunction<String> keys) {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < EXCHANGES; i++) {
      counts.merge(keys.apply(i), 1L, Long::sum);
    }
    return counts;
  }

  /** One activity for each finding, and one finding for every so many exchanges of a key. */
  private static Map<String, List<Integer>> expectedActivities() {
    Map<String, List<Integer>> activities = new TreeMap<>();
    for (var keys : List.of(CALLER, CELL, MODEL)) {
      expected(keys)
          .forEach(
              (key, count) -> {
                String id = keys == CELL ? "cell:" + key : keys == MODEL ? "model:" + key : key;
                int said = (int) (count / KillChild.EVERY);
                activities.put(id, IntStream.range(0, said).boxed().toList());
              });
    }
    return activities;
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
