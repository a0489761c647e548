package io.vedette.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A topic of a few partitions without a broker, to be opened before its records are added. */
final class MockTopic {

  static final String NAME = "t";

  final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final long[] added;

  /**
   * A topic.
   *
   * @param ends records that each partition will have
   */
  MockTopic(long... ends) {
    added = new long[ends.length];
    Node node = new Node(0, "none", 1);
    Node[] nodes = {node};
    List<PartitionInfo> partitions = new ArrayList<>();
    Map<TopicPartition, Long> begins = new HashMap<>();
    Map<TopicPartition, Long> lasts = new HashMap<>();
    for (int partition = 0; partition < ends.length; partition++) {
      partitions.add(new PartitionInfo(NAME, partition, node, nodes, nodes));
      begins.put(new TopicPartition(NAME, partition), 0L);
      lasts.put(new TopicPartition(NAME, partition), ends[partition]);
    }
    consumer.updatePartitions(NAME, partitions);
    consumer.updateBeginningOffsets(begins);
    consumer.updateEndOffsets(lasts);
    consumer.setMaxPollRecords(500);
  }

  <T> RetainedRecords<T> open(
      RetainedRecords.Reader<T> reader, ToLongFunction<T> time, LongSupplier nanos)
      throws IOException {
    return new RetainedRecords<>(consumer, List.of(NAME), null, reader, time, nanos);
  }

  void add(int partition, long timeMillis, byte[] key, byte @Nullable [] value, Headers headers) {
    consumer.addRecord(
        new ConsumerRecord<>(
            NAME,
            partition,
            added[partition]++,
            timeMillis,
            TimestampType.LOG_APPEND_TIME,
            key.length,
            value == null ? -1 : value.length,
            key,
            value,
            headers,
            Optional.empty()));
  }

  void add(int partition, long timeMillis, byte[] key, byte @Nullable [] value) {
    add(partition, timeMillis, key, value, new RecordHeaders());
  }
}
