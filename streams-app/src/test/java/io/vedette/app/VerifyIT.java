package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.core.Incident;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.stream.ChainLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain of records on a topic, over a restart and under the hands of a forger. */
class VerifyIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void shouldGoOnAfterARestartAndNameTheForgedRecord() throws Exception {
    // Given
    Map<String, String> quickly = Map.of("group.min.session.timeout.ms", "500");
    try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBroker.Config(null, 0, quickly));
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      Path config = config(broker, registry, "");
      Settings settings = SettingsLoader.load(config, Map.of());
      try (TopicAdmin admin = new TopicAdmin(settings)) {
        admin.create();
      }
      Attacks attacks = new Attacks(settings);
      attacks.publishBaselines(settings);
      Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
      try (Service service = new Service(settings, incidents::add)) {
        service.start();
        attacks.produce(settings, Double.POSITIVE_INFINITY);
        await().atMost(LIMIT).until(() -> opened(incidents) >= 3);
      }
      String verdict = incidents.iterator().next().incidentId();

      // When: another version of the settings closes what the first one had opened
      Settings changed =
          SettingsLoader.load(config(broker, registry, "alerting: {mostUpdates: 21}"), Map.of());
      Queue<Incident> later = new ConcurrentLinkedQueue<>();
      try (Service service = new Service(changed, later::add)) {
        service.start();
        assertThat(
                Main.execute(
                    "verdict", verdict, "--as", "true-positive", "--config", config.toString()))
            .isZero();
        await().atMost(LIMIT).until(() -> later.stream().anyMatch(VerifyIT::isJudged));
      }
      List<ConsumerRecord<byte[], byte[]>> records = records(settings);

      // Then
      assertThat(Main.execute("verify", "--config", config.toString())).isZero();
      assertThat(records.stream().map(r -> link(r).chain()).distinct()).hasSize(1);
      assertThat(records.stream().map(r -> link(r).writer()).distinct()).hasSize(2);
      assertThat(records.stream().map(r -> link(r).sequence()).distinct().count())
          .isEqualTo(records.stream().mapToLong(r -> link(r).sequence()).max().orElse(-1) + 1);

      String trail = Printed.by("audit", "--config", config.toString());
      String user = System.getProperty("user.name");
      assertThat(trail)
          .contains("verdict   " + user + ": TRUE_POSITIVE on " + verdict)
          .contains("baseline  " + user + ": loan")
          .contains("settings  service: dev " + settings.configHash())
          .contains("settings  service: dev " + changed.configHash());

      // And when: one is written again with another byte
      forge(settings, records.get(1));

      // Then
      assertThat(Main.execute("verify", "--config", config.toString())).isEqualTo(1);
    }
  }

  private static long opened(Queue<Incident> incidents) {
    return incidents.stream().map(Incident::incidentId).distinct().count();
  }

  private static boolean isJudged(Incident incident) {
    return incident.details().verdict() != null;
  }

  private static ChainLink link(ConsumerRecord<byte[], byte[]> record) {
    return Objects.requireNonNull(ChainLink.read(record.headers()));
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Settings settings)
      throws IOException {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (RetainedRecords<ConsumerRecord<byte[], byte[]>> records =
        new RetainedRecords<>(
            settings, List.of(settings.topics().incidents()), null, r -> r, r -> r.timestamp())) {
      records.forEach(all::add);
    }
    return all;
  }

  private static void forge(Settings settings, ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value().clone();
    value[value.length / 2] ^= 1;
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", settings.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(
          new ProducerRecord<>(
              record.topic(), record.partition(), record.key(), value, record.headers()));
    }
  }

  private Path config(EmbeddedBroker broker, EmbeddedRegistry registry, String more)
      throws IOException {
    String yaml =
        """
        kafka:
          bootstrapServers: '%s'
          stateDir: '%s'
          commitInterval: PT0.1S
          properties: {consumer.session.timeout.ms: 1500, consumer.heartbeat.interval.ms: 300}
        registry: {url: '%s'}
        topics: {partitions: 2}
        cells: {partitions: 2}
        http: {port: 0}
        %s
        """
            .formatted(broker.bootstrapServers(), directory.resolve("state"), registry.url(), more);
    return Files.writeString(
        directory.resolve("vedette" + more.hashCode() + ".yaml"), yaml, StandardCharsets.UTF_8);
  }
}
