package io.vedette.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the dead letters that Kafka Streams cannot, those of global tables. The producer is made
 * at the first one: most instances never write any. A letter that cannot be written is logged, not
 * waited for: the table must go on, and the bad record is still on its topic.
 */
final class LetterWriter implements Consumer<ProducerRecord<byte[], byte[]>>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LetterWriter.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int MAX_BLOCK_MS = 5000;
  private static final int DELIVERY_MS = 30_000;

  private final Map<String, Object> config;
  private @Nullable KafkaProducer<byte[], byte[]> producer;
  private boolean closed;

  LetterWriter(Settings settings) {
    config = new HashMap<>(settings.kafka().properties());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, settings.kafka().applicationId() + "-letters");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
  }

  @Override
  public synchronized void accept(ProducerRecord<byte[], byte[]> letter) {
    if (closed) {
      return;
    }
    try {
      if (producer == null) {
        producer =
            new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
      }
      var unused =
          producer.send(
              letter,
              (written, error) -> {
                if (error != null) {
                  lost(error);
                }
              });
    } catch (KafkaException e) {
      lost(e);
    }
  }

  private static void lost(Exception error) {
    LOG.warn("dead letter of a global table was not written: {}", error.getClass().getName());
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (producer != null) {
      producer.close(CLOSE);
    }
  }
}
