package io.vedette.stream;

import io.vedette.FreePorts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker in this process, tuned for quick take-over after kills. */
final class BrokerFixture implements AutoCloseable {

  private final KafkaRaftServer server;
  private final String bootstrap;
  private final Admin admin;

  BrokerFixture(Path directory) {
    List<Integer> ports = FreePorts.some(2);
    int port = ports.get(0);
    int controllerPort = ports.get(1);
    bootstrap = "127.0.0.1:" + port;
    format(directory);
    server =
        new KafkaRaftServer(
            KafkaConfig.fromProps(properties(directory, port, controllerPort)), Time.SYSTEM);
    server.startup();
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
  }

  String bootstrap() {
    return bootstrap;
  }

  Admin admin() {
    return admin;
  }

  void createTopics(int partitions, List<String> names) throws InterruptedException {
    List<NewTopic> topics =
        names.stream()
            // The tests' events are old; retention by record time would delete what is being read.
            .map(
                name ->
                    new NewTopic(name, partitions, (short) 1).configs(Map.of("retention.ms", "-1")))
            .toList();
    try {
      NewTopics.create(admin, topics);
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics cannot be created", e);
    }
  }

  @Override
  public void close() {
    admin.close();
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path directory) {
    var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setDirectories(List.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setIgnoreFormatted(true)
          .setPrintStream(silent)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("log directory cannot be formatted", e);
    }
  }

  private static Properties properties(Path directory, int port, int controllerPort) {
    var p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.put("controller.listener.names", "CONTROLLER");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.put("log.dirs", directory.toString());
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "2");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "2");
    p.put("auto.create.topics.enable", "false");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "2");
    p.put("log.retention.ms", "-1"); // the events of the tests are old
    p.put("log.cleaner.dedupe.buffer.size", "4194304");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("group.min.session.timeout.ms", "500");
    p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    return p;
  }
}
