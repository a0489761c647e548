package io.vedette.app;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What some topics retain, up to their ends when it was opened: the partitions are merged by the
 * time of what they hold, so that none runs ahead of another. Belongs to no consumer group, commits
 * nothing, creates nothing. Memory is bounded by the number of partitions, whatever their length.
 *
 * @param <T> what a record holds
 */
final class RetainedRecords<T> implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long LONGEST_STALL_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int MOST_RECORDS = 500; // a partition with so many waiting is paused
  private static final long ALL_BYTES = 64L << 20; // shared by the partitions
  private static final long FEWEST_BYTES = 64L << 10; // of one partition
  private static final long MOST_BYTES = 1L << 20;

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Feed<T>> feeds = new LinkedHashMap<>();
  private final Reader<T> reader;
  private final ToLongFunction<T> time;
  private final LongSupplier nanos;
  private long mostBytes = MOST_BYTES;
  private long progressNanos;

  /**
   * Opens topics; those that do not exist are left out.
   *
   * @param since where to start, by the time of records; null for all that is there
   * @param time what the partitions are merged by
   * @throws IOException when none of the topics exists
   */
  RetainedRecords(
      Settings settings,
      List<String> topics,
      @Nullable Instant since,
      Reader<T> reader,
      ToLongFunction<T> time)
      throws IOException {
    this(
        new KafkaConsumer<>(
            config(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topics,
        since,
        reader,
        time,
        System::nanoTime);
  }

  /**
   * Opens topics of a consumer, which it closes.
   *
   * @param nanos a clock of the span that brokers may be silent for, nanoseconds
   */
  RetainedRecords(
      Consumer<byte[], byte[]> consumer,
      List<String> topics,
      @Nullable Instant since,
      Reader<T> reader,
      ToLongFunction<T> time,
      LongSupplier nanos)
      throws IOException {
    this.consumer = consumer;
    this.reader = reader;
    this.time = time;
    this.nanos = nanos;
    try {
      open(topics, since);
    } catch (IOException | RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * What a record holds.
   *
   * @param <T> what a record holds
   */
  @FunctionalInterface
  interface Reader<T> {
    /** Null to leave the record out. */
    @Nullable T read(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  private static Map<String, Object> config(Settings settings) {
    Map<String, Object> config = TopicReader.ungrouped(settings, "replay");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, (int) MOST_BYTES);
    return config;
  }

  private void open(List<String> topics, @Nullable Instant since) throws IOException {
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions != null) {
        partitions.stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .forEach(all::add);
      }
    }
    if (all.isEmpty()) {
      throw new IOException("none of the topics exists: " + String.join(", ", topics));
    }
    mostBytes = Math.max(FEWEST_BYTES, Math.min(MOST_BYTES, ALL_BYTES / all.size()));
    consumer.assign(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(all);
    Map<TopicPartition, OffsetAndTimestamp> starts = starts(all, since);
    for (TopicPartition partition : all) {
      long begin = begins.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, 0L);
      OffsetAndTimestamp start = starts.get(partition);
      consumer.seek(partition, since == null ? begin : start == null ? end : start.offset());
      feeds.put(partition, new Feed<>(feeds.size(), begin, end));
    }
  }

  private Map<TopicPartition, OffsetAndTimestamp> starts(
      List<TopicPartition> all, @Nullable Instant since) {
    if (since == null) {
      return Map.of();
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    all.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
    return consumer.offsetsForTimes(times);
  }

  /** First offset that each partition still had when this was opened. */
  Map<TopicPartition, Long> begins() {
    Map<TopicPartition, Long> begins = new LinkedHashMap<>();
    feeds.forEach((partition, feed) -> begins.put(partition, feed.begin));
    return begins;
  }

  /** Records that wait for their turn: fewer than 1,000 a partition, large ones far fewer. */
  int waiting() {
    return feeds.values().stream().mapToInt(feed -> feed.waiting.size()).sum();
  }

  /**
   * Reads all there is, in order of time as far as each partition is.
   *
   * @throws IOException when the brokers fall silent, or the sink wants no more
   */
  void forEach(ReadAhead.Sink<T> sink) throws IOException {
    progressNanos = nanos.getAsLong();
    Comparator<Feed<T>> byTime = Comparator.comparingLong(feed -> feed.headTime);
    var heads = new PriorityQueue<Feed<T>>(byTime.thenComparingInt(feed -> feed.number));
    for (Map.Entry<TopicPartition, Feed<T>> entry : feeds.entrySet()) {
      advance(entry.getKey(), entry.getValue());
      if (entry.getValue().head != null) {
        heads.add(entry.getValue());
      }
    }
    List<TopicPartition> partitions = List.copyOf(feeds.keySet());
    for (Feed<T> first = heads.poll(); first != null; first = heads.poll()) {
      T item = first.head;
      if (item != null) {
        sink.take(item);
        progressNanos = nanos.getAsLong(); // one that takes its time is no silent broker
      }
      advance(partitions.get(first.number), first);
      if (first.head != null) {
        heads.add(first);
      }
    }
  }

  /** Finds the next item of a partition; while it has none at hand, others fill up as well. */
  private void advance(TopicPartition partition, Feed<T> feed) throws IOException {
    feed.head = null;
    while (feed.head == null) {
      ConsumerRecord<byte[], byte[]> record = feed.waiting.poll();
      if (record != null) {
        feed.bytes -= bytes(record);
        T item = reader.read(record);
        feed.head = item;
        feed.headTime = item == null ? 0 : time.applyAsLong(item);
      } else if (consumer.position(partition) >= feed.end) {
        feed.done = true;
        return;
      } else {
        fetch();
      }
    }
  }

  private void fetch() throws IOException {
    feeds.forEach(
        (partition, feed) -> {
          boolean full = feed.waiting.size() >= MOST_RECORDS || feed.bytes >= mostBytes;
          if (full || feed.done) {
            consumer.pause(List.of(partition));
          } else {
            consumer.resume(List.of(partition));
          }
        });
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      progressNanos = nanos.getAsLong();
      Feed<T> feed = feeds.get(new TopicPartition(record.topic(), record.partition()));
      if (feed != null && record.offset() < feed.end) {
        feed.waiting.add(record);
        feed.bytes += bytes(record);
      }
    }
    if (nanos.getAsLong() - progressNanos > LONGEST_STALL_NANOS) {
      throw new IOException("the brokers gave no record for a minute before the end was reached");
    }
  }

  private static long bytes(ConsumerRecord<byte[], byte[]> record) {
    long bytes = Math.max(0L, record.serializedKeySize());
    bytes += Math.max(0L, record.serializedValueSize());
    for (Header header : record.headers()) {
      bytes += header.key().length();
      bytes += header.value() == null ? 0 : header.value().length;
    }
    return bytes;
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** One partition. */
  private static final class Feed<T> {
    final int number;
    final long begin;
    final long end;
    final ArrayDeque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    long bytes;
    boolean done;
    @Nullable T head;
    long headTime;

    Feed(int number, long begin, long end) {
      this.number = number;
      this.begin = begin;
      this.end = end;
    }
  }
}
