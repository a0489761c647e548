package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import io.vedette.stream.DeadLetters;
import io.vedette.wire.WireSerdes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a user runs it, on a real broker. */
class ServiceIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void shouldFindTheAttackAndBuryBadInputWhenBothArriveTogether() throws Exception {
    // Given
    Site site = World.LOAN.build();
    Scenario scenario = OneAttack.on(site);
    Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
    try (EmbeddedBroker broker = QuickService.broker();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      Settings settings = QuickService.settings(directory, broker, registry, "extraction,evasion");
      try (TopicAdmin admin = new TopicAdmin(settings)) {
        admin.create();
      }
      try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
          KafkaProducer<String, byte[]> producer = producer(settings)) {
        wire.ensureRegistered(settings.topics().byRole());
        OneAttack.learn(scenario, settings);
        Serde<Exchange> serde = wire.exchanges();
        String topic = settings.topics().exchanges();
        Random random = new Random(3);
        int bad = 0;
        for (Exchange exchange : scenario) {
          if (exchange.timeMicros() < Wiring.micros(scenario.learnUntil())) {
            continue;
          }
          byte[] good = serde.serializer().serialize(topic, exchange);
          String key = exchange.caller().key();
          producer.send(new ProducerRecord<>(topic, key, broken(good, bad++, random)));
          producer.send(new ProducerRecord<>(topic, key, good));
        }
        producer.flush();

        // When
        List<ConsumerRecord<byte[], byte[]>> letters;
        List<ConsumerRecord<byte[], byte[]>> advice;
        try (Service service = new Service(settings, incidents::add)) {
          service.start();
          await().atMost(LIMIT).until(() -> found(incidents));
          letters = records(settings, settings.topics().deadLetters(), bad);
          advice = records(settings, settings.topics().actions(), 1);
          assertThat(service.ready()).isTrue();
        }
        try (Service again = new Service(settings, incidents::add)) {
          again.start(); // reads the advice that is on its topic
          await().atMost(LIMIT).until(again::ready);
        }

        // Then
        assertThat(letters).hasSize(bad);
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
          assertThat(header(letter, DeadLetters.REASON)).isNotBlank();
          assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(topic);
          assertThat(header(letter, DeadLetters.OFFSET)).matches("\\d+");
          assertThat(header(letter, DeadLetters.PARTITION)).matches("\\d+");
        }
        assertThat(advice)
            .allSatisfy(record -> assertThat(header(record, "vedette-word")).matches(".{36}:\\d+"))
            .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
            .anyMatch(account -> account.endsWith("|mallory"));
      }
    }
  }

  private static boolean found(Queue<Incident> incidents) {
    return incidents.stream().anyMatch(i -> i.principals().contains("mallory"));
  }

  /** Every kind of damage in turn; none of them can be read. */
  private static byte[] broken(byte[] good, int kind, Random random) {
    return switch (kind % 4) {
      case 0 -> Arrays.copyOf(good, 1 + random.nextInt(good.length - 1)); // truncated
      case 1 -> { // another magic byte
        byte[] mutated = good.clone();
        mutated[0] = (byte) (1 + random.nextInt(100));
        yield mutated;
      }
      case 2 -> { // a schema that nobody registered
        byte[] mutated = good.clone();
        mutated[1] = 0x7f;
        yield mutated;
      }
      default -> Arrays.copyOf(good, good.length + 1 + random.nextInt(5000)); // trailing bytes
    };
  }

  private static KafkaProducer<String, byte[]> producer(Settings settings) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", settings.kafka().bootstrapServers()),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(
      Settings settings, String topic, int expected) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", settings.kafka().bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= expected;
              });
    }
    return records;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
