package io.vedette.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka node, broker and controller, made of production classes from plain properties. */
final class Node implements AutoCloseable {

  /** The settings of all nodes here; listeners, ids and directories come on top. */
  static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("controller.listener.names", "CONTROLLER"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "2"),
          Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "500"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"));

  private final KafkaRaftServer server;

  /**
   * Formats the directory if that was not done yet, and starts.
   *
   * @param scram logins to be known from the start, as {@code kafka-storage.sh --add-scram} has
   *     them
   */
  Node(Properties properties, String clusterId, List<String> scram) {
    format(properties, clusterId, scram);
    server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    server.startup();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Runs a node until it is killed. Arguments: properties file, cluster id. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(Path.of(args[0]))) {
      properties.load(in);
    }
    Node node = new Node(properties, args[1], List.of());
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    Thread.currentThread().join();
  }

  private static void format(Properties properties, String clusterId, List<String> scram) {
    String directory = properties.getProperty("log.dirs");
    if (Files.exists(Path.of(directory, "meta.properties"))) {
      return;
    }
    try (var silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setClusterId(clusterId)
          .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
          .setDirectories(List.of(directory))
          .setMetadataLogDirectory(directory)
          .setControllerListenerName("CONTROLLER")
          .setScramArguments(scram)
          .setPrintStream(silence)
          .run();
    } catch (Exception e) { // the formatter declares no narrower type
      throw new IllegalStateException("log directory cannot be formatted", e);
    }
  }
}
