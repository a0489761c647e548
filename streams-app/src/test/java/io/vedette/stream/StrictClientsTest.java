package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.Test;

/** A commit that times out is no task to be mended; all else is the producer's own. */
class StrictClientsTest {

  private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
      Map.of(new TopicPartition("in", 0), new OffsetAndMetadata(7));
  private static final ConsumerGroupMetadata GROUP =
      new MockConsumer<byte[], byte[]>("earliest").groupMetadata();
  private static final TimeoutException TIMEOUT = new TimeoutException("a minute is over");

  private final MockProducer<byte[], byte[]> mock =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Producer<byte[], byte[]> producer =
      clients("exactly_once_v2").getProducer(Map.of());

  @Test
  void shouldFailForGoodWhenACommitTimesOut() {
    // Given
    begin();
    mock.commitTransactionException = TIMEOUT;

    // When
    assertThatThrownBy(producer::commitTransaction)

        // Then
        .isExactlyInstanceOf(KafkaException.class)
        .hasCause(TIMEOUT);
  }

  @Test
  void shouldFailForGoodWhenOffsetsTimeOut() {
    // Given
    begin();
    mock.sendOffsetsToTransactionException = TIMEOUT;

    // When
    assertThatThrownBy(() -> producer.sendOffsetsToTransaction(OFFSETS, GROUP))

        // Then
        .isExactlyInstanceOf(KafkaException.class)
        .hasCause(TIMEOUT);
  }

  @Test
  void shouldKeepTheErrorWhenItIsOfAnotherKind() {
    // Given
    begin();
    var fenced = new ProducerFencedException("another one has the id");
    mock.commitTransactionException = fenced;
    mock.sendOffsetsToTransactionException = fenced;

    // Then
    assertThatThrownBy(producer::commitTransaction).isSameAs(fenced);
    assertThatThrownBy(() -> producer.sendOffsetsToTransaction(OFFSETS, GROUP)).isSameAs(fenced);
  }

  @Test
  void shouldKeepTheTimeoutWhenKafkaStreamsTriesAgainByItself() {
    // Given
    mock.initTransactionException = TIMEOUT;

    // Then
    assertThatThrownBy(producer::initTransactions).isSameAs(TIMEOUT);

    // Given
    mock.initTransactionException = null;
    begin();
    mock.abortTransactionException = TIMEOUT;

    // Then
    assertThatThrownBy(producer::abortTransaction).isSameAs(TIMEOUT);
  }

  @Test
  void shouldWriteAndCommitWhenNothingTimesOut() {
    // Given
    begin();

    // When
    producer.send(new ProducerRecord<>("out", new byte[] {1}));
    producer.send(new ProducerRecord<>("out", new byte[] {2}), (metadata, error) -> {});
    producer.sendOffsetsToTransaction(OFFSETS, GROUP);
    producer.flush();
    producer.commitTransaction();
    producer.close();

    // Then
    assertThat(mock.history()).hasSize(2);
    assertThat(mock.consumerGroupOffsetsHistory())
        .containsExactly(Map.of(GROUP.groupId(), OFFSETS));
    assertThat(mock.commitCount()).isEqualTo(1);
    assertThat(mock.flushed()).isTrue();
    assertThat(mock.closed()).isTrue();
  }

  @Test
  void shouldLeaveTheProducerAloneWhenTheGuaranteeIsAtLeastOnce() {
    assertThat(clients("at_least_once").getProducer(Map.of())).isSameAs(mock);
  }

  private void begin() {
    producer.initTransactions();
    producer.beginTransaction();
  }

  private KafkaClientSupplier clients(String guarantee) {
    var config =
        new StreamsConfig(
            Map.of(
                "application.id", "app",
                "bootstrap.servers", "localhost:1",
                "processing.guarantee", guarantee));
    return StrictClients.of(
        config,
        new DefaultKafkaClientSupplier() {
          @Override
          public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
            return mock;
          }
        });
  }
}
