package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.REQUEST_ONLY;
import static io.vedette.core.Exchange.Pairing.RESPONSE_ONLY;
import static io.vedette.core.Exchange.Pairing.SINGLE_EVENT;
import static io.vedette.stream.Fixtures.SECOND;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.detect.CallerOutput;
import java.io.DataInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

class ReplayDriverTest {

  private final Counters counters = new Counters();

  @Test
  void shouldGiveTheSameResultsWhenInputIsOutOfOrderWithinTheWait() {
    // Given
    List<Exchange> traffic = traffic(600);
    List<Exchange> shuffled = shuffled(traffic, 10 * SECOND);

    // When
    List<String> results = replay(shuffled, 1, 100_000);

    // Then
    assertThat(shuffled).isNotEqualTo(traffic);
    assertThat(results).hasSizeGreaterThan(100).isEqualTo(replay(traffic, 1, 100_000));
    assertThat(counters.late.sum()).isZero();
  }

  @Test
  void shouldPairHalvesWhenBothAreRecorded() {
    // Given
    Exchange request = exchange("ann", "r-1", T0, REQUEST_ONLY);
    Exchange response = exchange("ann", "r-1", T0 + SECOND, RESPONSE_ONLY);

    // When
    List<String> results = replay(List.of(response, request), 1, 100);

    // Then
    assertThat(results).first().asString().contains("PAIRED r-1 #1");
    assertThat(counters.exchanges.sum()).isEqualTo(1);
  }

  @Test
  void shouldPairHalvesWhenResponseIsClockedBeforeRequest() {
    // Given
    Exchange request = exchange("ann", "r-1", T0 + SECOND, REQUEST_ONLY);
    Exchange response = exchange("ann", "r-1", T0, RESPONSE_ONLY);

    // When
    List<String> results = replay(List.of(response, request), 1, 100);

    // Then
    assertThat(results).first().asString().contains("PAIRED r-1 #1");
  }

  @Test
  void shouldKeepTheOriginOfTheFileWhenReplaying() {
    // Given
    Exchange read = exchange("ann", "r-1", T0, SINGLE_EVENT);
    Exchange line = Halves.stamped(read, new Origin("traffic.jsonl", 0, 17), SINGLE_EVENT);

    // When
    List<String> results = replay(List.of(line), 1, 100);

    // Then
    assertThat(results).first().asString().contains("traffic.jsonl@17");
  }

  @Test
  void shouldTickTheBookUpToTheLastEventWhenFinished() {
    // Given
    List<Exchange> traffic =
        List.of(
            exchange("ann", "r-1", T0, SINGLE_EVENT),
            exchange("bob", "r-2", T0 + 1, SINGLE_EVENT),
            exchange("ann", "r-3", T0 + 300 * SECOND, SINGLE_EVENT));

    // When
    List<String> results = replay(traffic, 2, 100);

    // Then
    assertThat(results).filteredOn(r -> r.contains("ticked")).isNotEmpty();
  }

  @Test
  void shouldGiveIncidentsInOrderOfTimeWhenCellsAndModelsSpeakAfterTheirBatch() {
    // Given
    List<Long> findings = new ArrayList<>();
    List<Long> incidents = new ArrayList<>();
    var sinks =
        new ReplayDriver.Results(
            f -> findings.add(f.timeMicros()),
            i -> incidents.add(i.timeMicros()),
            b -> {},
            l -> {});

    // When
    try (var driver =
        new ReplayDriver(
            Fixtures.serdes(), CountingEngines.every(1), StageSettings.DEFAULT, counters, sinks)) {
      traffic(600).forEach(driver::pipe);
      driver.finish();
    }

    // Then
    assertThat(findings).isNotEqualTo(findings.stream().sorted().toList());
    assertThat(incidents).hasSizeGreaterThan(100).isSorted();
  }

