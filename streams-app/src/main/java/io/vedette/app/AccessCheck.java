package io.vedette.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the service may do on Kafka with what it needs, so that a missing right is named
 * before it is missed. The brokers tell the operations that are allowed on a topic which exists;
 * for all else it tries something without effect.
 */
final class AccessCheck {

  /** No topic, member or transaction of this name ever comes to be. */
  private static final String PROBE = "access-check";

  private static final int TIMEOUT_SECONDS = 20; // the client gives up before

  private final Admin admin;
  private final Settings settings;

  /** A check that asks through a client of the service's own login. */
  AccessCheck(Admin admin, Settings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * Every right that is missing, each as {@code missing right: <operation> on <resource>}.
   *
   * @param topics the topics of the contract that can be described
   */
  List<String> problems(Map<String, TopicDescription> topics) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    Map<String, Set<AclOperation>> needed = Rights.of(settings).topics();
    topics.forEach((name, found) -> compare(name, found, needed.get(name), problems));
    internalTopics(problems);
    group(problems);
    if (settings.kafka().guarantee() == Settings.Guarantee.EXACTLY_ONCE_V2) {
      transactions(problems);
    }
    return problems;
  }

  private static void compare(
      String name,
      TopicDescription found,
      @Nullable Set<AclOperation> needed,
      List<String> problems) {
    Set<AclOperation> allowed = found.authorizedOperations();
    if (allowed == null || needed == null) {
      return; // a broker that does not tell
    }
    EnumSet<AclOperation> missing = EnumSet.copyOf(needed);
    missing.removeAll(allowed);
    missing.forEach(operation -> problems.add(missing(operation, "topic " + name)));
  }

  /** The line that names a missing right. */
  static String missing(AclOperation operation, String resource) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return "missing right: " + name + " on " + resource;
  }

  private void internalTopics(List<String> problems) throws InterruptedException {
    String prefix = settings.kafka().applicationId() + "-";
    String resource = "topics with the prefix " + prefix;
    Set<String> internal = new TreeSet<>();
    for (String name : answer(admin.listTopics().names()).orElse(Set.of())) {
      if (name.startsWith(prefix)
          && (name.endsWith("-changelog") || name.endsWith("-repartition"))) {
        internal.add(name);
      }
    }
    if (internal.isEmpty()) {
      beforeTheFirstStart(prefix + PROBE, resource, problems);
      return;
    }
    EnumSet<AclOperation> missing = EnumSet.noneOf(AclOperation.class);
    for (KafkaFuture<TopicDescription> future : describe(internal).values()) {
      Set<AclOperation> allowed =
          answer(future).map(TopicDescription::authorizedOperations).orElse(null);
      if (allowed != null) {
        EnumSet<AclOperation> rest = EnumSet.copyOf(Rights.INTERNAL);
        rest.removeAll(allowed);
        missing.addAll(rest);
      }
    }
    missing.forEach(operation -> problems.add(missing(operation, resource)));
  }

  /**
   * Tries on a topic that is not there; whoever may, is told so. For Write and Delete there is no
   * such try: the first start looks again when it has made the topics.
   */
  private void beforeTheFirstStart(String probe, String resource, List<String> problems)
      throws InterruptedException {
    NewTopic topic = new NewTopic(probe, Optional.of(1), Optional.empty());
    var options = new CreateTopicsOptions().validateOnly(true);
    ConfigResource config = new ConfigResource(ConfigResource.Type.TOPIC, probe);
    var offsets = Map.of(new TopicPartition(probe, 0), new OffsetAndMetadata(0));
    Map<AclOperation, @Nullable KafkaFuture<?>> tries = new EnumMap<>(AclOperation.class);
    tries.put(AclOperation.CREATE, admin.createTopics(List.of(topic), options).all());
    tries.put(AclOperation.DESCRIBE, describe(List.of(probe)).get(probe));
    tries.put(AclOperation.DESCRIBE_CONFIGS, admin.describeConfigs(List.of(config)).all());
    tries.put(
        AclOperation.READ,
        admin
            .alterConsumerGroupOffsets(settings.kafka().applicationId(), offsets)
            .partitionResult(new TopicPartition(probe, 0)));
    for (Map.Entry<AclOperation, @Nullable KafkaFuture<?>> each : tries.entrySet()) {
      if (refused(each.getValue(), TopicAuthorizationException.class)) {
        problems.add(missing(each.getKey(), resource));
      }
    }
  }

  private Map<String, KafkaFuture<TopicDescription>> describe(Collection<String> names) {
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    return admin.describeTopics(names, options).topicNameValues();
  }

  /** The removal of a member that nobody is needs the right to read the group. */
  private void group(List<String> problems) throws InterruptedException {
    String group = settings.kafka().applicationId();
    var nobody =
        new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(group + "-" + PROBE)));
    var removed = admin.removeMembersFromConsumerGroup(group, nobody).all();
    if (refused(removed, GroupAuthorizationException.class)) {
      problems.add(missing(AclOperation.READ, "group " + group));
    }
  }

  private void transactions(List<String> problems) {
    String id = settings.kafka().applicationId() + "-";
    Map<String, Object> config = new HashMap<>(settings.kafka().properties());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id + PROBE);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_SECONDS * 1000);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
    } catch (KafkaException e) {
      if (authorization(e) != null) { // all else says nothing about rights
        problems.add(missing(AclOperation.WRITE, "transactional ids with the prefix " + id));
      }
    }
  }

  private static boolean refused(
      @Nullable KafkaFuture<?> future, Class<? extends AuthorizationException> how)
      throws InterruptedException {
    if (future == null) {
      return false;
    }
    try {
      future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return false;
    } catch (ExecutionException e) {
      return how.isInstance(authorization(e));
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** The refusal among the causes of an error; null when it is of another kind. */
  static @Nullable AuthorizationException authorization(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthorizationException refusal) {
        return refusal;
      }
    }
    return null;
  }

  private static <T> Optional<T> answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return Optional.ofNullable(future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty(); // what cannot be asked is not known to be missing
    }
  }
}
