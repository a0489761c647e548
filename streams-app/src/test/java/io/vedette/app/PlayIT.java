package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab's traffic against a Kafka of the user. */
class PlayIT {

  @TempDir private Path directory;

  @Test
  void shouldWriteBaselinesAndTrafficWhenItPlays() throws Exception {
    // Given
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      Path config = directory.resolve("vedette.yaml");
      Files.writeString(
          config,
          "kafka: {bootstrapServers: '%s'}%nregistry: {url: '%s'}%n"
              .formatted(broker.bootstrapServers(), registry.url()));
      assertThat(Main.execute("topics", "--config", config.toString())).isZero();

      // When
      int exit = Main.execute("play", "--config", config.toString(), "--duration", "PT2S");

      // Then
      assertThat(exit).isZero();
      assertThat(records(broker, "vedette.baselines")).isEqualTo(2);
      assertThat(records(broker, "inference.exchanges")).isPositive();
    }
  }

  private static long records(EmbeddedBroker broker, String topic) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", broker.bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
