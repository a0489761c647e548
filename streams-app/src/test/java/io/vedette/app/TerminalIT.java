package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.control.v1.Verdict;
import io.vedette.control.v1.VerdictKind;
import io.vedette.control.v1.VerdictScope;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.ModelRef;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.wire.WireSerdes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The analyst's commands on the topics themselves, without a service. */
class TerminalIT {

  private static final long TIME = System.currentTimeMillis() * 1000;
  private static final String FORGED = "i-0";

  @TempDir private Path directory;

  @Test
  void shouldReadAndJudgeWhenThereAreOnlyTopics() throws Exception {
    // Given
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      Path config =
          Files.writeString(
              directory.resolve("vedette.yaml"),
              "kafka: {bootstrapServers: '"
                  + broker.bootstrapServers()
                  + "'}\nregistry: {url: '"
                  + registry.url()
                  + "'}\ntopics: {partitions: 2}\n");
      Settings settings = SettingsLoader.load(config, Map.of());
      try (TopicAdmin admin = new TopicAdmin(settings);
          WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings())) {
        admin.create();
        wire.ensureRegistered(settings.topics().byRole());
        write(settings, wire);

        Path noFindings =
            Files.writeString(
                directory.resolve("no-findings.yaml"),
                Files.readString(config)
                    .replace("partitions: 2", "partitions: 2, findings: not-there"));

        // When
        String list = Printed.by("incidents", "--no-follow", "--config", noFindings.toString());
        String verdict =
            Printed.by(
                "verdict",
                "i-1",
                "--as",
                "false-positive",
                "--note",
                "a test",
                "--until",
                "P1D",
                "--config",
                noFindings.toString());
        String one = Printed.by("incidents", "i-1", "--config", config.toString());
        String caller = Printed.by("callers", "acme/svc", "--config", config.toString());

        // Then
        assertThat(list).contains("i-1", "Model extraction; acme / svc");
        assertThat(verdict).isEqualTo("verdict written: false-positive\n");
        assertThat(one).contains("FALSE_POSITIVE by " + System.getProperty("user.name"), "a test");
        assertThat(caller).contains("credit-risk 3", "extraction", "peak 7", "until");
        Instant end = now().plus(settings.verdicts().longestException());
        assertThat(caller).contains("until " + end.toString().substring(0, 10));
        assertThat(caller).doesNotContain("9999");
        List<ConsumerRecord<String, byte[]>> records =
            verdicts(settings).stream().filter(r -> !r.key().equals(FORGED)).toList();
        assertThat(records).singleElement().satisfies(r -> assertThat(r.key()).isEqualTo("i-1"));
        Verdict record =
            wire.records(Verdict.class)
                .deserializer()
                .deserialize(settings.topics().verdicts(), records.get(0).value());
        assertThat(record.getScope().getPrincipal()).isEqualTo("svc");
        assertThat(record.getUntil()).isAfter(record.getTime());
      }
    }
  }

  private static void write(Settings settings, WireSerdes wire) {
    String incidents = settings.topics().incidents();
    String findings = settings.topics().findings();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", settings.kafka().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      byte[] incident = wire.incidents().serializer().serialize(incidents, incident());
      byte[] finding = wire.findings().serializer().serialize(findings, finding());
      producer.send(new ProducerRecord<>(incidents, "i-1", new byte[] {1, 2, 3})); // unreadable
      producer.send(new ProducerRecord<>(incidents, "i-1", incident));
      producer.send(new ProducerRecord<>(findings, "acme|svc", finding));
      String verdicts = settings.topics().verdicts();
      byte[] forged = wire.records(Verdict.class).serializer().serialize(verdicts, forged());
      producer.send(new ProducerRecord<>(verdicts, FORGED, forged));
    }
  }

  /** An exception that no service grants: it would hold for thousands of years. */
  private static Verdict forged() {
    return Verdict.newBuilder()
        .setIncidentId(FORGED)
        .setVerdict(VerdictKind.BENIGN)
        .setAnalyst("nobody")
        .setNote("")
        .setTime(now())
        .setScope(new VerdictScope("acme", "svc", null, null))
        .setUntil(Instant.parse("9999-01-01T00:00:00Z"))
        .build();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(TIME / 1000);
  }

  private static List<ConsumerRecord<String, byte[]>> verdicts(Settings settings) {
    String topic = settings.topics().verdicts();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", settings.kafka().bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  private static Incident incident() {
    return new Incident(
        "i-1",
        Incident.Activity.CREATE,
        0,
        TIME,
        TIME,
        TIME,
        TIME,
        "acme",
        List.of("svc"),
        "credit-risk",
        List.of("extraction"),
        List.of(),
        Severity.HIGH,
        0.9,
        80,
        7,
        1200,
        "Model extraction",
        "summary",
        List.of(),
        List.of(),
        null);
  }

  private static Finding finding() {
    return new Finding(
        "extraction",
        Scope.CALLER,
        "acme|svc",
        "acme",
        "svc",
        List.of(),
        new ModelRef("credit-risk", "3", ""),
        TIME,
        TIME,
        0.5,
        7,
        100,
        Maturity.STABLE,
        Severity.HIGH,
        List.of(),
        List.of(),
        List.of(),
        "summary",
        Map.of());
  }
}
