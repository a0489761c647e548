package io.vedette.stream;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import io.vedette.core.Verdict;
import io.vedette.state.OutboxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * Drives the service's topology over recorded traffic, in-process and without a broker; the same
 * traffic gives the same results, byte for byte.
 *
 * <p>Events are put in order and paired before they enter the topology: inside, what crosses
 * partitions would otherwise interleave with the caller stage as the input happened to arrive. They
 * enter in batches that end where the outboxes of the stages do, by number and stream time.
 */
public final class ReplayDriver implements AutoCloseable {

  private static final String APPLICATION = "replay";
  private static final byte[] TURN = {1};
  private static final int DRAIN_EVERY = 512; // inputs; outputs are few
  private static final Duration END = Duration.ofDays(1); // the stages' sign that a replay ends
  private static final int END_ROUNDS = 3; // held batches, then their findings, then incidents

  private final Topics topics;
  private final TopologyTestDriver driver;
  private final Resequencer resequencer;
  private final TestInputTopic<byte[], byte[]> turns;
  private final TestInputTopic<String, Baseline> baselines;
  private final TestInputTopic<String, Verdict> verdicts;
  private final List<Drain<?>> drains;
  private final Drain<byte[]> letterDrain;
  private final Serde<Exchange> codec;
  private final Predicate<Exchange> plain;
  private final OutboxOptions batching;
  private final Counters counters;
  private final Consumer<Letter> letters;
  private final List<Exchange> batch = new ArrayList<>();
  private final Queue<Verdict> pending = new ArrayDeque<>();
  private long lastMicros = Long.MIN_VALUE;
  private int undrained;
  private boolean ended;

  /**
   * A driver.
   *
   * @param serdes as in the service
   * @param engines as in the service
   * @param settings as in the service; stores and outboxes become ephemeral
   * @param counters counts as in the service
   * @param results takes the results in the order in which they are published
   */
  public ReplayDriver(
      TopicSerdes serdes,
      EngineFactory engines,
      StageSettings settings,
      Counters counters,
      Results results) {
    this(serdes, engines, settings, counters, results, Map.of());
  }

