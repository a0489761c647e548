package io.vedette.app;

import io.vedette.stream.ChainLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Committed records of the incident topic and of its views, by incident id and hash. */
final class Views {

  private static final String INCIDENT_FINDING = "\"class_uid\":2005";

  private Views() {}

  /** All records of the incident topic. */
  static List<String> records(Settings settings) {
    return read(settings, settings.topics().incidents()).stream()
        .map(r -> r.key() + ' ' + Objects.requireNonNull(ChainLink.read(r.headers())).hash())
        .toList();
  }

  /** Which incident record each view shows; an OCSF detection finding is none of its own. */
  static List<String> ofIncidents(Settings settings, String topic) {
    boolean ocsf = topic.equals(settings.topics().ocsf());
    return read(settings, topic).stream()
        .filter(r -> !ocsf || text(r.value()).contains(INCIDENT_FINDING))
        .map(r -> r.key() + ' ' + text(r.headers().lastHeader("vedette-incident-hash").value()))
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** All committed records of a topic. */
  static List<ConsumerRecord<String, byte[]>> read(Settings settings, String topic) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            settings.kafka().bootstrapServers(),
            "isolation.level",
            "read_committed");
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
