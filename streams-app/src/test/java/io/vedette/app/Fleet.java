package io.vedette.app;

import static org.awaitility.Awaitility.await;

import io.vedette.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Instances of the service, one application, each in a process of its own, run by the command that
 * users run; with static membership and a standby of every state.
 */
final class Fleet implements AutoCloseable {

  static final int PARTITIONS = 4;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path directory;
  private final String bootstrap;
  private final String registry;
  private final String application;
  private final List<String> java;
  private final Map<String, Process> processes = new TreeMap<>();
  private final Map<String, Integer> ports = new HashMap<>();

  /**
   * An application without instances yet.
   *
   * @param java options of the Java of an instance
   */
  Fleet(Path directory, String bootstrap, String registry, String application, List<String> java) {
    this.directory = directory;
    this.bootstrap = bootstrap;
    this.registry = registry;
    this.application = application;
    this.java = List.copyOf(java);
  }

  /** Settings of the application, its own topics of traffic and results. */
  Settings settings(String guarantee) throws Exception {
    return SettingsLoader.load(file("none", guarantee, 0), Map.of());
  }

  /** Creates the topics. */
  void createTopics() throws Exception {
    try (TopicAdmin admin = new TopicAdmin(settings("at_least_once"))) {
      admin.create();
    }
  }

  /** Starts an instance; it is not ready yet. */
  void start(String instance, String guarantee) throws Exception {
    int port = FreePorts.one();
    ports.put(instance, port);
    processes.put(instance, launch(instance, file(instance, guarantee, port)));
  }

  void awaitReady(String instance) {
    await().atMost(LIMIT).until(() -> isReady(instance));
  }

  /** Whether its health page says so. */
  boolean isReady(String instance) throws InterruptedException {
    if (!process(instance).isAlive()) {
      throw new IllegalStateException("instance " + instance + " ended, see " + log(instance));
    }
    HttpClient client = HttpClient.newHttpClient();
    URI page = URI.create("http://127.0.0.1:" + ports.get(instance) + "/health/ready");
    try {
      return client
              .send(
                  HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills an instance as the kernel would. */
  void kill(String instance) throws InterruptedException {
    process(instance).destroyForcibly().waitFor();
  }

  /** Asks an instance to end, as a supervisor does, and waits. */
  void stop(String instance) throws InterruptedException {
    process(instance).destroy();
    process(instance).waitFor();
  }

  Process process(String instance) {
    Process process = processes.get(instance);
    if (process == null) {
      throw new IllegalArgumentException("no instance " + instance);
    }
    return process;
  }

  int port(String instance) {
    return ports.get(instance);
  }

  /** Partitions of the exchanges by the instance that has them. */
  Map<String, Set<TopicPartition>> owners() throws Exception {
    String topic = settings("at_least_once").topics().exchanges();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Map<String, Set<TopicPartition>> owners = new TreeMap<>();
      for (MemberDescription member :
          admin
              .describeConsumerGroups(List.of(application))
              .all()
              .get()
              .get(application)
              .members()) {
        Set<TopicPartition> owned =
            member.assignment().topicPartitions().stream()
                .filter(p -> p.topic().equals(topic))
                .collect(Collectors.toSet());
        owners.put(member.groupInstanceId().orElse("").replaceAll("-\\d+$", ""), owned);
      }
      return owners;
    }
  }

  /** How far the application has committed. */
  Map<TopicPartition, Long> committed() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listConsumerGroupOffsets(application)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, at) -> offsets.put(partition, at.offset()));
      return offsets;
    }
  }

  /** How many exchanges the application has committed. */
  long progress() throws Exception {
    String topic = settings("at_least_once").topics().exchanges();
    return committed().entrySet().stream()
        .filter(e -> e.getKey().topic().equals(topic))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  Path stateDirectory(String instance) {
    return directory.resolve(application + "-" + instance);
  }

  private Path log(String instance) {
    return directory.resolve(application + "-" + instance + ".log");
  }

  private Process launch(String instance, Path file) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of("run", "--config", file.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(instance).toFile()))
        .start();
  }

  private Path file(String instance, String guarantee, int port) throws IOException {
    String yaml =
        """
        kafka:
          bootstrapServers: %s
          applicationId: %s
          guarantee: %s
          stateDir: %s
          commitInterval: PT0.1S
          properties:
            group.instance.id: %s
            num.standby.replicas: 1
            main.consumer.session.timeout.ms: 6000
            main.consumer.heartbeat.interval.ms: 1000
        registry:
          url: %s
        topics:
          partitions: %d
          exchanges: %s.exchanges
          findings: %s.findings
          incidents: %s.incidents
        cells:
          partitions: 1
        http:
          port: %d
        """
            .formatted(
                bootstrap,
                application,
                guarantee,
                stateDirectory(instance),
                instance,
                registry,
                PARTITIONS,
                application,
                application,
                application,
                port);
    return Files.writeString(directory.resolve(application + "-" + instance + ".yaml"), yaml);
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
    await().atMost(LIMIT).until(() -> processes.values().stream().noneMatch(Process::isAlive));
  }
}