  /**
   * A driver that also gives SIEM views.
   *
   * @param views takes the value of each record of a view
   */
  public ReplayDriver(
      TopicSerdes serdes,
      EngineFactory engines,
      StageSettings settings,
      Counters counters,
      Results results,
      Map<SiemView, Consumer<String>> views) {
    topics = Topics.DEFAULT;
    codec = serdes.exchanges();
    plain = serdes.plain();
    batching = settings.outbox();
    letters = results.letters();
    this.counters = counters;
    var replay = new Replay(() -> batch, () -> lastMicros, () -> ended);
    var topology =
        new VedetteTopology(
            topics,
            serdes,
            engines,
            settings,
            counters,
            Outlets.of(List.copyOf(views.keySet())),
            replay);
    var deadLetters = new DeadLetters(topics.deadLetters(), Integer.MAX_VALUE, counters, () -> 0L);
    Properties config =
        StreamsConfigs.of(APPLICATION, "none:9092", System.getProperty("java.io.tmpdir"))
            .properties(deadLetters);
    config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L); // one thread feeds all topics
    driver = new TopologyTestDriver(topology.build(), config, Instant.EPOCH);
    turns =
        driver.createInputTopic(
            topics.exchanges(), new ByteArraySerializer(), new ByteArraySerializer());
    baselines =
        driver.createInputTopic(
            topics.baselines(), new StringSerializer(), serdes.baselines().serializer());
    verdicts =
        driver.createInputTopic(
            topics.verdicts(), new StringSerializer(), serdes.verdicts().serializer());
    drains = new ArrayList<>(drains(serdes, results));
    letterDrain =
        new Drain<>(
            output(topics.deadLetters(), new ByteArrayDeserializer()),
            record -> letters.accept(letter(record)));
    drains.add(letterDrain);
    views.forEach((view, sink) -> drains.add(values(view.topic(), new StringDeserializer(), sink)));
    resequencer = new Resequencer(settings.pairing(), counters, this::enter);
  }

  /** Where a replay's results go. */
  public record Results(
      Consumer<Finding> findings,
      Consumer<Incident> incidents,
      Consumer<Baseline> baselines,
      Consumer<Letter> letters) {}

  /**
   * A dead letter.
   *
   * @param headers reason and coordinates
   * @param value raw bytes, null when there were none
   */
  public record Letter(Map<String, String> headers, byte @Nullable [] value) {}

  /** Puts a baseline in force before the traffic it is for. */
  public void baseline(Baseline baseline) {
    baselines.pipeInput(baseline.modelKey(), baseline);
  }

  /**
   * Puts a verdict in force: before the traffic for its exception, between events for its incident.
   */
  public void verdict(Verdict verdict) {
    verdicts.pipeInput(verdict.incidentId(), verdict);
  }

  /**
   * Puts verdicts in force as the traffic reaches their times, as if they had been written then.
   * One that is later than the traffic does nothing.
   *
   * @param later in order of time
   */
  public void verdicts(Collection<Verdict> later) {
    pending.addAll(later);
  }

  /** Takes the next recorded event, in any order within the wait. */
  public void pipe(Exchange event) {
    resequencer.accept(event);
  }

  /** Lets go what is held, closes what is due by the last event, and gives the last results. */
  public void finish() {
    resequencer.finish();
    process();
    judge(lastMicros);
    for (int i = 0; i < END_ROUNDS; i++) {
      driver.advanceWallClockTime(END);
    }
    ended = true;
    driver.advanceWallClockTime(END); // now activities that were held for their order go too
    drain();
  }

  @Override
  public void close() {
    driver.close();
  }

  /** Batches end where the ordered traffic says so, never where the input did. */
  private void enter(Exchange exchange) {
    Exchange read = reread(exchange);
    if (read == null) {
      return;
    }
    if (!batch.isEmpty()
        && (batch.size() >= batching.replayEvents()
            || read.timeMicros() - batch.get(0).timeMicros()
                >= batching.replaySpan().toMillis() * 1000L)) {
      process();
    }
    batch.add(read);
  }

  private void process() {
    if (batch.isEmpty()) {
      return;
    }
    judge(batch.get(0).timeMicros()); // at ends of batches, which verdicts must not move
    long last = batch.get(batch.size() - 1).timeMicros();
    lastMicros = Math.max(lastMicros, last);
    Instant time = Instant.ofEpochMilli(Math.max(0, last / 1000));
    turns.pipeInput(new TestRecord<>(Stages.NO_KEY, TURN, time));
    undrained += batch.size();
    letterDrain.run(); // while it is known whose they are
    batch.clear();
    if (undrained >= DRAIN_EVERY) {
      drain();
    }
  }

  private void judge(long nowMicros) {
    for (Verdict next = pending.peek();
        next != null && next.timeMicros() <= nowMicros;
        next = pending.peek()) {
      verdict(pending.remove());
    }
  }

  /**
   * The exchange as the service would read it from its topic, with the origin and pairing that
   * topics do not carry; null when it cannot be written, which is a dead letter.
   */
  private @Nullable Exchange reread(Exchange exchange) {
    if (plain.test(exchange)) {
      return exchange; // two fifths of all allocation went into bytes that say the same
    }
    try {
      byte[] bytes = codec.serializer().serialize(topics.exchanges(), exchange);
      Exchange read = codec.deserializer().deserialize(topics.exchanges(), bytes);
      return Halves.stamped(read, exchange.origin(), exchange.pairing());
    } catch (RuntimeException e) {
      counters.deadLetters.increment();
      letters.accept(
          new Letter(
              Map.of(
                  DeadLetters.REASON, DeadLetters.reason(e),
                  DeadLetters.ERROR_CLASS, e.getClass().getName(),
                  DeadLetters.TOPIC, exchange.origin().topic(),
                  DeadLetters.OFFSET, Long.toString(exchange.origin().offset()),
                  DeadLetters.STAGE, "write"),
              null));
      return null;
    }
  }

  private void drain() {
    undrained = 0;
    drains.forEach(Drain::run);
  }

  private List<Drain<?>> drains(TopicSerdes serdes, Results results) {
    var bytes = new ByteArrayDeserializer();
    Consumer<TestRecord<byte[], byte[]>> nobody = record -> {};
    return List.of(
        values(topics.findings(), serdes.findings().deserializer(), results.findings()),
        values(topics.incidents(), serdes.incidents().deserializer(), results.incidents()),
        values(topics.baselines(), serdes.baselines().deserializer(), results.baselines()),
        new Drain<>(output(APPLICATION + "-cells-repartition", bytes), nobody),
        new Drain<>(output(APPLICATION + "-updates-repartition", bytes), nobody));
  }

  private <V> Drain<V> values(String topic, Deserializer<V> values, Consumer<V> sink) {
    return new Drain<>(output(topic, values), record -> sink.accept(record.value()));
  }

  private <V> TestOutputTopic<byte[], V> output(String topic, Deserializer<V> values) {
    return driver.createOutputTopic(topic, new ByteArrayDeserializer(), values);
  }

  /**
   * A letter about a batch has the coordinates of its first event, not of the mark for its turn.
   */
  private Letter letter(TestRecord<byte[], byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    if (!batch.isEmpty() && topics.exchanges().equals(headers.get(DeadLetters.TOPIC))) {
      Origin first = batch.get(0).origin();
      headers.put(DeadLetters.TOPIC, first.topic());
      headers.put(DeadLetters.PARTITION, Integer.toString(first.partition()));
      headers.put(DeadLetters.OFFSET, Long.toString(first.offset()));
    }
    return new Letter(headers, record.value());
  }

  /** Empties one output of the driver, which otherwise keeps every record. */
  private record Drain<V>(TestOutputTopic<byte[], V> output, Consumer<TestRecord<byte[], V>> sink) {
    void run() {
      while (!output.isEmpty()) {
        sink.accept(output.readRecord());
      }
    }
  }
}
