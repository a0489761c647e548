package io.vedette.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class OutboxTest {

  @Test
  void shouldRefuseWhenUsedBeforeBind() {
    // Given
    Outbox<String> outbox = new OutboxBuilder<String>("box", OutboxOptions.DEFAULT).build();
    outbox.add("a", "one", 0);

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
    outbox.add("a", "one", 0);

    // When
    outbox.clearCache();

    // Then
    outbox.flushAll();
    assertThat(outbox.persistent()).isFalse();
  }
}
