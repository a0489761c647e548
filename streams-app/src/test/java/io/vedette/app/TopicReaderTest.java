package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.wire.SchemaRegistryException;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console's readers make of records that they cannot read, now or ever. */
class TopicReaderTest {

  private static final String TOPIC = "vedette.incidents";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private final Queue<String> read = new ConcurrentLinkedQueue<>();
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void shouldReadEveryRecordWhenTheRegistryIsAwayAtFirst() {
    // Given: "bad" stays unreadable, the registry answers at the third try
    Deserializer<String> values =
        (topic, bytes) -> {
          if (tries.incrementAndGet() < 3) {
            throw new SerializationException(
                "as the client wraps it", new SchemaRegistryException(Kind.UNAVAILABLE, "away"));
          }
          return text(bytes);
        };

    // When
    try (TopicReader<String> reader = reader(values)) {
      reader.start();
      await().atMost(LIMIT).until(reader::caughtUp);

      // Then
      assertThat(read).containsExactly("first", "last");
      assertThat(reader.failure()).isNull();
    }
  }

  @Test
  void shouldEndWhenItIsClosedWhileTheRegistryIsAway() throws Exception {
    // Given
    Deserializer<String> values =
        (topic, bytes) -> {
          tries.incrementAndGet();
          throw new SchemaRegistryException(Kind.UNAVAILABLE, "away");
        };
    TopicReader<String> reader = reader(values);
    reader.start();
    await().atMost(LIMIT).until(() -> tries.get() > 0);

    // When
    reader.close();

    // Then: nothing was skipped, and closing is no failure
    assertThat(reader.caughtUp()).isFalse();
    assertThat(reader.failure()).isNull();
    assertThat(read).isEmpty();
  }

  @Test
  void shouldBelongToNoGroupWhateverTheSettingsSay() throws Exception {
    // Given
    Settings settings =
        SettingsLoader.load(
            Files.writeString(
                directory.resolve("vedette.yaml"),
                """
                kafka:
                  bootstrapServers: 'kafka:9092'
                  properties:
                    group.id: mine
                    group.instance.id: me
                    client.id: other
                    isolation.level: read_uncommitted
                    allow.auto.create.topics: true
                    enable.auto.commit: true
                    auto.offset.reset: latest
                    client.rack: a
                """),
            Map.of());

    // When
    Map<String, Object> config = TopicReader.ungrouped(settings, "replay");

    // Then
    assertThat(config)
        .isEqualTo(
            Map.of(
                "bootstrap.servers", "kafka:9092",
                "client.id", "vedette-replay",
                "isolation.level", "read_committed",
                "allow.auto.create.topics", false,
                "enable.auto.commit", false,
                "auto.offset.reset", "earliest",
                "client.rack", "a"));
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.equals("bad")) {
      throw new SchemaRegistryException(Kind.NOT_FOUND, "no such schema");
    }
    return text;
  }

  private TopicReader<String> reader(Deserializer<String> values) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Node[] none = {};
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), none, none)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 3L));
    consumer.schedulePollTask(
        () -> {
          int offset = 0;
          for (String value : List.of("first", "bad", "last")) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], bytes));
            offset++;
          }
        });
    return new TopicReader<>(consumer, TOPIC, values, null, read::add);
  }
}
