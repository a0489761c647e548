package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vedette.FreePorts;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.forward.Backoff;
import io.vedette.edge.forward.Forwarder;
import io.vedette.edge.forward.HttpBody;
import io.vedette.edge.forward.HttpReceiver;
import io.vedette.edge.forward.Receiver;
import io.vedette.edge.forward.SyslogFormat;
import io.vedette.edge.forward.SyslogReceiver;
import io.vedette.edge.forward.SyslogServer;
import io.vedette.stream.DeadLetters;
import io.vedette.stream.NewTopics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The forwarder on a real broker. */
class ForwardIT {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String TOPIC = "vedette.incidents.cef";
  private static final String LETTERS = "vedette.deadletter";
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start();
    try (Admin admin = Admin.create(clients())) {
      NewTopics.create(
          admin, List.of(new NewTopic(TOPIC, 2, (short) 1), new NewTopic(LETTERS, 1, (short) 1)));
    }
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  private Map<String, Object> clients() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private void produce(int count) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        byte[] key = ("inc-" + i).getBytes(StandardCharsets.UTF_8);
        byte[] value = ("CEF:0|line|" + i).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, key, value);
        record.headers().add("vedette-id", ("inc-" + i + ":0").getBytes(StandardCharsets.UTF_8));
        record.headers().add("severity", "high".getBytes(StandardCharsets.UTF_8));
        producer.send(record);
      }
    }
  }

  /** One run of the forwarder on a thread of its own. */
  private final class Run implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "forward",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    private final KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer());
    private final ForwardSource source = new ForwardSource(consumer, producer, TOPIC, LETTERS);
    private final Thread thread;

    Run(Receiver receiver) {
      var forwarder = new Forwarder(source, receiver, QUICK, 3, new SplittableRandom(1));
      thread = new Thread(forwarder::run, "forwarder");
      thread.start();
    }

    boolean running() {
      return thread.isAlive();
    }

    @Override
    public void close() {
      source.stop();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      consumer.close();
      producer.close();
    }
  }

  @Test
  void shouldLoseNothingWhenReceiverIsKilledAndForwarderRestarts() throws Exception {
    // Given
    int count = 100_000;
    produce(count);
    int port = FreePorts.one();
    ServerSocket first = new ServerSocket(port, 50, InetAddress.getByName("localhost"));
    SyslogFormat format = new SyslogFormat(13, "h", "");
    List<String> frames = new ArrayList<>();
    Receiver receiver = new SyslogReceiver("localhost", port, null, format, Duration.ofSeconds(20));

    // When
    try (SyslogServer server = new SyslogServer(first, 30_123);
        Run run = new Run(receiver)) {
      await().atMost(LIMIT).until(() -> server.frames().size() >= 30_123);
      frames.addAll(server.frames());
      assertThat(run.running()).isTrue();
    }
    try (ServerSocket again = new ServerSocket(port, 50, InetAddress.getByName("localhost"));
        SyslogServer server = new SyslogServer(again, Integer.MAX_VALUE);
        Run run = new Run(receiver)) {
      int known = distinct(frames).size();
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> known + missing(frames, server) >= count);
      frames.addAll(server.frames());
      assertThat(run.running()).isTrue();
    }

    // Then
    Set<String> distinct = distinct(frames);
    assertThat(distinct).hasSize(count);
    assertThat(frames.size() - count).as("repeats").isLessThan(2_000);
  }

  private static Set<String> distinct(List<String> frames) {
    Set<String> distinct = new HashSet<>();
    frames.forEach(f -> distinct.add(f.substring(f.indexOf("CEF:0|"))));
    return distinct;
  }

  /** Lines that only the second server has. */
  private static int missing(List<String> before, SyslogServer server) {
    Set<String> known = distinct(before);
    Set<String> now = distinct(server.frames());
    now.removeAll(known);
    return now.size();
  }

  @Test
  void shouldBuryRefusedMessagesWithCoordinatesWhenHttpAnswers400() throws Exception {
    // Given
    produce(200);
    Set<String> taken = ConcurrentHashMap.newKeySet();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean poison = body.contains("\"CEF:0|line|77\"");
          if (!poison) {
            body.lines().forEach(taken::add);
          }
          exchange.sendResponseHeaders(poison ? 400 : 200, -1);
          exchange.close();
        });
    http.start();
    URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
    Receiver receiver =
        new HttpReceiver(
            address, HttpBody.splunk("", "t", TOPIC), Map.of(), null, Duration.ofSeconds(20));

    // When
    List<ConsumerRecord<byte[], byte[]>> letters;
    try (Run run = new Run(receiver)) {
      await().atMost(LIMIT).until(() -> taken.size() == 199);
      letters = letters();
      assertThat(run.running()).isTrue();
    } finally {
      http.stop(0);
    }

    // Then
    assertThat(letters).hasSize(1);
    ConsumerRecord<byte[], byte[]> letter = letters.get(0);
    assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("CEF:0|line|77");
    assertThat(header(letter, DeadLetters.REASON)).isEqualTo("HTTP 400");
    assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("forward");
    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(TOPIC);
    assertThat(header(letter, DeadLetters.OFFSET)).matches("\\d+");
    assertThat(header(letter, "vedette-id")).isEqualTo("inc-77:0");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private List<ConsumerRecord<byte[], byte[]>> letters() {
    List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(clients(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, 1).mapToObj(p -> new TopicPartition(LETTERS, p)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return !letters.isEmpty();
              });
    }
    return letters;
  }
}
