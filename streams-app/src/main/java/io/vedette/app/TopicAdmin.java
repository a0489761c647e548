package io.vedette.app;

import io.vedette.schemas.TopicCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates and checks the topics of the contract. */
final class TopicAdmin implements AutoCloseable {

  private static final int TIMEOUT_SECONDS = 10;

  private final Settings settings;
  private final Admin admin;

  TopicAdmin(Settings settings) {
    this.settings = settings;
    Map<String, Object> config = new HashMap<>();
    config.put("request.timeout.ms", Integer.toString(TIMEOUT_SECONDS * 1000));
    config.put("default.api.timeout.ms", Integer.toString(TIMEOUT_SECONDS * 1000));
    config.putAll(settings.kafka().properties());
    config.put("bootstrap.servers", settings.kafka().bootstrapServers());
    this.admin = open(config);
  }

  private Admin open(Map<String, Object> config) {
    String problem = Reachability.problem(settings.kafka().bootstrapServers());
    if (!problem.isEmpty()) {
      throw unanswered(new IOException(problem));
    }
    try {
      return Admin.create(config);
    } catch (KafkaException e) {
      throw unanswered(e.getCause() == null ? e : e.getCause());
    }
  }

  private IllegalStateException unanswered(Throwable cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new IllegalStateException(
        "no broker answers at kafka.bootstrapServers = "
            + settings.kafka().bootstrapServers()
            + ": "
            + why,
        cause);
  }

  /** Topics of the contract that are missing, by name. */
  List<String> missing() throws InterruptedException {
    Set<String> present = get(admin.listTopics().names());
    return settings.topics().byRole().values().stream().filter(t -> !present.contains(t)).toList();
  }

  /** What is wrong with the topics that exist. */
  List<String> problems() throws InterruptedException {
    Settings.Topics t = settings.topics();
    List<String> missing = missing();
    List<String> inputs =
        List.of(t.requests(), t.responses(), t.exchanges()).stream()
            .filter(name -> !missing.contains(name))
            .toList();
    List<String> problems = new ArrayList<>();
    missing.forEach(name -> problems.add("topic " + name + " is missing"));
    Map<String, TopicDescription> found = get(admin.describeTopics(inputs).allTopicNames());
    long counts = found.values().stream().map(d -> d.partitions().size()).distinct().count();
    if (counts > 1) {
      problems.add("requests, responses and exchanges must have the same number of partitions");
    }
    return problems;
  }

  /** Creates what is missing; gives the names. */
  List<String> create() throws InterruptedException {
    List<String> missing = missing();
    List<NewTopic> topics = new ArrayList<>();
    settings
        .topics()
        .byRole()
        .forEach(
            (role, name) -> {
              if (missing.contains(name)) {
                topics.add(topic(role, name));
              }
            });
    try {
      admin.createTopics(topics).all().get(2 * TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("topics could not be created: " + e.getCause(), e);
      }
    } catch (TimeoutException e) {
      throw unanswered(e);
    }
    return missing;
  }

  private NewTopic topic(String role, String name) {
    Settings.Topics t = settings.topics();
    boolean compact = TopicCatalogue.topic(role).cleanup() == TopicCatalogue.Cleanup.COMPACT;
    Map<String, String> config = new HashMap<>();
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, compact ? "compact" : "delete");
    if (!compact) {
      long retention =
          switch (role) {
            case "incidents", "ocsf", "ecs", "cef" -> t.incidentRetention().toMillis();
            case "verdicts" -> t.verdictRetention().toMillis();
            default -> t.retention().toMillis();
          };
      config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention));
      // Records carry the time of their traffic. Retention must count from when they were written,
      // or an old backlog, and what is found in it, is deleted before it has been read.
      config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }
    int replication = settings.kafka().replicationFactor();
    Optional<Short> copies = replication < 1 ? Optional.empty() : Optional.of((short) replication);
    return new NewTopic(name, Optional.of(t.partitions()), copies).configs(config);
  }

  private <T> T get(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get(2 * TIMEOUT_SECONDS, TimeUnit.SECONDS); // the client gives up before
    } catch (ExecutionException e) {
      throw unanswered(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw unanswered(e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
