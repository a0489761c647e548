package io.vedette.stream;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * The clients of a Kafka Streams application that runs exactly once: a commit that times out ends
 * the stream thread, whose successor reads again from what is committed.
 *
 * <p>Kafka Streams 4.3.1 takes such a timeout for a corrupted task: it revives the task in place
 * and forces a rebalance, which may close the revived task before it has led the consumer back
 * ({@code TaskManager.handleTasksPendingInitialization}). Records that were fetched are then never
 * worked on, and the next commit covers them.
 */
public final class StrictClients implements KafkaClientSupplier {

  private final KafkaClientSupplier clients;

  StrictClients(KafkaClientSupplier clients) {
    this.clients = clients;
  }

  /** An application with the clients that its guarantee needs; it is not started. */
  public static KafkaStreams streams(Topology topology, Properties properties) {
    var config = new StreamsConfig(properties);
    return new KafkaStreams(topology, config, of(config, config.getKafkaClientSupplier()));
  }

  /** Strict ones under exactly once, otherwise those given. */
  static KafkaClientSupplier of(StreamsConfig config, KafkaClientSupplier clients) {
    String guarantee = config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
    return guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2) ? new StrictClients(clients) : clients;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return clients.getAdmin(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new StrictProducer(clients.getProducer(config));
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return clients.getConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return clients.getRestoreConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return clients.getGlobalConsumer(config);
  }
}
