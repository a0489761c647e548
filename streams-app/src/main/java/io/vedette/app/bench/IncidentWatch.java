package io.vedette.app.bench;

import io.vedette.core.Incident;
import io.vedette.stream.TopicSerdes;
import io.vedette.stream.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the incident topic, and notes how old the event behind each new incident is by then. */
final class IncidentWatch implements Runnable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicSerdes serdes;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean stopped;

  IncidentWatch(String bootstrap, TopicSerdes serdes) {
    this.serdes = serdes;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrap,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Milliseconds from the event's time to its incident in a consumer's hands. */
  List<Double> millis() {
    synchronized (millis) {
      return List.copyOf(millis);
    }
  }

  @Override
  public void run() {
    String topic = Topics.DEFAULT.incidents();
    try (consumer) {
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList());
      while (!stopped) {
        var polled = consumer.poll(POLL);
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        polled.forEach(
            record -> {
              Incident incident =
                  serdes.incidents().deserializer().deserialize(topic, record.value());
              if (incident != null
                  && incident.activity() == Incident.Activity.CREATE
                  && !incident.principals().isEmpty()) {
                millis.add((now - incident.timeMicros()) / 1e3);
              }
            });
      }
    }
  }

  /** Ends the loop soon. */
  void stop() {
    stopped = true;
  }
}
