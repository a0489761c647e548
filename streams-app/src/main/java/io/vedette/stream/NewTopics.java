package io.vedette.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Topics that were just created are there before their brokers serve them. Such a broker may refuse
 * a producer's first request and take the second one, which comes before the first one's retry; the
 * first can then never be written (KAFKA-15591). So topics are created here, which waits.
 */
public final class NewTopics {

  private static final Duration UNKNOWN = Duration.ofSeconds(20); // to the broker that is asked
  private static final Duration POLL = Duration.ofMillis(50);

  private NewTopics() {}

  /**
   * Creates topics and returns when each of their partitions answers; those that were there before
   * are neither changed nor waited for.
   *
   * @throws ExecutionException if a topic cannot be created, or does not answer within the client's
   *     time-out, {@code default.api.timeout.ms}, or is unknown after 20 s
   */
  public static void create(Admin admin, Collection<NewTopic> topics)
      throws InterruptedException, ExecutionException {
    var created = admin.createTopics(topics).values();
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (NewTopic topic : topics) {
      try {
        Objects.requireNonNull(created.get(topic.name())).get();
        for (int i = 0; i < Math.max(1, topic.numPartitions()); i++) {
          partitions.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    if (!partitions.isEmpty()) {
      awaitServed(admin, partitions);
    }
  }

  /**
   * The client asks again while a partition has no leader, but not while its topic is unknown,
   * which it logs as an error unless it is asked what the topic is like.
   */
  private static void awaitServed(Admin admin, Map<TopicPartition, OffsetSpec> partitions)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + UNKNOWN.toNanos();
    Set<String> names =
        partitions.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    while (true) {
      try {
        admin.describeTopics(names).allTopicNames().get();
        admin.listOffsets(partitions).all().get();
        return;
      } catch (ExecutionException e) {
        boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(POLL.toMillis());
      }
    }
  }
}
