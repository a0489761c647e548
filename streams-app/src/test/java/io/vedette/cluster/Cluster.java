package io.vedette.cluster;

import io.vedette.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * Kafka nodes that are broker and controller, each in a process of its own so that one can really
 * be killed. Topics have a replica on each of three, and writes wait for two.
 */
public final class Cluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path directory;
  private final String id = Uuid.randomUuid().toString();
  private final List<Integer> ports;
  private final List<Integer> controllers;
  private final List<Process> processes = new ArrayList<>();

  /** Starts so many nodes, at least three. */
  public Cluster(Path directory, int nodes) throws IOException {
    this.directory = Files.createDirectories(directory);
    List<Integer> free = FreePorts.some(2 * nodes);
    ports = free.subList(0, nodes);
    controllers = free.subList(nodes, 2 * nodes);
    for (int node = 0; node < nodes; node++) {
      processes.add(launch(node));
    }
    awaitNodes(nodes);
  }

  /** All nodes. */
  public String bootstrapServers() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** Kills a node as a power cut would. */
  public void kill(int node) throws InterruptedException {
    processes.get(node).destroyForcibly().waitFor();
  }

  /** Starts a node that was killed. */
  public void restart(int node) throws IOException {
    processes.set(node, launch(node));
    awaitNodes(processes.size());
  }

  private void awaitNodes(int count) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      long until = System.nanoTime() + LIMIT.toNanos();
      while (nodes(admin) != count) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("nodes did not start, see " + directory);
        }
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
  }

  private static int nodes(Admin admin) {
    try {
      return admin.describeCluster().nodes().get().size();
    } catch (ExecutionException e) {
      return 0; // none answers yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The processes of the nodes. */
  List<Long> pids() {
    return processes.stream().map(Process::pid).toList();
  }

  private Process launch(int node) throws IOException {
    Path file = directory.resolve("node-" + node + ".properties");
    try (var out = Files.newBufferedWriter(file)) {
      properties(node).store(out, null);
    }
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            Node.class.getName(),
            file.toString(),
            id)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("node-" + node + ".log").toFile())
        .start();
  }

  private Properties properties(int node) {
    var p = new Properties();
    p.putAll(Node.SMALL);
    p.put("node.id", Integer.toString(node + 1));
    p.put("log.dirs", directory.resolve("node-" + node).toString());
    String clients = "PLAINTEXT://127.0.0.1:" + ports.get(node);
    p.put("listeners", clients + ",CONTROLLER://127.0.0.1:" + controllers.get(node));
    p.put("advertised.listeners", clients);
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put(
        "controller.quorum.voters",
        IntStream.range(0, ports.size())
            .mapToObj(i -> (i + 1) + "@127.0.0.1:" + controllers.get(i))
            .collect(Collectors.joining(",")));
    p.put("default.replication.factor", "3");
    p.put("min.insync.replicas", "2");
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      p.put(topic + ".replication.factor", "3");
    }
    p.put("transaction.state.log.min.isr", "2");
    p.put("share.coordinator.state.topic.replication.factor", "3");
    p.put("share.coordinator.state.topic.min.isr", "2");
    return p;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    for (Process process : processes) {
      try {
        process.waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
