package io.vedette.app;

import io.vedette.stream.Outages;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a whole topic, or its last part, on a thread of its own and goes on reading. Records that
 * cannot be read are left out and counted in the log; a registry that is away is waited for.
 */
final class TopicReader<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long REGISTRY_MILLIS = 500; // between two tries; its client waited already

  private final String topic;
  private final Deserializer<T> values;
  private final @Nullable Instant since;
  private final Consumer<T> sink;
  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean caughtUp;
  private volatile @Nullable RuntimeException failure;
  private long unreadable;

  /**
   * Makes a reader; {@link #start} lets it run.
   *
   * @param since where to start, by the time of records; null for the start of the topic
   */
  TopicReader(
      Settings settings,
      String topic,
      Deserializer<T> values,
      @Nullable Instant since,
      Consumer<T> sink) {
    this(
        new KafkaConsumer<>(
            ungrouped(settings, topic), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topic,
        values,
        since,
        sink);
  }

  TopicReader(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      String topic,
      Deserializer<T> values,
      @Nullable Instant since,
      Consumer<T> sink) {
    this.consumer = consumer;
    this.topic = topic;
    this.values = values;
    this.since = since;
    this.sink = sink;
    this.thread = new Thread(this::read, "reader-" + topic);
    thread.setDaemon(true);
  }

  /**
   * The configuration of a consumer that belongs to no group, commits and creates nothing; a new
   * map.
   *
   * @param clientSuffix what its client id has after the application's
   */
  static Map<String, Object> ungrouped(Settings settings, String clientSuffix) {
    Map<String, Object> config = new HashMap<>(settings.kafka().properties());
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    config.put(
        ConsumerConfig.CLIENT_ID_CONFIG, settings.kafka().applicationId() + '-' + clientSuffix);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // deleted while being read
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    return config;
  }

  void start() {
    thread.start();
  }

  /** True once it has read what was there when it started. */
  boolean caughtUp() {
    return caughtUp;
  }

  /** Why it stopped, null while it runs. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  private void read() {
    try (consumer) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      seek(all, ends);
      while (!closed()) {
        poll();
        caughtUp =
            caughtUp
                || all.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
      }
    } catch (WakeupException e) {
      LOG.debug("reader of {} was woken up to close", topic);
    } catch (RuntimeException e) {
      failure = e;
      LOG.error("reader of {} stopped; the API shows nothing further of it", topic, e);
    }
  }

  private void seek(List<TopicPartition> all, Map<TopicPartition, Long> ends) {
    consumer.seekToBeginning(all);
    if (since == null) {
      return;
    }
    long from = since.toEpochMilli();
    Map<TopicPartition, OffsetAndTimestamp> starts =
        consumer.offsetsForTimes(all.stream().collect(Collectors.toMap(p -> p, p -> from)));
    for (TopicPartition partition : all) {
      OffsetAndTimestamp start = starts.get(partition);
      consumer.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
    }
  }

  private void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.value() == null) {
        continue;
      }
      try {
        sink.accept(value(record.value()));
      } catch (SerializationException e) {
        if (Long.bitCount(++unreadable) == 1) { // the 1st, 2nd, 4th, 8th and so on
          LOG.warn(
              "{} records of {} could not be read, the last at {}-{}",
              unreadable,
              topic,
              record.partition(),
              record.offset());
        }
      }
    }
  }

  /** An outage of the registry says nothing about the record, so it is tried until it is over. */
  private T value(byte[] bytes) {
    boolean away = false;
    while (true) {
      try {
        return values.deserialize(topic, bytes);
      } catch (SerializationException e) {
        if (!Outages.registry(e)) {
          throw e;
        }
        if (!away) {
          LOG.warn("reader of {} waits for the schema registry: {}", topic, e.getMessage());
        }
        away = true;
        pause();
      }
    }
  }

  private void pause() {
    try {
      if (closing.await(REGISTRY_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new WakeupException();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e); // marks the thread again
    }
  }

  private boolean closed() {
    return closing.getCount() == 0;
  }

  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
    if (!thread.isAlive()) {
      return;
    }
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
