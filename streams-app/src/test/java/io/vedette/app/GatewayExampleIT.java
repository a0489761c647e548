package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.FreePorts;
import io.vedette.core.Action;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of deploy/gateway on a topic of actions, asked as Envoy asks it. */
class GatewayExampleIT {

  private static final Path GATE = Path.of("..", "deploy", "gateway", "ActionGate.java");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void shouldFollowTheAdviceWhenARecordInBetweenCannotBeRead() throws Exception {
    // Given
    int port = FreePorts.one();
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      Settings settings =
          SettingsLoader.load(
              null,
              Map.of(
                  "VEDETTE_KAFKA_BOOTSTRAPSERVERS", broker.bootstrapServers(),
                  "VEDETTE_REGISTRY_URL", registry.url(),
                  "VEDETTE_TOPICS_PARTITIONS", "1"));
      Process gate = null;
      try (TopicAdmin admin = new TopicAdmin(settings);
          WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
          var producer =
              new KafkaProducer<>(
                  Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                  new StringSerializer(),
                  new ByteArraySerializer())) {
        admin.create();
        wire.ensureRegistered(settings.topics().byRole());
        String topic = settings.topics().actions();
        gate = start(broker.bootstrapServers(), registry.url(), port);

        // When
        send(producer, topic, "labelled", advice(wire, topic, Action.Kind.LABEL_ONLY));
        send(producer, topic, "lifted", advice(wire, topic, Action.Kind.DENY));
        send(producer, topic, "denied", new byte[] {0, 0, 0, 0, 1, 99}); // unreadable
        send(producer, topic, "lifted", null);
        send(producer, topic, "denied", advice(wire, topic, Action.Kind.DENY));

        // Then: the last record was read
        await().atMost(LIMIT).ignoreException(ConnectException.class).until(() -> denied(port));
        assertThat(ask(port, "denied").headers().firstValue("x-vedette-incident")).isEmpty();
        assertThat(ask(port, "denied").headers().firstValue("x-vedette-action")).isEmpty();
        HttpResponse<Void> labelled = ask(port, "labelled");
        assertThat(labelled.statusCode()).isEqualTo(200);
        assertThat(labelled.headers().firstValue("x-vedette-action")).contains("LABEL_ONLY");
        assertThat(labelled.headers().firstValue("x-vedette-incident")).contains("i-1");
        assertThat(ask(port, "lifted").statusCode()).isEqualTo(200);
        assertThat(directory.resolve("errors"))
            .content()
            .contains("vedette.actions-0 at 2 cannot be read");
      } finally {
        if (gate != null) {
          gate.destroyForcibly().waitFor();
        }
      }
    }
  }

  private Process start(String brokers, String registry, int port) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            classPath,
            GATE.toString());
    builder.environment().put("BOOTSTRAP", brokers);
    builder.environment().put("REGISTRY", registry);
    builder.environment().put("PORT", Integer.toString(port));
    return builder
        .redirectOutput(Files.createFile(directory.resolve("output")).toFile())
        .redirectError(Files.createFile(directory.resolve("errors")).toFile())
        .start();
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, String topic, String principal, byte[] value)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, "acme|" + principal, value)).get();
  }

  private static byte[] advice(WireSerdes wire, String topic, Action.Kind kind) {
    long now = System.currentTimeMillis() * 1000;
    Action action = new Action("acme", "svc", null, kind, "i-1", 0.99, now, now + 3_600_000_000L);
    return wire.actions().serializer().serialize(topic, action);
  }

  private boolean denied(int port) throws Exception {
    return ask(port, "denied").statusCode() == 403;
  }

  private HttpResponse<Void> ask(int port, String principal) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/score"))
            .header("x-tenant", "acme")
            .header("x-principal", principal)
            .header("x-model", "credit-risk")
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding());
  }
}
