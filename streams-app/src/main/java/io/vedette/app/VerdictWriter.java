package io.vedette.app;

import io.vedette.control.v1.Verdict;
import io.vedette.edge.http.Judgement;
import io.vedette.wire.WireSerdes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes verdicts to their topic, each acknowledged by the broker before the call returns. The
 * producer is made at the first verdict: most instances never write one. Thread-safe.
 */
final class VerdictWriter implements Consumer<Judgement>, AutoCloseable {

  private static final int SECONDS = 10;

  private final String topic;
  private final Map<String, Object> config;
  private final Serializer<Verdict> values;
  private @Nullable KafkaProducer<String, byte[]> producer;

  VerdictWriter(Settings settings, WireSerdes wire) {
    this.topic = settings.topics().verdicts();
    this.values = wire.records(Verdict.class).serializer();
    this.config = new HashMap<>(settings.kafka().properties());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, settings.kafka().applicationId() + "-verdicts");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SECONDS * 1000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SECONDS * 1000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, SECONDS * 500);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
  }

  @Override
  public void accept(Judgement judgement) {
    byte[] value = values.serialize(topic, VerdictRecords.record(judgement));
    try {
      var record = new ProducerRecord<>(topic, judgement.incidentId(), value);
      AuditLog.verdict(judgement, producer().send(record).get(SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("verdict was not written to " + topic, e);
    }
  }

  private synchronized KafkaProducer<String, byte[]> producer() {
    KafkaProducer<String, byte[]> known = producer;
    if (known == null) {
      known = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
      producer = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
