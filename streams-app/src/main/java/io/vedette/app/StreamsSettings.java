package io.vedette.app;

import io.vedette.stream.StreamsConfigs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How the service's settings configure Kafka Streams. */
public final class StreamsSettings {

  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
  private static final Duration LINGER = Duration.ofMillis(5);

  private StreamsSettings() {}

  /** The configuration of the service. */
  public static StreamsConfigs of(Settings settings) {
    Settings.Kafka kafka = settings.kafka();
    Map<String, String> overrides = new HashMap<>(kafka.properties());
    overrides.putIfAbsent("replication.factor", Integer.toString(kafka.replicationFactor()));
    return new StreamsConfigs(
        kafka.applicationId(),
        kafka.bootstrapServers(),
        kafka.guarantee().name().toLowerCase(Locale.ROOT),
        kafka.groupProtocol().name().toLowerCase(Locale.ROOT),
        kafka.threads(),
        0,
        commitInterval(kafka),
        LINGER,
        kafka.stateDir(),
        overrides);
  }

  /** Exactly once, each of the three hops to an incident waits for a commit. */
  private static Duration commitInterval(Settings.Kafka kafka) {
    boolean waits = kafka.guarantee() == Settings.Guarantee.EXACTLY_ONCE_V2;
    return waits && kafka.commitInterval().compareTo(LONGEST_WAIT) > 0
        ? LONGEST_WAIT
        : kafka.commitInterval();
  }
}
