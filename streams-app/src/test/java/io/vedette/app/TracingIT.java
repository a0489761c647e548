package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.core.Exchange;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenTelemetry's agent on the service, with the settings that the chart has: which spans leave it,
 * and what is not in them. {@code mvn -Ptracing verify -pl streams-app -am}.
 */
@Tag("tracing")
class TracingIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String GUARANTEE = "exactly_once_v2";
  private static final List<String> JAVA =
      List.of("-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  private static final Path SETTINGS = Path.of("../helm/vedette/files/tracing.properties");
  private static final Path AGENT = Path.of("target/agent/opentelemetry-javaagent.jar");
  private static final String PARENT = "00f067aa0ba902b7";

  /** All that spans may say of a record: nothing of its key, its value or its headers. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "messaging.system",
          "messaging.operation",
          "messaging.destination.name",
          "messaging.destination.partition.id",
          "messaging.client_id",
          "messaging.kafka.cluster.id",
          "messaging.kafka.consumer.group",
          "messaging.kafka.message.offset",
          "messaging.message.body.size",
          "thread.id",
          "thread.name");

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;
  private static SpanReceiver receiver;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start();
    registry = EmbeddedRegistry.inMemory(0, Set.of());
    receiver = new SpanReceiver();
  }

  @AfterAll
  static void stop() {
    receiver.close();
    registry.close();
    broker.close();
  }

  @Test
  void shouldContinueSampledTracesAndNoOtherWhenTheAgentIsThere() throws Exception {
    try (Fleet fleet = fleet("traced", agent())) {
      // Given
      Settings settings = fleet.settings(GUARANTEE);
      fleet.createTopics();
      fleet.start("a", GUARANTEE);
      fleet.awaitReady("a");

      // When
      Set<String> sampled = produce(settings);
      await().atMost(LIMIT).until(() -> Outcome.isWorkedOff(settings));
      fleet.stop("a"); // sends what is left
      List<SpanReceiver.Received> spans = receiver.spans();

      // Then: a span for each record whose trace was sampled, and below it what was written
      assertThat(spans)
          .filteredOn(span -> span.parent().equals(PARENT))
          .allSatisfy(span -> assertThat(span.kind()).isEqualTo("CONSUMER"))
          .allSatisfy(span -> assertThat(span.name()).isEqualTo("traced.exchanges process"))
          .extracting(SpanReceiver.Received::trace)
          .containsExactlyInAnyOrderElementsOf(sampled);
      assertThat(spans).allSatisfy(span -> assertThat(sampled).contains(span.trace()));
      assertThat(spans).extracting(SpanReceiver.Received::name).contains("traced.findings publish");

      // Then: nothing of the traffic is in them
      assertThat(spans).allSatisfy(span -> assertThat(ATTRIBUTES).containsAll(span.attributes()));
      assertThat(spans)
          .extracting(SpanReceiver.Received::text)
          .allSatisfy(text -> assertThat(text).doesNotContain(OneAttack.ACCOUNT, "acme", "lab-"));
      assertThat(receiver.resource())
          .contains("service.name", "host.name")
          .noneMatch(name -> name.startsWith("process.command"));
      assertThat(receiver.otherPaths()).isEmpty();

      // Then: results and states are what they are without the agent
      for (String topic : written(settings)) {
        assertThat(Views.read(settings, topic))
            .as(topic)
            .isNotEmpty()
            .allSatisfy(r -> assertThat(r.headers().lastHeader("traceparent")).isNull());
      }
    }
  }

  @Test
  void shouldSendNothingWhenTheAgentIsSwitchedOff() throws Exception {
    List<String> off = new ArrayList<>(agent());
    off.add("-Dotel.sdk.disabled=true");
    int before = receiver.spans().size();
    try (Fleet fleet = fleet("off", off)) {
      // Given
      Settings settings = fleet.settings(GUARANTEE);
      fleet.createTopics();
      fleet.start("a", GUARANTEE);
      fleet.awaitReady("a");

      // When
      Set<String> sampled = produce(settings);
      await().atMost(LIMIT).until(() -> Outcome.isWorkedOff(settings));
      fleet.stop("a");

      // Then
      assertThat(sampled).isNotEmpty();
      assertThat(Outcome.of(settings).incidents()).isNotEmpty();
      assertThat(receiver.spans()).hasSize(before);
    }
  }

  private static Fleet fleet(String application, List<String> java) {
    return new Fleet(dir, broker.bootstrapServers(), registry.url(), application, java);
  }

  private static List<String> agent() {
    assertThat(AGENT).as("copied by the profile tracing").exists();
    return Stream.concat(
            JAVA.stream(),
            Stream.of(
                "-javaagent:" + AGENT,
                "-Dotel.javaagent.configuration-file=" + SETTINGS,
                "-Dotel.exporter.otlp.endpoint=" + receiver.address()))
        .toList();
  }

  /**
   * An attack of which every second record has a sampled trace, the others in turn none and one
   * that was not sampled, and a record that cannot be read.
   *
   * @return traces that were sampled
   */
  private static Set<String> produce(Settings settings) throws Exception {
    Scenario scenario = OneAttack.on(World.LOAN.build());
    OneAttack.learn(scenario, settings);
    Set<String> sampled = new HashSet<>();
    String topic = settings.topics().exchanges();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", settings.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
      wire.ensureRegistered(settings.topics().byRole());
      int number = 0;
      for (Exchange exchange : scenario) {
        if (exchange.timeMicros() < Wiring.micros(scenario.learnUntil())) {
          continue;
        }
        byte[] value = wire.exchanges().serializer().serialize(topic, exchange);
        var event = new ProducerRecord<>(topic, exchange.caller().key(), value);
        String trace = String.format(Locale.ROOT, "%032x", 0xabc0000000L + ++number);
        if (number % 2 == 0) {
          sampled.add(trace);
          trace(event, trace, "01");
        } else if (number % 4 == 1) {
          trace(event, trace, "00");
        }
        producer.send(event);
      }
      var unreadable = new ProducerRecord<>(topic, "acme|mallory", new byte[] {7, 7});
      String trace = "f".repeat(32);
      sampled.add(trace);
      trace(unreadable, trace, "01");
      producer.send(unreadable);
    }
    return sampled;
  }

  private static void trace(ProducerRecord<String, byte[]> event, String trace, String flags) {
    String parent = String.join("-", "00", trace, PARENT, flags);
    event.headers().add("traceparent", parent.getBytes(StandardCharsets.US_ASCII));
  }

  private static List<String> written(Settings settings) {
    return List.of(
        settings.topics().findings(),
        settings.topics().incidents(),
        settings.topics().ocsf(),
        settings.topics().deadLetters(),
        settings.kafka().applicationId() + "-caller-states-changelog");
  }
}
