package io.vedette.app;

import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A service for tests that restart it: one that ends does not leave its group, so the next one
 * waits for the end of its session, which is short here.
 */
final class QuickService {

  private QuickService() {}

  /** A broker that allows short sessions. */
  static EmbeddedBroker broker() throws IOException {
    return EmbeddedBroker.start(
        new EmbeddedBroker.Config(null, 0, Map.of("group.min.session.timeout.ms", "500")));
  }

  /**
   * Settings of a service with short sessions.
   *
   * @param directory for the settings file and the states
   * @param advised detectors on whose incidents it advises gateways, with commas
   */
  static Settings settings(
      Path directory, EmbeddedBroker broker, EmbeddedRegistry registry, String advised)
      throws IOException, SettingsException {
    Path file =
        Files.writeString(
            directory.resolve("quickly.yaml"),
            """
            kafka:
              properties: {consumer.session.timeout.ms: 1500, consumer.heartbeat.interval.ms: 300}
            """);
    return SettingsLoader.load(
        file,
        Map.of(
            "VEDETTE_KAFKA_BOOTSTRAPSERVERS",
            broker.bootstrapServers(),
            "VEDETTE_KAFKA_STATEDIR",
            directory.resolve("state").toString(),
            "VEDETTE_REGISTRY_URL",
            registry.url(),
            "VEDETTE_TOPICS_PARTITIONS",
            "2",
            "VEDETTE_CELLS_PARTITIONS",
            "2",
            "VEDETTE_ACTIONS_DETECTORS",
            advised,
            "VEDETTE_HTTP_PORT",
            "0"));
  }
}