  @Test
  void shouldSayWhereAndWhyWhenAnEventCannotBeWritten() {
    // Given
    TopicSerdes plain = Fixtures.serdes();
    Serde<Exchange> refusing =
        Serdes.serdeFrom(
            (topic, exchange) -> {
              throw new SerializationException("features must be at most 3");
            },
            plain.exchanges().deserializer());
    var serdes =
        new TopicSerdes(
            plain.requests(),
            plain.responses(),
            refusing,
            plain.stored(),
            plain.findings(),
            plain.incidents(),
            plain.baselines(),
            plain.verdicts(),
            plain.policies(),
            plain.actions(),
            exchange -> false);
    List<ReplayDriver.Letter> letters = new ArrayList<>();
    var sinks = new ReplayDriver.Results(f -> {}, i -> {}, b -> {}, letters::add);
    Exchange read = exchange("ann", "r-1", T0, SINGLE_EVENT);

    // When
    try (var driver =
        new ReplayDriver(
            serdes, CountingEngines.every(1), StageSettings.DEFAULT, counters, sinks)) {
      driver.pipe(Halves.stamped(read, new Origin("traffic.jsonl", 0, 17), SINGLE_EVENT));
      driver.finish();
    }

    // Then
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).headers())
        .containsEntry(DeadLetters.REASON, "features must be at most 3")
        .containsEntry(DeadLetters.TOPIC, "traffic.jsonl")
        .containsEntry(DeadLetters.OFFSET, "17");
  }

  @Test
  void shouldNameTheBatchWhenAStageFailsOnIt() {
    // Given: states that cannot be made, which no fence is about
    EngineFactory failing =
        baselines -> {
          Engines good = CountingEngines.every(1).create(baselines);
          return new Engines(
              new FailingCaller(), good.cell(), good.model(), good.book(), good.updates());
        };
    List<ReplayDriver.Letter> letters = new ArrayList<>();
    var sinks = new ReplayDriver.Results(f -> {}, i -> {}, b -> {}, letters::add);
    Exchange read = exchange("ann", "r-1", T0, SINGLE_EVENT);

    // When
    try (var driver =
        new ReplayDriver(Fixtures.serdes(), failing, StageSettings.DEFAULT, counters, sinks)) {
      driver.pipe(Halves.stamped(read, new Origin("traffic.jsonl", 0, 17), SINGLE_EVENT));
      driver.finish();
    }

    // Then
    assertThat(letters).isNotEmpty();
    assertThat(letters.get(0).headers())
        .containsEntry(DeadLetters.TOPIC, "traffic.jsonl")
        .containsEntry(DeadLetters.OFFSET, "17")
        .containsEntry(DeadLetters.STAGE, "caller-stage");
  }

  /** Cannot make a state. */
  private static final class FailingCaller
      implements Engine<CountingEngines.Count, Exchange, CallerOutput> {
    @Override
    public CountingEngines.Count create() {
      throw new IllegalStateException("no state");
    }

    @Override
    public CountingEngines.Count read(DataInput in) {
      throw new IllegalStateException("no state");
    }

    @Override
    public void observe(CountingEngines.Count state, Exchange event, CallerOutput out) {}
  }

  @Test
  void shouldReleaseEarlyWhenTooManyAreHeld() {
    // Given
    List<Exchange> traffic = traffic(300);

    // When
    List<String> results = replay(traffic, 1, 50);

    // Then
    assertThat(results).isNotEmpty();
    assertThat(counters.overflows.sum()).isPositive();
    assertThat(counters.exchanges.sum()).isGreaterThanOrEqualTo(300);
  }

  private List<String> replay(List<Exchange> traffic, int every, int maxHeld) {
    List<String> results = new ArrayList<>();
    var sinks =
        new ReplayDriver.Results(
            f -> results.add(f.subject() + f.timeMicros() + f.summary() + origin(f.samples())),
            i -> results.add(i.incidentId() + i.activity() + i.sequence() + i.timeMicros()),
            b -> {},
            l -> results.add("letter"));
    var d = StageSettings.DEFAULT;
    var limits = new PairingLimits(d.pairing().maxWait(), 100, 100_000, maxHeld);
    var settings =
        new StageSettings(
            d.stores(), limits, d.outbox(), d.outboxFlush(), 4, 4, d.longestException());
    try (var driver =
        new ReplayDriver(
            Fixtures.serdes(), CountingEngines.every(every), settings, counters, sinks)) {
      traffic.forEach(driver::pipe);
      driver.finish();
    }
    return results;
  }

  private static String origin(List<Sample> samples) {
    Origin origin = samples.get(0).origin();
    return " " + origin.topic() + "@" + origin.offset();
  }

  /** Single events, and requests with responses up to two seconds later, of seven callers. */
  private static List<Exchange> traffic(int exchanges) {
    var random = new Random(7);
    List<Exchange> traffic = new ArrayList<>();
    for (int i = 0; i < exchanges; i++) {
      String who = "p" + random.nextInt(7);
      long time = T0 + i / 2 * SECOND / 5; // always two at the same time
      if (random.nextBoolean()) {
        traffic.add(exchange(who, "s" + i, time, SINGLE_EVENT));
      } else {
        String id = "q" + i % 50;
        traffic.add(exchange(who, id, time, REQUEST_ONLY));
        traffic.add(exchange(who, id, time + 1 + random.nextInt(2_000_000), RESPONSE_ONLY));
      }
    }
    traffic.sort(Comparator.comparingLong(Exchange::timeMicros));
    return traffic;
  }

  /** Moves events by less than a span. */
  private static List<Exchange> shuffled(List<Exchange> traffic, long spanMicros) {
    var random = new Random(11);
    List<Map.Entry<Long, Exchange>> keyed = new ArrayList<>();
    for (Exchange e : traffic) {
      keyed.add(Map.entry(e.timeMicros() + (long) (random.nextDouble() * spanMicros), e));
    }
    keyed.sort(Map.Entry.comparingByKey());
    return keyed.stream().map(Map.Entry::getValue).toList();
  }
}
