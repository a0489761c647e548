package io.vedette.app.bench;

import io.vedette.app.Settings;
import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.stream.NewTopics;
import io.vedette.stream.TopicSerdes;
import io.vedette.stream.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The test bed on a broker: topics, the traffic in them, and what an application left behind. */
final class Bed implements AutoCloseable {

  static final int PARTITIONS = 4;
  static final String PASSED = "bench.passed";

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int EMPTY_POLLS = 4; // in a row, at the end of a topic

  private final String bootstrap;
  private final TopicSerdes serdes;
  private final Admin admin;

  Bed(String bootstrap, TopicSerdes serdes) {
    this.bootstrap = bootstrap;
    this.serdes = serdes;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  /** Creates the topics, publishes the baseline and writes so many exchanges. */
  void fill(Baseline baseline, Iterator<Exchange> traffic, long events)
      throws InterruptedException, ExecutionException {
    Topics t = Topics.DEFAULT;
    List<NewTopic> topics = new ArrayList<>();
    for (String name :
        List.of(
            t.requests(),
            t.responses(),
            t.exchanges(),
            t.findings(),
            t.verdicts(),
            t.incidents(),
            t.deadLetters(),
            Settings.defaults().topics().ocsf(), // the view that is on by default
            PASSED)) {
      // The lab's time is long past: a broker that deletes by it would delete what is being read.
      topics.add(new NewTopic(name, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1")));
    }
    for (String name : List.of(t.baselines(), t.models())) {
      topics.add(new NewTopic(name, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
    }
    NewTopics.create(admin, topics);
    var failure = new AtomicReference<@Nullable Exception>();
    try (KafkaProducer<String, byte[]> producer = producer("10")) {
      byte[] profile = serdes.baselines().serializer().serialize(t.baselines(), baseline);
      producer.send(new ProducerRecord<>(t.baselines(), baseline.modelKey(), profile)).get();
      for (long i = 0; i < events; i++) {
        Exchange e = traffic.next();
        byte[] value = serdes.exchanges().serializer().serialize(t.exchanges(), e);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    t.exchanges(), null, e.timeMicros() / 1000, e.caller().key(), value),
                (sent, error) -> failure.compareAndSet(null, error));
      }
      producer.flush();
    }
    check(failure.get());
  }

  /** Writes so many exchanges as fast as it can, stamped with the present time. */
  void burst(Iterator<Exchange> traffic, int events) {
    String topic = Topics.DEFAULT.exchanges();
    var failure = new AtomicReference<@Nullable Exception>();
    try (KafkaProducer<String, byte[]> producer = producer("10")) {
      for (int i = 0; i < events; i++) {
        Exchange e = traffic.next().at(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        byte[] value = serdes.exchanges().serializer().serialize(topic, e);
        var unused =
            producer.send(
                new ProducerRecord<>(topic, e.caller().key(), value),
                (sent, error) -> failure.compareAndSet(null, error));
      }
    }
    check(failure.get());
  }

  /**
   * Writes a load at its own speed.
   *
   * @return exchanges a second that were sent
   */
  double send(LiveLoad load) {
    String topic = Topics.DEFAULT.exchanges();
    var failure = new AtomicReference<@Nullable Exception>();
    double rate;
    try (KafkaProducer<String, byte[]> producer = producer("5")) {
      rate =
          load.play(
              e -> {
                byte[] value = serdes.exchanges().serializer().serialize(topic, e);
                var unused =
                    producer.send(
                        new ProducerRecord<>(topic, e.caller().key(), value),
                        (sent, error) -> failure.compareAndSet(null, error));
              });
    }
    check(failure.get());
    return rate;
  }

  private static void check(@Nullable Exception lost) {
    if (lost != null) {
      throw new IllegalStateException("the exchanges could not be written", lost);
    }
  }

  /** Deletes a directory and all in it. */
  static void deleteTree(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private KafkaProducer<String, byte[]> producer(String lingerMillis) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrap);
    config.put("compression.type", "lz4");
    config.put("linger.ms", lingerMillis);
    config.put("batch.size", "262144");
    // A partition that knows nothing of a producer takes any sequence number. If the first batch to
    // a new partition fails and the second one, in flight beside it, arrives, the first is out of
    // order however often it is sent again.
    config.put("max.in.flight.requests.per.connection", "1");
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /** Records that an application has not committed yet, over all topics it reads. */
  long lag(String application) throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, OffsetSpec> latest =
        committed.keySet().stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    var ends = admin.listOffsets(latest).all().get();
    long lag = 0;
    for (var entry : committed.entrySet()) {
      var end = ends.get(entry.getKey());
      lag += end == null ? 0 : end.offset() - entry.getValue().offset();
    }
    return lag;
  }

  /** Deletes the internal topics of an application, so that the next one finds an empty disk. */
  void forget(String application) throws InterruptedException, ExecutionException {
    Set<String> names = admin.listTopics().names().get();
    admin
        .deleteTopics(names.stream().filter(n -> n.startsWith(application + "-")).toList())
        .all()
        .get();
  }

  /** Reads a changelog to its end; gives each record. */
  void changelog(String topic, BiConsumer<String, byte[]> records) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrap);
    config.put("auto.offset.reset", "earliest");
    config.put("fetch.max.bytes", "8388608");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (int empty = 0; empty < EMPTY_POLLS; ) {
        var polled = consumer.poll(POLL);
        empty = polled.isEmpty() ? empty + 1 : 0;
        for (ConsumerRecord<String, byte[]> record : polled) {
          if (record.value() != null) {
            records.accept(record.key(), record.value());
          }
        }
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
