package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RetainedRecordsTest {

  private static final int RECORDS = 20_000; // of each partition
  private static final int MOST_WAITING = 2 * 1_000;

  private static final byte[] NOTHING = {};

  private MockTopic topic = new MockTopic(RECORDS, RECORDS);
  private long nanos;

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
    topic = new MockTopic(3, 3);
    RetainedRecords<Long> records = open(() -> 0);
    for (int i = 0; i < 10; i++) {
      add(0, i);
    }
    for (int i = 0; i < 3; i++) {
      add(1, 100 + i);
    }
    List<Long> times = new ArrayList<>();

    // When
    records.forEach(times::add);

    // Then
    assertThat(times).containsExactly(0L, 1L, 2L, 100L, 101L, 102L);
  }

  @Test
  void shouldFailWhenNoTopicExists() {
    MockConsumer<byte[], byte[]> consumer = topic.consumer;
    assertThatThrownBy(
            () -> new RetainedRecords<>(consumer, List.of("no"), null, r -> 1L, t -> t, () -> 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none of the topics exists: no");
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void shouldGoOnWhenTheSinkTakesLongerThanBrokersMay() throws IOException {
    // Given: the second record is there at the second poll after the first was taken
    topic = new MockTopic(2, 0);
    RetainedRecords<Long> records = open(() -> nanos);
    add(0, 1);
    topic.consumer.schedulePollTask(() -> {});
    topic.consumer.schedulePollTask(() -> {});
    topic.consumer.schedulePollTask(() -> add(0, 2));
    List<Long> times = new ArrayList<>();

    // When
    records.forEach(
        time -> {
          times.add(time);
          nanos += TimeUnit.MINUTES.toNanos(10);
        });

    // Then
    assertThat(times).containsExactly(1L, 2L);
  }

  @Test
  void shouldFailWhenBrokersAreSilentForAMinute() throws IOException {
    // Given
    topic = new MockTopic(2, 0);
    RetainedRecords<Long> records = open(() -> nanos += TimeUnit.SECONDS.toNanos(1));
    add(0, 1);
    List<Long> times = new ArrayList<>();

    // Then
    assertThatThrownBy(() -> records.forEach(times::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no record for a minute");
    assertThat(times).containsExactly(1L);
    assertThat(nanos).isBetween(TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(70));
  }

  @Test
  void shouldHoldFewWhenHeadersAreLarge() throws IOException {
    // Given: all of partition 0 waits for partition 1; 16 records are a MB
    int polled = 50;
    int number = 1_000;
    topic = new MockTopic(number, number);
    topic.consumer.setMaxPollRecords(polled);
    RetainedRecords<Long> records = open(() -> 0);
    byte[] large = new byte[1 << 16];
    for (int i = 0; i < number; i++) {
      topic.add(0, 10_000 + i, NOTHING, NOTHING, new RecordHeaders().add("h", large));
      topic.add(1, i, NOTHING, NOTHING, new RecordHeaders().add("h", large));
    }
    List<Long> times = new ArrayList<>();

    // When
    records.forEach(
        time -> {
          times.add(time);
          assertThat(records.waiting()).isLessThan(2 * (16 + polled));
        });

    // Then
    assertThat(times).hasSize(2 * number).isSorted();
  }

  private List<Long> read(IntToLongFunction first, IntToLongFunction second) throws IOException {
    List<Long> times = new ArrayList<>();
    try (RetainedRecords<Long> records = open(() -> 0)) {
      for (int i = 0; i < RECORDS; i++) {
        add(0, first.applyAsLong(i));
        add(1, second.applyAsLong(i));
      }
      records.forEach(
          time -> {
            times.add(time);
            assertThat(records.waiting()).isLessThan(MOST_WAITING);
          });
    }
    return times;
  }

  private RetainedRecords<Long> open(LongSupplier nanos) throws IOException {
    return topic.open(ConsumerRecord::timestamp, time -> time, nanos);
  }

  private void add(int partition, long time) {
    topic.add(partition, time, NOTHING, new byte[] {1});
  }
}
