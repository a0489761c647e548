package io.vedette.app;

import static org.apache.kafka.clients.admin.AlterConfigOp.OpType.SET;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.NativeLog;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of what a Kafka retains. */
class RetroHuntIT {

  private static final Pattern PLACE =
      Pattern.compile("\"topic\":\"[^\"]*\",\"partition\":\\d+,\"offset\":\\d+");

  private static final long LETTER = -1;
  private static final long AHEAD = 3_600_000_000L; // microseconds

  @TempDir private Path directory;

  @Test
  void shouldFindTheSameWhenTrafficComesFromKafkaAndFromAFile() throws Exception {
    // Given
    Scenario scenario = OneAttack.on(World.LOAN.build());
    Instant learnt = scenario.learnUntil();
    Path log = directory.resolve("live.jsonl");
    List<Exchange> live = new ArrayList<>();
    List<Exchange> before = new ArrayList<>();
    split(scenario, before, live);
    live.add(1, later(live.get(0), instant(live.get(live.size() - 1)).plusSeconds(3_600)));
    Instant end = instant(live.get(1)).plusSeconds(1);
    try (Writer writer = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
      new NativeLog().writeAll(live, writer);
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
      Path config = config(broker, registry);
      Settings settings = SettingsLoader.load(config, Map.of());
      try (TopicAdmin admin = new TopicAdmin(settings)) {
        admin.create();
      }
      OneAttack.learn(scenario, settings);
      Path baselines = directory.resolve("baselines.jsonl");
      BaselineFile.write(baselines, new RetainedTraffic(settings, null, null).baselines());
      List<Exchange> stored = new ArrayList<>(before);
      stored.addAll(parsed(log));
      keepWhateverItsTime(settings);
      produce(settings, stored, later(live.get(0), end));
      String topics = topics(settings);

      // When
      List<Long> order = order(new RetainedTraffic(settings, learnt, end));
      assertThat(
              Main.execute(
                  "replay",
                  "--in",
                  log.toString(),
                  "--out",
                  out("file"),
                  "--baseline",
                  baselines.toString(),
                  "--config",
                  config.toString()))
          .isZero();
      assertThat(
              Main.execute(
                  "replay",
                  "--from-kafka",
                  "--since",
                  learnt.toString(),
                  "--until",
                  end.toString(),
                  "--out",
                  out("kafka"),
                  "--config",
                  config.toString()))
          .isZero();

      // Then: the letter first, and nobody waited for the one that is ahead
      assertThat(order.remove(0)).isEqualTo(LETTER);
      assertThat(order.removeIf(time -> time == live.get(1).timeMicros())).isTrue();
      assertThat(order).hasSizeGreaterThan(live.size()).isSorted();
      for (String file : List.of("incidents.jsonl", "findings.jsonl")) {
        assertThat(lines("kafka", file)).isNotEmpty().isEqualTo(lines("file", file));
      }
      assertThat(lines("kafka", "incidents.jsonl").get(0)).contains(OneAttack.ACCOUNT);
      assertThat(lines("kafka", "deadletter.jsonl")).hasSize(1);
      assertThat(topics(settings)).isEqualTo(topics);
      assertThat(groups(settings)).isEmpty();
    }
  }

  @Test
  void shouldRefuseWhenOptionsDoNotGoTogether() {
    assertThat(Main.execute("replay", "--out", out("x"))).isEqualTo(2);
    assertThat(Main.execute("replay", "--in", "f", "--from-kafka", "--out", out("x"))).isEqualTo(2);
    assertThat(Main.execute("replay", "--in", "f", "--since", "P1D", "--out", out("x")))
        .isEqualTo(2);
    assertThat(Main.execute("replay", "--from-kafka", "--since", "soon", "--out", out("x")))
        .isEqualTo(2);
    assertThat(
            Main.execute(
                "replay", "--from-kafka", "--since", "PT1H", "--until", "PT2H", "--out", out("x")))
        .isEqualTo(2);
  }

  @Test
  void shouldFailAndBuryNothingWhenTheRegistryIsAway() throws Exception {
    // Given
    Exchange exchange = OneAttack.on(World.LOAN.build()).iterator().next();
    Path none = Files.writeString(directory.resolve("none.jsonl"), "");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Path config;
      try (EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of())) {
        config = config(broker, registry);
        Settings settings = SettingsLoader.load(config, Map.of());
        try (TopicAdmin admin = new TopicAdmin(settings)) {
          admin.create();
        }
        produce(settings, List.of(exchange), later(exchange, instant(exchange).plusSeconds(60)));
      }

      // When
      int exit =
          Main.execute(
              "replay",
              "--from-kafka",
              "--baseline",
              none.toString(),
              "--out",
              out("away"),
              "--config",
              config.toString());

