package io.vedette.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

class OutboxTest {

  @Test
  void shouldRefuseWhenUsedBeforeBind() {
    // Given
    Outbox<String> outbox = new OutboxBuilder<String>("box", OutboxOptions.DEFAULT).build();
    outbox.add("a", "one", 0, 8);

    // When
    // Then
    assertThatThrownBy(outbox::flushAll).hasMessageContaining("before bind()");
  }

  @Test
  void shouldRefuseWhenContextIsNotOfKafkaStreams() {
    // Given
    Outbox<String> outbox = new OutboxBuilder<String>("box", OutboxOptions.DEFAULT).build();
    var foreign = new MockProcessorContext<String, String>();

    // When
    // Then
    assertThatThrownBy(() -> outbox.bind(foreign, (key, batch, at) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldBeEmptyWhenCacheIsCleared() {
    // Given
    Outbox<String> outbox = new OutboxBuilder<String>("box", OutboxOptions.DEFAULT).build();
    outbox.add("a", "one", 0, 8);

    // When
    outbox.clearCache();

    // Then
    outbox.flushAll();
    assertThat(outbox.persistent()).isFalse();
  }

  @Test
  void shouldLetABatchGoWhenItsEntriesAreLarge() {
    // Given: ten entries for one event, of about 100 kB each
    List<Integer> sizes = new ArrayList<>();
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
    topology.addProcessor(
        "box",
        new ProcessorSupplier<byte[], byte[], byte[], byte[]>() {
          @Override
          public Processor<byte[], byte[], byte[], byte[]> get() {
            return new Filler(sizes);
          }

          @Override
          public Set<StoreBuilder<?>> stores() {
            return Set.of(new OutboxBuilder<String>("box", OutboxOptions.DEFAULT));
          }
        },
        "in");
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "outbox");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");

    // When
    try (var driver = new TopologyTestDriver(topology, config)) {
      var bytes = new ByteArraySerializer();
      driver.createInputTopic("in", bytes, bytes).pipeInput(new byte[] {1});
    }

    // Then
    assertThat(sizes).containsExactly(3, 3, 3, 1);
  }

  /** Fills an outbox at every record. */
  private static final class Filler implements Processor<byte[], byte[], byte[], byte[]> {
    private static final int ENTRIES = 10;

    private final List<Integer> sizes;
    private Outbox<String> box = new OutboxBuilder<String>("none", OutboxOptions.DEFAULT).build();

    Filler(List<Integer> sizes) {
      this.sizes = sizes;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      box = context.getStateStore("box");
      box.bind(context, (key, batch, at) -> sizes.add(batch.size()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      for (int i = 0; i < ENTRIES; i++) {
        box.add("a", "entry", 0, 100_000);
      }
    }
  }
}
