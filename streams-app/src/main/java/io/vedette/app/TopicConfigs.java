package io.vedette.app;

import io.vedette.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * How the topics of the contract are to be configured, and what of it they are not.
 *
 * @param problems what breaks the contract, one line each
 * @param warnings what it could do without, or could not be seen, one line each
 */
record TopicConfigs(List<String> problems, List<String> warnings) {

  /** What a topic is created with, by Kafka's names. */
  static Map<String, String> promised(String role, Settings.Topics topics) {
    Map<String, String> config = new TreeMap<>();
    if (TopicCatalogue.topic(role).cleanup() == TopicCatalogue.Cleanup.COMPACT) {
      config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      return config;
    }
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    Duration retention =
        switch (role) {
          case "incidents", "ocsf", "ecs", "cef" -> topics.incidentRetention();
          case "verdicts" -> topics.verdictRetention();
          default -> topics.retention();
        };
    config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    // Records carry the time of their traffic. Retention must count from when they were written,
    // or an old backlog, and what is found in it, is deleted before it has been read.
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return config;
  }

  /** Compares a topic with what its role promises. */
  void compare(String role, Settings.Topics topics, int partitions, Map<String, String> found) {
    String name = String.valueOf(topics.byRole().get(role));
    Map<String, String> promised = promised(role, topics);
    String cleanup = String.valueOf(promised.get(TopicConfig.CLEANUP_POLICY_CONFIG));
    String policies = found.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup);
    if (!policies(policies).equals(Set.of(cleanup))) {
      problems.add(
          wrong(name, TopicConfig.CLEANUP_POLICY_CONFIG, policies, cleanup)
              + (cleanup.equals(TopicConfig.CLEANUP_POLICY_DELETE)
                  ? "; compaction drops all but the last record of a key"
                  : "; deletion drops what is still valid"));
    }
    retention(name, found, promised.get(TopicConfig.RETENTION_MS_CONFIG));
    String type = promised.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    String foundType = found.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    if (type != null && foundType != null && !type.equals(foundType)) {
      warnings.add(
          wrong(name, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, foundType, type)
              + "; old traffic may be deleted before it is read");
    }
    if (partitions != topics.partitions()) {
      warnings.add(
          "topic %s has %d partitions, topics.partitions is %d"
              .formatted(name, partitions, topics.partitions()));
    }
  }

  /** Says which topics could not be compared. */
  void notSeen(List<String> names) {
    if (!names.isEmpty()) {
      warnings.add(
          "cleanup and retention were not looked at, "
              + AccessCheck.missing(
                  AclOperation.DESCRIBE_CONFIGS, "topics " + String.join(", ", names)));
    }
  }

  private void retention(String name, Map<String, String> found, @Nullable String promised) {
    String text = found.get(TopicConfig.RETENTION_MS_CONFIG);
    if (promised == null || text == null || !text.matches("-?\\d{1,18}")) {
      return;
    }
    long millis = Long.parseLong(text);
    if (millis >= 0 && millis < Long.parseLong(promised)) { // -1 is for ever
      warnings.add(
          wrong(name, TopicConfig.RETENTION_MS_CONFIG, text, "at least " + promised + ", or -1"));
    }
  }

  private static Set<String> policies(String text) {
    Set<String> policies = new TreeSet<>();
    Arrays.stream(text.split(",")).map(String::strip).forEach(policies::add);
    return policies;
  }

  private static String wrong(String topic, String key, String found, String allowed) {
    return "topic %s has %s=%s, must be %s".formatted(topic, key, found, allowed);
  }
}
