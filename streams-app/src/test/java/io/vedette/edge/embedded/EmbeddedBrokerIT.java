package io.vedette.edge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class EmbeddedBrokerIT {

  private static final String TOPIC = "calls";

  @Test
  void shouldSayFirstThatItIsForOneMachineWhenTheRegistryStarts() {
    // Given
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    List<Appender<ILoggingEvent>> usual = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(usual::add);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    try (var broker = EmbeddedBroker.start()) {
      usual.forEach(root::detachAppender); // nobody wants to read all of it
      root.setLevel(Level.INFO);
      root.addAppender(lines);

      // When
      EmbeddedRegistry.start(broker.bootstrapServers(), 0, Set.of()).close();
    } finally {
      root.detachAppender(lines);
      root.setLevel(before);
      usual.forEach(root::addAppender);
    }

    // Then
    assertThat(lines.list)
        .filteredOn(line -> line.getThreadName().equals(Thread.currentThread().getName()))
        .first()
        .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN))
        .satisfies(line -> assertThat(line.getFormattedMessage()).contains("for one machine only"));
  }

  @Test
  void shouldKeepRecordsAndSchemaIdsWhenRestartedInTheSameDirectory(@TempDir Path directory)
      throws Exception {
    // Given
    var config = new EmbeddedBroker.Config(directory.resolve("data"), 0, Map.of());
    try (var broker = EmbeddedBroker.start(config);
        var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0, Set.of())) {
      var client = new RegistryClient(registry.url());
      client.register("a-value", Schemas.V1);
      client.register("b-value", Schemas.V1);
      client.register("a-value", Schemas.V2);
      client.setLevel("a-value", "FULL");
      createTopic(broker.bootstrapServers());
      produce(broker.bootstrapServers(), "before");
    }

    // When
    try (var broker = EmbeddedBroker.start(config);
        var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0, Set.of())) {
      // Then
      produce(broker.bootstrapServers(), "after");
      assertThat(consume(broker.bootstrapServers(), 2)).containsExactly("before", "after");
      var client = new RegistryClient(registry.url());
      assertThat(client.get("/subjects").json()).hasToString("[\"a-value\",\"b-value\"]");
      assertThat(client.get("/subjects/a-value/versions").json()).hasToString("[1,2]");
      assertThat(client.get("/schemas/ids/2").json().path("schema").asText()).isEqualTo(Schemas.V2);
      assertThat(client.get("/config/a-value").json().path("compatibilityLevel").asText())
          .isEqualTo("FULL");
      assertThat(client.register("c-value", Schemas.V2).json().path("id").asInt()).isEqualTo(2);
      assertThat(client.register("c-value", Schemas.V1).json().path("id").asInt()).isEqualTo(1);
      assertThat(client.register("d-value", "\"int\"").json().path("id").asInt()).isEqualTo(3);
    }
    assertThat(directory.resolve("data")).isDirectory();
  }

  @Test
  void shouldFailWithPortAndLeaveNothingWhenPortIsTaken() throws IOException {
    // Given
    try (var other = new ServerSocket()) {
      other.bind(new InetSocketAddress(Ports.loopback(), 0));
      var config = new EmbeddedBroker.Config(null, other.getLocalPort(), Map.of());

      // Then
      assertThatIllegalStateException()
          .isThrownBy(() -> EmbeddedBroker.start(config))
          .withMessageContaining("port " + other.getLocalPort());
    }
  }

  @Test
  void shouldTryOtherPortsWhenAnotherProcessTakesOneFirst() throws IOException {
    // Given: both ports lost once, between the choice and the bind
    try (var other = new ServerSocket()) {
      other.bind(new InetSocketAddress(Ports.loopback(), 0));
      int lost = other.getLocalPort();
      var choices = new ArrayDeque<Ports>();
      choices.add(new Ports(lost, Ports.choose(0).client()));
      choices.add(new Ports(Ports.choose(0).client(), lost));
      choices.add(Ports.choose(0));

      // When
      try (var broker =
          EmbeddedBroker.start(EmbeddedBroker.Config.temporary(), p -> choices.remove())) {
        // Then
        assertThat(choices).isEmpty();
        assertThat(broker.bootstrapServers()).doesNotEndWith(":" + lost);
      }
    }
  }

  @Test
  void shouldFailWithoutEndingTheProcessWhenASettingIsWrong() {
    // Given
    var config = new EmbeddedBroker.Config(null, 0, Map.of("num.io.threads", "0"));

    // Then
    assertThatIllegalStateException()
        .isThrownBy(() -> EmbeddedBroker.start(config))
        .withMessageContaining("did not start");
  }

  @Test
  void shouldUsePortAndOverridesAndDeleteTemporaryDirectoryWhenClosed() throws Exception {
    // Given
    int port = Ports.choose(0).client();
    var config = new EmbeddedBroker.Config(null, port, Map.of("num.partitions", "3"));
    var broker = EmbeddedBroker.start(config);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      // When
      admin
          .createTopics(List.of(new NewTopic("t", Optional.empty(), Optional.empty())))
          .all()
          .get();

      // Then
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      var described = admin.describeTopics(List.of("t")).allTopicNames().get();
      assertThat(described.get("t").partitions()).hasSize(3);
      assertThat(broker.directory()).isDirectory();
    } finally {
      broker.close();
      broker.close();
    }
    assertThat(Files.exists(broker.directory())).isFalse();
  }

  @Test
  void shouldRefuseRegistryWhenSchemaTopicIsNotCompacted() throws Exception {
    // Given
    try (var broker = EmbeddedBroker.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var topic = new NewTopic(EmbeddedRegistry.TOPIC, 1, (short) 1);
      admin.createTopics(List.of(topic)).all().get();

      // Then
      assertThatIllegalStateException()
          .isThrownBy(() -> EmbeddedRegistry.start(broker.bootstrapServers(), 0, Set.of()))
          .withMessageContaining("cleanup.policy=compact");
    }
  }

  @Test
  void shouldRefuseOverridesWhenTheyMoveTheBroker() {
    // Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmbeddedBroker.Config(null, 0, Map.of("log.dirs", "elsewhere")))
        .withMessageContaining("log.dirs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmbeddedBroker.Config(null, 70_000, Map.of()))
        .withMessageContaining("70000");
  }

  private static void createTopic(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void produce(String bootstrap, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, "k", value)).get();
    }
  }

  private static List<String> consume(String bootstrap, int count) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", bootstrap,
            "group.id", "reader",
            "auto.offset.reset", "earliest");
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      for (int polls = 0; polls < 100 && values.size() < count; polls++) {
        consumer.poll(Duration.ofMillis(200)).forEach(entry -> values.add(entry.value()));
      }
    }
    return values;
  }
}
