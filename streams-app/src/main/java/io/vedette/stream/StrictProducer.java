package io.vedette.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * A producer whose commit fails for good when it times out: Kafka Streams then gives its thread up,
 * instead of mending tasks in place. {@code initTransactions} and {@code abortTransaction} keep
 * their timeouts, which Kafka Streams handles by trying again and by leaving it to the broker.
 */
final class StrictProducer implements Producer<byte[], byte[]> {

  private final Producer<byte[], byte[]> producer;

  StrictProducer(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Adds offsets to the transaction.
   *
   * @throws KafkaException when it fails, never a {@link TimeoutException}
   */
  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    try {
      producer.sendOffsetsToTransaction(offsets, group);
    } catch (TimeoutException e) {
      throw new KafkaException("no broker took the offsets of a transaction in time", e);
    }
  }

  /**
   * Commits the transaction.
   *
   * @throws KafkaException when it fails, never a {@link TimeoutException}
   */
  @Override
  public void commitTransaction() {
    try {
      producer.commitTransaction();
    } catch (TimeoutException e) {
      throw new KafkaException("no broker said in time that a transaction is committed", e);
    }
  }

  @Override
  public void initTransactions() {
    producer.initTransactions();
  }

  @Override
  public void beginTransaction() {
    producer.beginTransaction();
  }

  @Override
  public void abortTransaction() {
    producer.abortTransaction();
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    producer.registerMetricForSubscription(metric);
  }

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    producer.unregisterMetricFromSubscription(metric);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    return producer.send(record);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    return producer.send(record, callback);
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return producer.partitionsFor(topic);
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return producer.metrics();
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return producer.clientInstanceId(timeout);
  }

  @Override
  public void close() {
    producer.close();
  }

  @Override
  public void close(Duration timeout) {
    producer.close(timeout);
  }
}
