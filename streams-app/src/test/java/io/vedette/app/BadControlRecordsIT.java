package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import io.vedette.stream.DeadLetters;
import io.vedette.wire.WireSerdes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad records on the topics of global tables, whose thread cannot be replaced. */
class BadControlRecordsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void shouldBuryAndGoOnWhenControlRecordsAreUndecodable() throws Exception {
    try (EmbeddedBroker broker = QuickService.broker();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      // Given
      Settings settings = QuickService.settings(directory, broker, registry, "extraction");
      List<String> tables =
          List.of(
              settings.topics().baselines(),
              settings.topics().verdicts(),
              settings.topics().actions());
      try (TopicAdmin admin = new TopicAdmin(settings)) {
        admin.create();
      }
      Scenario scenario = OneAttack.on(World.LOAN.build());
      Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
      try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
          KafkaProducer<String, byte[]> producer = producer(settings)) {
        wire.ensureRegistered(settings.topics().byRole());

        // When
        List<ConsumerRecord<byte[], byte[]>> live;
        try (Service service = new Service(settings, incidents::add)) {
          service.start();
          await().atMost(LIMIT).until(service::ready);
          tables.forEach(topic -> producer.send(new ProducerRecord<>(topic, "k", bad(topic))));
          producer.flush();
          live = letters(settings, tables.size());
          // The tables are still fed: without the baseline nothing would be found.
          OneAttack.learn(scenario, settings);
          send(scenario, wire, settings, producer);
          await().atMost(LIMIT).until(() -> found(incidents));
          assertThat(service.ready()).isTrue();
        }
        List<ConsumerRecord<byte[], byte[]>> again;
        try (Service restarted = new Service(settings, incidents::add)) {
          restarted.start();
          await().atMost(LIMIT).until(restarted::ready);
          again = letters(settings, 2 * tables.size());
          assertThat(restarted.ready()).isTrue();
        }

        // Then
        assertThat(live).extracting(BadControlRecordsIT::origin).containsAll(tables);
        assertThat(live)
            .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
            .containsAll(tables.stream().map(topic -> "no " + topic).toList());
        assertThat(again).hasSize(2 * tables.size());
      }
    }
  }

  private static byte[] bad(String topic) {
    return ("no " + topic).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean found(Queue<Incident> incidents) {
    return incidents.stream().anyMatch(i -> i.principals().contains(OneAttack.ACCOUNT));
  }

  private static void send(
      Scenario scenario,
      WireSerdes wire,
      Settings settings,
      KafkaProducer<String, byte[]> producer) {
    String topic = settings.topics().exchanges();
    for (Exchange exchange : scenario) {
      if (exchange.timeMicros() >= Wiring.micros(scenario.learnUntil())) {
        byte[] value = wire.exchanges().serializer().serialize(topic, exchange);
        producer.send(new ProducerRecord<>(topic, exchange.caller().key(), value));
      }
    }
    producer.flush();
  }

  private static String origin(ConsumerRecord<byte[], byte[]> letter) {
    return new String(
        letter.headers().lastHeader(DeadLetters.TOPIC).value(), StandardCharsets.UTF_8);
  }

  private static KafkaProducer<String, byte[]> producer(Settings settings) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", settings.kafka().bootstrapServers()),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static List<ConsumerRecord<byte[], byte[]>> letters(Settings settings, int expected) {
    List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
    Map<String, Object> config = Map.of("bootstrap.servers", settings.kafka().bootstrapServers());
    String topic = settings.topics().deadLetters();
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
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return letters.size() >= expected;
              });
    }
    return letters;
  }
}
