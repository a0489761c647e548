package io.vedette.app;

import io.vedette.core.Incident;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the incident topic from its start, on a thread of its own. */
final class IncidentReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IncidentReader.class);

  private final String topic;
  private final Serde<Incident> incidents;
  private final Consumer<Incident> sink;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile boolean closing;

  IncidentReader(Settings settings, Serde<Incident> incidents, Consumer<Incident> sink) {
    this.topic = settings.topics().incidents();
    this.incidents = incidents;
    this.sink = sink;
    Map<String, Object> config = new HashMap<>(settings.kafka().properties());
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.kafka().applicationId() + "-console");
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::read, "incident-reader");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void read() {
    try (consumer) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      List<TopicPartition> all =
          partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          sink.accept(incidents.deserializer().deserialize(topic, record.value()));
        }
      }
    } catch (WakeupException e) {
      LOG.debug("incident reader was woken up to close");
    } catch (RuntimeException e) {
      LOG.error("incident reader stopped; the console shows no further incidents", e);
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
