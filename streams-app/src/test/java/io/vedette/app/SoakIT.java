package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.core.Exchange;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service at half of the load that it can take, for a while; its memory must not grow. {@code
 * mvn -Psoak verify -pl streams-app -am -Dsoak.minutes=30}; {@code -Dsoak.rate=N} exchanges a
 * second instead of half of what is measured.
 */
@Tag("soak")
class SoakIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("soak.minutes", "30"));
  private static final int CALLERS = 100;
  private static final int PER_HOUR = 200_000; // of all callers, by the time of the traffic
  private static final int CALIBRATION = 20_000; // exchanges, twice
  private static final int SAMPLES = 24;
  private static final double GROWTH = 1.10;
  private static final long SLACK = 24L << 20;

  @TempDir private Path dir;

  @Test
  void shouldKeepItsMemoryWhenItRunsAtHalfLoad() throws Exception {
    Map<String, String> small =
        Map.of(
            "log.segment.bytes", Integer.toString(16 << 20),
            "log.retention.bytes", Integer.toString(64 << 20),
            "log.retention.check.interval.ms", "10000");
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(new EmbeddedBroker.Config(dir.resolve("kafka"), 0, small));
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of());
        Fleet fleet =
            new Fleet(
                dir,
                broker.bootstrapServers(),
                registry.url(),
                "soak",
                List.of("-Xmx512m", "-XX:+UseSerialGC"))) {
      // Given
      fleet.createTopics();
      Settings settings = fleet.settings("at_least_once");
      try (Traffic traffic = new Traffic(settings)) {
        double rate = Double.parseDouble(System.getProperty("soak.rate", "0"));
        fleet.start("a", "at_least_once");
        fleet.awaitReady("a");
        if (rate == 0) {
          rate = capacity(fleet, traffic) / 2;
        }
        report("%.0f exchanges a second for %.1f minutes", rate, MINUTES);

        // When
        AtomicBoolean ended = new AtomicBoolean();
        double perSecond = rate;
        var load = CompletableFuture.runAsync(() -> traffic.play(perSecond, ended));
        List<MemorySample> samples = new ArrayList<>();
        for (int i = 1; i <= SAMPLES; i++) {
          Duration due = Duration.ofMillis((long) (MINUTES * 60_000 * i / SAMPLES));
          await().atMost(due.plus(LIMIT)).until(() -> traffic.playing().compareTo(due) >= 0);
          MemorySample sample = MemorySample.of(fleet.process("a").pid(), fleet.port("a"));
          samples.add(sample);
          report("%s %s, %d exchanges", due, sample, traffic.sent());
        }
        ended.set(true);
        load.get();
        assertThat(traffic.sent()).isGreaterThan((long) (perSecond * MINUTES * 60 / 2));

        // Then
        MemorySample before = MemorySample.median(samples.subList(SAMPLES / 4, SAMPLES / 2));
        MemorySample after = MemorySample.median(samples.subList(3 * SAMPLES / 4, SAMPLES));
        report("second quarter %s, last quarter %s", before, after);
        assertThat(after.heapBytes()).isLessThan((long) (before.heapBytes() * GROWTH) + SLACK);
        assertThat(after.residentBytes())
            .isLessThan((long) (before.residentBytes() * GROWTH) + SLACK);
        await().atMost(LIMIT).until(() -> Outcome.isWorkedOff(settings));
      }
    }
  }

  /** Exchanges a second that are worked off, producing included, once the service is warm. */
  private static double capacity(Fleet fleet, Traffic traffic) {
    workOff(fleet, traffic);
    return CALIBRATION / (workOff(fleet, traffic) / 1e9);
  }

  private static long workOff(Fleet fleet, Traffic traffic) {
    long start = System.nanoTime();
    traffic.play(CALIBRATION);
    await().atMost(LIMIT).until(() -> fleet.progress() >= traffic.sent());
    return System.nanoTime() - start;
  }

  /** Clean traffic without an end. */
  private static final class Traffic implements AutoCloseable {

    private final WireSerdes wire;
    private final KafkaProducer<String, byte[]> producer;
    private final String topic;
    private final Iterator<Exchange> exchanges;
    private volatile long start;
    private volatile long sent;

    Traffic(Settings settings) throws InterruptedException {
      wire = new WireSerdes(new Wiring(settings).wireSettings());
      producer =
          new KafkaProducer<>(
              Map.<String, Object>of("bootstrap.servers", settings.kafka().bootstrapServers()),
              new StringSerializer(),
              new ByteArraySerializer());
      topic = settings.topics().exchanges();
      exchanges = scenario(settings);
    }

    private static Iterator<Exchange> scenario(Settings settings) throws InterruptedException {
      Scenario scenario =
          Scenario.of(3)
              .learning(
                  World.LOAN.build(),
                  "acme",
                  CALLERS,
                  PER_HOUR / 10,
                  Duration.ofMinutes(6),
                  Scenario.START.plus(Duration.ofDays(300)))
              .build();
      var learner = new BaselineCommand.Learner(new Wiring(settings));
      Iterator<Exchange> all = scenario.iterator();
      for (Exchange exchange = all.next();
          exchange.timeMicros() < Wiring.micros(scenario.learnUntil());
          exchange = all.next()) {
        learner.learn(exchange);
      }
      new BaselinePublisher(settings).publish(learner.finish().values());
      return all;
    }

    void play(int count) {
      for (int i = 0; i < count; i++) {
        send();
      }
    }

    void play(double perSecond, AtomicBoolean ended) {
      start = System.nanoTime();
      for (long i = 0; !ended.get(); i++) {
        long due = start + (long) (i / perSecond * 1e9);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        send();
      }
    }

    private void send() {
      Exchange exchange = exchanges.next();
      byte[] value = wire.exchanges().serializer().serialize(topic, exchange);
      producer.send(new ProducerRecord<>(topic, exchange.caller().key(), value));
      sent = sent + 1;
    }

    /** Since the paced traffic began. */
    Duration playing() {
      return start == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
    }

    long sent() {
      return sent;
    }

    @Override
    public void close() {
      producer.close();
      wire.close();
    }
  }

  private static void report(String format, Object... values) {
    System.out.printf("soak: " + format + "%n", values);
  }
}
