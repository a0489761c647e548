package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RetainedRecordsTest {

  private static final int RECORDS = 20_000; // of each partition
  private static final int MOST_WAITING = 2 * 1_000;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  @Test
  void shouldMergeByTimeWhenPartitionsTakeTurns() throws IOException {
    // Given, when
    List<Long> times = read(i -> 2L * i, i -> 2L * i + 1);

    // Then
    assertThat(times).hasSize(2 * RECORDS).isSorted();
  }

  @Test
  void shouldHoldLittleWhenOnePartitionIsWhollyLaterThanTheOther() throws IOException {
    // Given, when
    List<Long> times = read(i -> 1_000_000L + i, i -> i);

    // Then
    assertThat(times).hasSize(2 * RECORDS).isSorted();
  }

  @Test
  void shouldLeaveOutWhatCameAfterItWasOpened() throws IOException {
    // Given
    RetainedRecords<Long> records = open(3);
    for (int i = 0; i < 10; i++) {
      add(0, i, i);
    }
    for (int i = 0; i < 3; i++) {
      add(1, i, 100 + i);
    }
    List<Long> times = new ArrayList<>();

    // When
    records.forEach(times::add);

    // Then
    assertThat(times).containsExactly(0L, 1L, 2L, 100L, 101L, 102L);
  }

  @Test
  void shouldFailWhenNoTopicExists() {
    assertThatThrownBy(() -> new RetainedRecords<>(consumer, List.of("no"), null, r -> 1L, t -> t))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none of the topics exists: no");
    assertThat(consumer.closed()).isTrue();
  }

  private List<Long> read(IntToLongFunction first, IntToLongFunction second) throws IOException {
    List<Long> times = new ArrayList<>();
    try (RetainedRecords<Long> records = open(RECORDS)) {
      for (int i = 0; i < RECORDS; i++) {
        add(0, i, first.applyAsLong(i));
        add(1, i, second.applyAsLong(i));
      }
      records.forEach(
          time -> {
            times.add(time);
            assertThat(records.waiting()).isLessThan(MOST_WAITING);
          });
    }
    return times;
  }

  private RetainedRecords<Long> open(long end) throws IOException {
    Node node = new Node(0, "none", 1);
    Node[] nodes = {node};
    List<PartitionInfo> partitions = new ArrayList<>();
    Map<TopicPartition, Long> begins = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (int partition = 0; partition < 2; partition++) {
      partitions.add(new PartitionInfo("t", partition, node, nodes, nodes));
      begins.put(new TopicPartition("t", partition), 0L);
      ends.put(new TopicPartition("t", partition), end);
    }
    consumer.updatePartitions("t", partitions);
    consumer.updateBeginningOffsets(begins);
    consumer.updateEndOffsets(ends);
    consumer.setMaxPollRecords(500);
    return new RetainedRecords<>(
        consumer, List.of("t"), null, ConsumerRecord::timestamp, time -> time);
  }

  private void add(int partition, long offset, long time) {
    consumer.addRecord(
        new ConsumerRecord<>(
            "t",
            partition,
            offset,
            time,
            TimestampType.LOG_APPEND_TIME,
            0,
            1,
            new byte[0],
            new byte[] {1},
            new RecordHeaders(),
            Optional.empty()));
  }
}
