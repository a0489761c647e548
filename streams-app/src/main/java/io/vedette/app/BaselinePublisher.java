package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.stream.Authors;
import io.vedette.wire.WireSerdes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes baselines to their topic, where a running service takes them up within a commit; one of
 * the same model and version replaces the one before.
 */
final class BaselinePublisher {

  private static final String TIMEOUT_MS = "20000";

  private final Settings settings;

  BaselinePublisher(Settings settings) {
    this.settings = settings;
  }

  /**
   * Publishes all of them, or fails.
   *
   * @throws IllegalStateException when the broker does not take one of them
   */
  void publish(Collection<Baseline> baselines) throws InterruptedException {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    config.putAll(settings.kafka().properties());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    String topic = settings.topics().baselines();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var producer =
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      Serializer<Baseline> values = Wiring.serdes(wire).baselines().serializer();
      Map<Baseline, Future<RecordMetadata>> sent = new LinkedHashMap<>();
      String writer = new Wiring(settings).writer();
      for (Baseline b : baselines) {
        var record = new ProducerRecord<>(topic, b.modelKey(), values.serialize(topic, b));
        Authors.sign(record.headers(), AuditLog.user(), writer);
        sent.put(b, producer.send(record));
      }
      for (Map.Entry<Baseline, Future<RecordMetadata>> one : sent.entrySet()) {
        AuditLog.baseline(one.getKey(), AuditLog.user(), one.getValue().get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topic " + topic + " did not take a baseline: " + e.getCause(), e);
    }
  }
}