      // Then
      assertThat(exit).isEqualTo(1);
      assertThat(lines("away", "deadletter.jsonl")).isEmpty();
    }
  }

  /** Times of what is read, microseconds, as it comes. */
  private static List<Long> order(RetainedTraffic traffic) throws IOException {
    List<Long> order = new ArrayList<>();
    traffic.read(exchange -> order.add(exchange.timeMicros()), letter -> order.add(LETTER));
    return order;
  }

  private static void split(Scenario scenario, List<Exchange> before, List<Exchange> live) {
    for (Exchange exchange : scenario) {
      boolean early = exchange.timeMicros() < Wiring.micros(scenario.learnUntil());
      (early ? before : live).add(exchange);
    }
  }

  private static Instant instant(Exchange exchange) {
    return Instant.ofEpochSecond(0, exchange.timeMicros() * 1000);
  }

  /** What a replay reads of the file: numbers as the file has them. */
  private static List<Exchange> parsed(Path log) throws IOException {
    List<Exchange> parsed = new ArrayList<>();
    RecordedTraffic.files(List.of(log.toString())).read(parsed::add, letter -> {});
    return parsed;
  }

  private Exchange later(Exchange exchange, Instant time) throws IOException {
    StringWriter line = new StringWriter();
    new NativeLog().writeAll(List.of(exchange), line);
    Path file = directory.resolve("later.jsonl");
    Files.writeString(
        file,
        line.toString()
            .replace(instant(exchange).toString(), time.toString())
            .replace('"' + exchange.requestId() + '"', '"' + exchange.requestId() + "-later\""));
    return parsed(file).get(0);
  }

  /** As if traffic had been written when it happened, and was never deleted. */
  private static void keepWhateverItsTime(Settings settings) throws Exception {
    var created = new AlterConfigOp(new ConfigEntry("message.timestamp.type", "CreateTime"), SET);
    var kept = new AlterConfigOp(new ConfigEntry("retention.ms", "-1"), SET);
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (String topic : new Wiring(settings).topics().inputs()) {
      changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(created, kept));
    }
    try (Admin admin = admin(settings)) {
      admin.incrementalAlterConfigs(changes).all().get();
    }
  }

  /**
   * Every other caller in two halves, each when it happened, however late it says that was; first
   * of all one that nobody can read, and last one after the end.
   */
  private static void produce(Settings settings, List<Exchange> all, Exchange after) {
    Settings.Topics topics = settings.topics();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", settings.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
      Serializer<Exchange> exchanges = wire.exchanges().serializer();
      Serializer<Exchange> requests = wire.requests().serializer();
      Serializer<Exchange> responses = wire.responses().serializer();
      producer.send(new ProducerRecord<>(topics.exchanges(), "acme|x", new byte[] {7, 7}));
      long millis = 0;
      for (Exchange e : all) {
        boolean ahead = e.timeMicros() > after.timeMicros() - AHEAD;
        millis = ahead ? millis : e.timeMicros() / 1000 + 1;
        if (e.caller().hashCode() % 2 == 0) {
          send(producer, topics.exchanges(), millis, e, exchanges);
        } else {
          send(producer, topics.requests(), millis, e, requests);
          send(producer, topics.responses(), millis, e, responses);
        }
      }
      send(producer, topics.exchanges(), millis, after, exchanges);
    }
  }

  private static void send(
      KafkaProducer<String, byte[]> producer,
      String topic,
      long millis,
      Exchange e,
      Serializer<Exchange> as) {
    producer.send(
        new ProducerRecord<>(topic, null, millis, e.caller().key(), as.serialize(topic, e)));
  }

  private Path config(EmbeddedBroker broker, EmbeddedRegistry registry) throws IOException {
    return Files.writeString(
        directory.resolve("vedette.yaml"),
        "kafka: {bootstrapServers: '%s'}%nregistry: {url: '%s'}%ntopics: {partitions: 3}%n"
            .formatted(broker.bootstrapServers(), registry.url()));
  }

  private String out(String name) {
    return directory.resolve(name).toString();
  }

  private List<String> lines(String run, String file) throws IOException {
    return Files.readAllLines(directory.resolve(run).resolve(file)).stream()
        .map(line -> PLACE.matcher(line).replaceAll(""))
        .toList();
  }

  private static String topics(Settings settings) throws Exception {
    try (Admin admin = admin(settings)) {
      return admin.listTopics().names().get().stream().sorted().toList().toString();
    }
  }

  private static List<String> groups(Settings settings) throws Exception {
    try (Admin admin = admin(settings)) {
      return admin.listGroups().all().get().stream().map(g -> g.groupId()).toList();
    }
  }

  private static Admin admin(Settings settings) {
    return Admin.create(Map.of("bootstrap.servers", settings.kafka().bootstrapServers()));
  }
}
