package io.vedette.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the service's Kafka Streams configuration is made from.
 *
 * @param applicationId prefix of group, internal topics and transactional ids
 * @param bootstrapServers brokers
 * @param guarantee {@code at_least_once} or {@code exactly_once_v2}
 * @param groupProtocol {@code classic} or {@code streams}
 * @param threads stream threads, at least 1
 * @param standbys standby replicas, classic protocol only
 * @param commitInterval how often states are written and offsets committed
 * @param linger how long the producer waits to fill a batch; it delays every alert
 * @param stateDir directory of the state
 * @param overrides any further Kafka property, wins over what is set here
 */
public record StreamsConfigs(
    String applicationId,
    String bootstrapServers,
    String guarantee,
    String groupProtocol,
    int threads,
    int standbys,
    Duration commitInterval,
    Duration linger,
    String stateDir,
    Map<String, String> overrides) {

  // Deprecated as a constant because it becomes the default; without it 4.3 warns.
  private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

  /** One thread, at least once, classic protocol, commit every five seconds. */
  public static StreamsConfigs of(String applicationId, String bootstrapServers, String stateDir) {
    return new StreamsConfigs(
        applicationId,
        bootstrapServers,
        StreamsConfig.AT_LEAST_ONCE,
        "classic",
        1,
        0,
        Duration.ofSeconds(5),
        Duration.ofMillis(5),
        stateDir,
        Map.of());
  }

  /** The properties. */
  public Properties properties(DeadLetters letters) {
    var p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, groupProtocol);
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    if (!groupProtocol.equals("streams")) {
      p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
    }
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L); // live stores are the cache
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1); // the broker's default
    p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ReadErrors.class.getName());
    p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StageErrors.class.getName());
    p.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, WriteErrors.class.getName());
    p.put(GLOBAL_HANDLER, true);
    p.put(DeadLetters.CONFIG, letters);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        Long.toString(linger.toMillis()));
    p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), "131072");
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), "2000");
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.putAll(overrides);
    return p;
  }
}
