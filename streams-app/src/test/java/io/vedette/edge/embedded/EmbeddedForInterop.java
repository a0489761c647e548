package io.vedette.edge.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Runs broker and registry until killed, for trying foreign clients by hand: {@code
 * EmbeddedForInterop BROKER_PORT REGISTRY_PORT [TOPIC SCHEMA_FILE]}. It creates the topic and
 * registers the schema under {@code TOPIC-value} as a protected subject.
 */
final class EmbeddedForInterop {

  private EmbeddedForInterop() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 2 && args.length != 4) {
      throw new IllegalArgumentException(
          "arguments: BROKER_PORT REGISTRY_PORT [TOPIC SCHEMA_FILE]");
    }
    var config = new EmbeddedBroker.Config(null, Integer.parseInt(args[0]), Map.of());
    var broker = EmbeddedBroker.start(config);
    Set<String> subjects = args.length == 4 ? Set.of(args[2] + "-value") : Set.of();
    var registry =
        EmbeddedRegistry.start(broker.bootstrapServers(), Integer.parseInt(args[1]), subjects);
    var closing = new Thread(() -> close(registry, broker), "closing");
    Runtime.getRuntime().addShutdownHook(closing);
    if (args.length == 4) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin.createTopics(List.of(new NewTopic(args[2], 2, (short) 1))).all().get();
      }
      new RegistryClient(registry.url())
          .register(args[2] + "-value", Files.readString(Path.of(args[3])));
    }
    System.out.println("bootstrap " + broker.bootstrapServers() + " registry " + registry.url());
    new CountDownLatch(1).await(); // until killed
  }

  private static void close(EmbeddedRegistry registry, EmbeddedBroker broker) {
    registry.close();
    broker.close();
  }
}
