package io.vedette.app;

import io.vedette.edge.forward.Message;
import io.vedette.edge.forward.Source;
import io.vedette.stream.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rendered incidents of a topic as a source for the forwarder. Offsets are committed when all
 * messages of a poll are delivered or buried, so a crash repeats them and loses none.
 */
final class ForwardSource implements Source, ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(ForwardSource.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final String deadLetters;
  private final IdentityHashMap<Message, ConsumerRecord<byte[], byte[]>> records =
      new IdentityHashMap<>();
  private final Map<TopicPartition, Long> first = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
  private boolean holding;
  private boolean lost;
  private volatile boolean stopping;

  ForwardSource(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      String deadLetters) {
    this.consumer = consumer;
    this.producer = producer;
    this.deadLetters = deadLetters;
    consumer.subscribe(List.of(topic), this);
  }

  /** Lets the forwarder end after the messages in hand; may be called from any thread. */
  void stop() {
    stopping = true;
    consumer.wakeup();
  }

  @Override
  public boolean stopped() {
    return stopping;
  }

  @Override
  public List<Message> poll() {
    forget();
    List<Message> messages = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        first.putIfAbsent(partition, record.offset());
        next.put(partition, new OffsetAndMetadata(record.offset() + 1));
        if (record.value() != null) {
          Message message = message(record);
          records.put(message, record);
          messages.add(message);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("woken up to stop");
    }
    return messages;
  }

  private static Message message(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    String id = header(headers, "vedette-id");
    String place = record.topic() + '-' + record.partition() + '-' + record.offset();
    return new Message(
        id.isEmpty() ? place : id,
        new String(record.value(), StandardCharsets.UTF_8),
        header(headers, "severity"),
        header(headers, "tenant"),
        header(headers, "detector"),
        record.timestamp());
  }

  private static String header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Stays in the group by polling with everything paused. */
  @Override
  public boolean hold(Duration span) {
    holding = true;
    lost = false;
    consumer.pause(consumer.assignment());
    long end = System.nanoTime() + span.toNanos();
    try {
      while (!lost && !stopping && end - System.nanoTime() > 0) {
        consumer.poll(HEARTBEAT);
      }
    } catch (WakeupException e) {
      LOG.debug("woken up to stop");
    } finally {
      holding = false;
      consumer.resume(consumer.paused());
    }
    return !lost && !stopping;
  }

  @Override
  public void bury(Message message, String reason) {
    ConsumerRecord<byte[], byte[]> record = records.get(message);
    if (record == null) {
      throw new IllegalStateException("only polled messages are buried");
    }
    var letter = new ProducerRecord<>(deadLetters, record.key(), record.value());
    record.headers().forEach(letter.headers()::add);
    add(letter.headers(), DeadLetters.REASON, reason);
    add(letter.headers(), DeadLetters.STAGE, "forward");
    add(letter.headers(), DeadLetters.TOPIC, record.topic());
    add(letter.headers(), DeadLetters.PARTITION, Integer.toString(record.partition()));
    add(letter.headers(), DeadLetters.OFFSET, Long.toString(record.offset()));
    try {
      producer.send(letter).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing a dead letter", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("dead letter cannot be written to " + deadLetters, e);
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void done() {
    commit(next);
    forget();
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets);
    } catch (WakeupException e) {
      consumer.commitSync(offsets); // the wake-up is used up; what is delivered stays delivered
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.warn("partitions moved before the commit; some messages are sent again", e);
    }
  }

  /** Goes back, on the partitions that are still ours, to the first message in hand. */
  @Override
  public void abandon() {
    Set<TopicPartition> ours = consumer.assignment();
    first.forEach(
        (partition, offset) -> {
          if (ours.contains(partition)) {
            consumer.seek(partition, offset);
          }
        });
    forget();
  }

  private void forget() {
    records.clear();
    first.clear();
    next.clear();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    lost |= partitions.stream().anyMatch(first::containsKey);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (holding) {
      consumer.pause(partitions);
    }
    // A group that starts at the end must find its place again even if it delivered nothing yet.
    Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(Set.copyOf(partitions));
    Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
    for (TopicPartition partition : partitions) {
      if (known.get(partition) == null) {
        start.put(partition, new OffsetAndMetadata(consumer.position(partition)));
      }
    }
    if (!start.isEmpty()) {
      commit(start);
    }
  }
}
