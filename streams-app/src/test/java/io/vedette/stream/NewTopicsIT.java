package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.edge.embedded.EmbeddedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NewTopicsIT {

  private static final int PARTITIONS = 8;

  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void shouldLoseNothingWhenWrittenToAtOnce() throws Exception {
    // Given: many requests under way, and little time to repeat them. Without the wait 38
    // of 40 such topics lost records.
    Map<String, Object> impatient =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "batch.size", "0",
            "linger.ms", "0",
            "metadata.max.age.ms", "1",
            "request.timeout.ms", "3000",
            "delivery.timeout.ms", "6000");
    Queue<Exception> lost = new ConcurrentLinkedQueue<>();

    // When
    for (int topic = 0; topic < 5; topic++) {
      String name = "written-at-once-" + topic;
      try (var producer =
          new KafkaProducer<>(impatient, new ByteArraySerializer(), new ByteArraySerializer())) {
        NewTopics.create(admin, List.of(new NewTopic(name, PARTITIONS, (short) 1)));
        for (int i = 0; i < 50 * PARTITIONS; i++) {
          producer.send(
              new ProducerRecord<>(name, i % PARTITIONS, null, new byte[10]),
              (sent, error) -> {
                if (error != null) {
                  lost.add(error);
                }
              });
        }
        producer.flush();
      }
    }

    // Then
    assertThat(lost).isEmpty();
  }

  @Test
  void shouldWaitWhenTheBrokerDoesNotKnowThemYet() throws Exception {
    // Given many at once, of which the broker learns after the answer
    for (int round = 0; round < 60; round++) {
      List<NewTopic> topics = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        topics.add(new NewTopic("unknown-" + round + "-" + i, 1, (short) 1));
      }

      // When
      NewTopics.create(admin, topics);

      // Then
      var names = topics.stream().map(NewTopic::name).toList();
      assertThat(admin.describeTopics(names).allTopicNames().get()).hasSize(10);
    }
  }

  @Test
  void shouldLeaveATopicAloneWhenItIsThere() throws Exception {
    // Given
    NewTopics.create(admin, List.of(new NewTopic("there", 2, (short) 1)));

    // When
    NewTopics.create(
        admin, List.of(new NewTopic("there", 5, (short) 1), new NewTopic("new", 3, (short) 1)));

    // Then
    var topics = admin.describeTopics(List.of("there", "new")).allTopicNames().get();
    assertThat(topics.get("there").partitions()).hasSize(2);
    assertThat(topics.get("new").partitions()).hasSize(3);
  }

  @Test
  void shouldSayWhyWhenATopicCannotBeCreated() {
    assertThatThrownBy(() -> NewTopics.create(admin, List.of(new NewTopic("three", 1, (short) 3))))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InvalidReplicationFactorException.class);
  }
}
