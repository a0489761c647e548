package io.vedette.app;

import static org.apache.kafka.common.config.ConfigResource.Type.TOPIC;

import io.vedette.stream.NewTopics;
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
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
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

  /**
   * What is wrong with the configuration of the topics that are there. It takes the right
   * DescribeConfigs, which the service itself does not need.
   */
  TopicConfigs configs() throws InterruptedException {
    TopicConfigs check = new TopicConfigs(new ArrayList<>(), new ArrayList<>());
    Map<String, TopicDescription> found = look().found();
    Map<String, ConfigResource> resources = new LinkedHashMap<>();
    found.keySet().forEach(name -> resources.put(name, new ConfigResource(TOPIC, name)));
    var futures = admin.describeConfigs(resources.values()).values();
    List<String> hidden = new ArrayList<>();
    for (Map.Entry<String, String> topic : settings.topics().byRole().entrySet()) {
      String name = topic.getValue();
      KafkaFuture<Config> future = futures.get(resources.get(name));
      if (future == null) {
        continue; // missing, or not to be seen: told elsewhere
      }
      try {
        Map<String, String> config = new HashMap<>();
        get(future).entries().forEach(entry -> config.put(entry.name(), entry.value()));
        int partitions = Objects.requireNonNull(found.get(name)).partitions().size();
        check.compare(topic.getKey(), settings.topics(), partitions, config);
      } catch (IllegalStateException e) {
        if (!(e.getCause() instanceof TopicAuthorizationException)) {
          throw e;
        }
        hidden.add(name);
      }
    }
    check.notSeen(hidden);
    return check;
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

  /** Creates what is missing and waits until it is served; gives the names. */
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
      NewTopics.create(admin, topics);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicAuthorizationException refusal) {
        throw new IllegalStateException(
            "topics could not be created: "
                + AccessCheck.missing(
                    AclOperation.CREATE,
                    "topics " + String.join(", ", new TreeSet<>(refusal.unauthorizedTopics()))),
            e);
      }
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException timeout) {
        throw unanswered(timeout);
      }
      throw new IllegalStateException("topics could not be created: " + e.getCause(), e);
    }
    return missing;
  }

  private NewTopic topic(String role, String name) {
    int replication = settings.kafka().replicationFactor();
    Optional<Short> copies = replication < 1 ? Optional.empty() : Optional.of((short) replication);
    Optional<Integer> partitions = Optional.of(settings.topics().partitions());
    return new NewTopic(name, partitions, copies)
        .configs(TopicConfigs.promised(role, settings.topics()));
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
