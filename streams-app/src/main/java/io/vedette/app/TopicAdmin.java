package io.vedette.app;

import io.vedette.schemas.TopicCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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
    return KafkaLogin.unanswered(settings.kafka(), cause);
  }

  /** Topics of the contract that are missing, by name. */
  List<String> missing() throws InterruptedException {
    return look().missing();
  }

  /** What is wrong with the topics of the contract. */
  List<String> problems() throws InterruptedException {
    return look().problems(settings.topics());
  }

  /** What is wrong with the topics, and every right that the service needs and has not. */
  List<String> problemsOfService() throws InterruptedException {
    TopicLook look = look();
    List<String> problems = new ArrayList<>(look.problems(settings.topics()));
    problems.addAll(new AccessCheck(admin, settings).problems(look.found()));
    return problems;
  }

  private TopicLook look() throws InterruptedException {
    TopicLook look = new TopicLook(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    List<String> names = List.copyOf(settings.topics().byRole().values());
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    var futures = admin.describeTopics(names, options).topicNameValues();
    for (String name : names) {
      try {
        look.found().put(name, get(Objects.requireNonNull(futures.get(name))));
      } catch (IllegalStateException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          look.missing().add(name);
        } else if (e.getCause() instanceof TopicAuthorizationException) {
          look.hidden().add(name);
        } else {
          throw e;
        }
      }
    }
    return look;
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
      if (e.getCause() instanceof TopicAuthorizationException refusal) {
        throw new IllegalStateException(
            "topics could not be created: "
                + AccessCheck.missing(
                    AclOperation.CREATE,
                    "topics " + String.join(", ", new TreeSet<>(refusal.unauthorizedTopics()))),
            e);
      }
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
