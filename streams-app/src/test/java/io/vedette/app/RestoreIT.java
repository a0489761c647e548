package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from the start of the process to ready: with no state anywhere, with the state
 * directory kept, and with the directory lost. {@code mvn -Prestore verify -pl streams-app -am
 * -Drestore.mib=1024}; it prints and does not judge the time.
 */
@Tag("restore")
class RestoreIT {

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final long BYTES = Long.getLong("restore.mib", 256) << 20;

  @TempDir private Path dir;

  @Test
  void shouldHaveItsStateBackWhenTheDirectoryIsLost() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of());
        Fleet fleet =
            new Fleet(
                dir,
                broker.bootstrapServers(),
                registry.url(),
                "restore",
                List.of("-Xmx1g", "-XX:+UseSerialGC"))) {
      // Given
      Settings settings = fleet.settings("at_least_once");
      fleet.createTopics();
      Attacks attacks = new Attacks(settings);
      attacks.publishBaselines(settings);
      report("ready in %.1f s on an empty state", secondsToReady(fleet));
      attacks.produce(settings, Double.POSITIVE_INFINITY);
      await().atMost(LIMIT).until(() -> Outcome.isWorkedOff(settings));
      fleet.stop("a");
      long filled = fill(broker.bootstrapServers());
      deleteTree(fleet.stateDirectory("a"));

      // When
      double lost = secondsToReady(fleet);
      report("ready in %.1f s after restoring %d MiB from changelogs", lost, filled >> 20);

      // Then
      fleet.stop("a");
      assertThat(size(fleet.stateDirectory("a"))).isGreaterThan(filled * 9 / 10);
      report("ready in %.1f s with the same %d MiB on disk", secondsToReady(fleet), filled >> 20);
    }
  }

  private static double secondsToReady(Fleet fleet) throws Exception {
    long start = System.nanoTime();
    fleet.start("a", "at_least_once");
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> fleet.isReady("a"));
    return (System.nanoTime() - start) / 1e9;
  }

  /** Multiplies the states of the callers under further names; gives the bytes of all. */
  private static long fill(String bootstrap) throws Exception {
    String topic = "restore-caller-states-changelog";
    List<byte[]> states = states(bootstrap, topic);
    assertThat(states).isNotEmpty();
    long written = 0;
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrap, "compression.type", "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; written < BYTES; i++) {
        byte[] key = ("acme|filler-" + i).getBytes(StandardCharsets.UTF_8);
        byte[] state = states.get(i % states.size());
        producer.send(new ProducerRecord<>(topic, i % Fleet.PARTITIONS, key, state));
        written += key.length + state.length;
      }
    }
    return written;
  }

  private static List<byte[]> states(String bootstrap, String topic) {
    List<byte[]> states = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (record.value() != null) {
            states.add(record.value());
          }
        }
      }
    }
    return states;
  }

  private static long size(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).mapToLong(p -> p.toFile().length()).sum();
    }
  }

  private static void deleteTree(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void report(String format, Object... values) {
    System.out.printf("restore: " + format + "%n", values);
  }
}
