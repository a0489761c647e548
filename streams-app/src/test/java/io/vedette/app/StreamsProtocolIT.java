package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with {@code kafka.groupProtocol: streams}, whose brokers assign the tasks. */
class StreamsProtocolIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void shouldFindTheAttackWhenTheBrokersAssignTheTasks() throws Exception {
    // Given
    Scenario scenario = OneAttack.on(World.LOAN.build());
    Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      Settings settings = settings(broker.bootstrapServers(), registry.url());
      try (TopicAdmin admin = new TopicAdmin(settings)) {
        admin.create();
      }
      OneAttack.learn(scenario, settings);
      produce(scenario, settings);
      assertThat(StartCheck.problems(settings)).isEmpty();

      // When
      try (Service service = new Service(settings, incidents::add)) {
        service.start();
        await()
            .atMost(LIMIT)
            .until(() -> incidents.stream().anyMatch(i -> i.principals().contains("mallory")));

        // Then
        await().atMost(LIMIT).until(service::ready);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
          assertThat(admin.listGroups().all().get())
              .filteredOn(group -> group.groupId().equals(settings.kafka().applicationId()))
              .extracting(GroupListing::type)
              .extracting(type -> type.orElse(GroupType.UNKNOWN))
              .containsExactly(GroupType.STREAMS);
        }
        assertThat(StartCheck.problems(settings)).isEmpty();
      }
    }
  }

  private Settings settings(String bootstrap, String registry) throws SettingsException {
    return SettingsLoader.load(
        null,
        Map.of(
            "VEDETTE_KAFKA_BOOTSTRAPSERVERS", bootstrap,
            "VEDETTE_KAFKA_GROUPPROTOCOL", "streams",
            "VEDETTE_KAFKA_STATEDIR", directory.toString(),
            "VEDETTE_REGISTRY_URL", registry,
            "VEDETTE_TOPICS_PARTITIONS", "2",
            "VEDETTE_CELLS_PARTITIONS", "2",
            "VEDETTE_HTTP_PORT", "0"));
  }

  private static void produce(Scenario scenario, Settings settings) {
    String topic = settings.topics().exchanges();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", settings.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
      for (Exchange exchange : scenario) {
        if (exchange.timeMicros() >= Wiring.micros(scenario.learnUntil())) {
          byte[] value = wire.exchanges().serializer().serialize(topic, exchange);
          producer.send(new ProducerRecord<>(topic, exchange.caller().key(), value));
        }
      }
    }
  }
}
