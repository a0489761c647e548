package io.vedette.edge.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps entries in a compacted topic of one partition, made if missing. One registry writes it at a
 * time: two would give the same id twice.
 */
final class TopicSchemaLog implements SchemaLog {

  private static final Logger LOG = LoggerFactory.getLogger(TopicSchemaLog.class);
  private static final Duration PATIENCE =
      Duration.ofSeconds(10); // for any one answer of the broker
  private static final int PATIENCE_MS = (int) PATIENCE.toMillis();

  private final TopicPartition partition;
  private final String bootstrapServers;
  private final KafkaProducer<String, String> producer;

  TopicSchemaLog(String bootstrapServers, String topic) {
    this.partition = new TopicPartition(topic, 0);
    this.bootstrapServers = bootstrapServers;
    prepareTopic();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "vedette-registry",
                "acks",
                "all",
                "max.block.ms",
                PATIENCE_MS,
                "request.timeout.ms",
                PATIENCE_MS / 2,
                "delivery.timeout.ms",
                PATIENCE_MS,
                "max.request.size",
                2 << 20),
            new StringSerializer(),
            new StringSerializer());
  }

  private void prepareTopic() {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "vedette-registry",
                "default.api.timeout.ms",
                PATIENCE_MS,
                "request.timeout.ms",
                PATIENCE_MS / 2))) {
      if (!create(admin)) {
        check(admin);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("topic " + partition.topic() + " cannot be prepared", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while preparing " + partition.topic(), e);
    }
  }

  private boolean create(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    var topic =
        new NewTopic(partition.topic(), Optional.of(1), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    String.valueOf(2 << 20)));
    try {
      await(admin.createTopics(List.of(topic)).all());
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  // With more partitions the order of entries is lost, without compaction the entries are.
  private void check(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    String topic = partition.topic();
    var descriptions = await(admin.describeTopics(List.of(topic)).allTopicNames());
    int partitions = descriptions.values().iterator().next().partitions().size();
    if (partitions != 1) {
      throw new IllegalStateException(
          "topic " + topic + " must have 1 partition, had " + partitions);
    }
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var configs = await(admin.describeConfigs(List.of(resource)).all());
    String policy =
        configs.values().iterator().next().get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new IllegalStateException(
          "topic " + topic + " must have cleanup.policy=compact, had " + policy);
    }
  }

  private static <T> T await(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void replay(Consumer<SchemaEntry> reader) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "client.id",
            "vedette-registry",
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "none",
            "default.api.timeout.ms",
            PATIENCE_MS);
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      var partitions = List.of(partition);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).getOrDefault(partition, 0L);
      long lastProgress = System.nanoTime();
      while (consumer.position(partition) < end) {
        var records = consumer.poll(Duration.ofMillis(200));
        records.forEach(entry -> read(entry, reader));
        if (!records.isEmpty()) {
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
          throw new IllegalStateException(
              "topic " + partition.topic() + " cannot be read up to offset " + end);
        }
      }
    }
  }

  private void read(ConsumerRecord<String, String> entry, Consumer<SchemaEntry> reader) {
    try {
      EntryJson.read(entry.key(), entry.value()).ifPresent(reader);
    } catch (IllegalArgumentException e) {
      // Another program's entry must not keep every schema away; its place is named, not its text.
      LOG.warn("schema entry skipped: topic={} offset={}", entry.topic(), entry.offset(), e);
    }
  }

  @Override
  public void append(SchemaEntry entry) {
    var entryRecord =
        new ProducerRecord<>(
            partition.topic(), partition.partition(), EntryJson.key(entry), EntryJson.value(entry));
    try {
      producer.send(entryRecord).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.error("schema entry not stored: topic={}", partition.topic(), e);
      throw RegistryException.notStored();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RegistryException.notStored();
    }
  }

  @Override
  public void close() {
    producer.close(PATIENCE);
  }
}
