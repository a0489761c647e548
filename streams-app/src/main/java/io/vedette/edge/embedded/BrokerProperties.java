package io.vedette.edge.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The settings of the embedded broker: one node, one replica, small, quick to start. */
final class BrokerProperties {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final String CLIENTS = "PLAINTEXT";

  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", String.valueOf(NODE_ID)),
          Map.entry("controller.listener.names", CONTROLLER),
          Map.entry("inter.broker.listener.name", CLIENTS),
          Map.entry(
              "listener.security.protocol.map",
              CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT"));

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"),
          Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
          // Groups form at once instead of waiting 3 s for members that will not come.
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.assignment.interval.ms", "0"),
          Map.entry("group.streams.min.heartbeat.interval.ms", "100"),
          Map.entry("group.streams.heartbeat.interval.ms", "200"));

  private static final Set<String> PLACES =
      Set.of("listeners", "advertised.listeners", "controller.quorum.voters", "log.dirs");

  private BrokerProperties() {}

  static Properties of(Ports ports, Path directory) {
    var properties = new Properties();
    properties.putAll(DEFAULTS);
    properties.putAll(FIXED);
    String clients = CLIENTS + "://" + ports.bootstrap();
    String controller = Ports.LOOPBACK + ":" + ports.controller();
    properties.setProperty("listeners", clients + "," + CONTROLLER + "://" + controller);
    properties.setProperty("advertised.listeners", clients);
    properties.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    properties.setProperty("log.dirs", directory.toString());
    return properties;
  }

  static void checkOverrides(Set<String> keys) {
    for (String key : keys) {
      if (FIXED.containsKey(key) || PLACES.contains(key)) {
        throw new IllegalArgumentException(
            key + " is set by the embedded broker and cannot be overridden");
      }
    }
  }
}
