package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Exchange.Pairing;
import io.vedette.lab.AttackKind;
import io.vedette.lab.DriftStream;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * {@link Attacks} of which two come in halves, and another model whose inputs drift.
 *
 * <p>A response comes so late that some twenty requests of its caller wait, and every fifth one,
 * whose writer's clock is behind, before its request.
 *
 * <p>What a window of the model holds depends on when its tasks commit, unless its rows leave no
 * choice. So they are read by one task, and come in two bursts too short to fill a window, each of
 * which is closed by one row that has the time before and after it to itself.
 */
final class KillTraffic {

  /** The model whose inputs drift. */
  static final String DRIFTING = "churn";

  /** Rows that are counted and never closed. */
  static final int OPEN_AT_THE_END = 60;

  private static final Set<String> IN_HALVES =
      Set.of(AttackKind.UNIFORM_RANGE.id(), AttackKind.NES.id());
  private static final int FIRST_ANSWERS = 5; // one of so many responses comes first
  private static final long AHEAD = 5_000_000; // microseconds, as all below
  private static final long LATER = 250_000_000;

  private static final int CALLERS = 12; // each one's share is below what a pane takes of a caller
  private static final int BURST = 540; // a window has 500 rows ...
  private static final long BURST_SPAN = 8_000_000; // ... over ten seconds
  private static final long CLOSES_AFTER = 20_000_000;
  private static final long FIRST_BURST = 500_000_000; // when the attacks are under way
  private static final long BETWEEN_BURSTS = 330_000_000; // a drift is told every five minutes
  private static final int CLEAN = 100; // rows, then the inputs shift
  private static final int DRIFT_PARTITION = 0;

  private final Attacks attacks;
  private final Settings settings;
  private final List<Baseline> baselines = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private int answers;

  /** A record, in order of its event's time. */
  private record Sent(String topic, @Nullable Integer partition, Exchange exchange) {}

  KillTraffic(Settings settings) {
    this.settings = settings;
    this.attacks = new Attacks(settings);
    baselines.addAll(attacks.baselines());
    attacks.live().forEach(this::attack);
    drift(attacks.live().get(0).timeMicros());
    sent.sort(Comparator.comparingLong(s -> s.exchange().timeMicros()));
  }

  void publishBaselines() throws InterruptedException {
    new BaselinePublisher(settings).publish(baselines);
  }

  /** Writes all at once, each topic in order of time. */
  void produce() {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            settings.kafka().bootstrapServers(),
            "linger.ms",
            "20",
            "batch.size", // a fetch has one at least; its records go before those of other topics
            "4096");
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var producer =
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      Map<String, Serializer<Exchange>> serializers =
          Map.of(
              settings.topics().requests(), wire.requests().serializer(),
              settings.topics().responses(), wire.responses().serializer(),
              settings.topics().exchanges(), wire.exchanges().serializer());
      for (Sent s : sent) {
        byte[] value = serializers.get(s.topic()).serialize(s.topic(), s.exchange());
        String key = s.exchange().caller().key();
        producer.send(new ProducerRecord<>(s.topic(), s.partition(), key, value));
      }
    }
  }

  private void attack(Exchange e) {
    if (!IN_HALVES.contains(e.caller().principal())) {
      sent.add(new Sent(settings.topics().exchanges(), null, e));
      return;
    }
    boolean first = ++answers % FIRST_ANSWERS == 0;
    long answered = first ? e.timeMicros() - AHEAD : e.timeMicros() + LATER;
    Exchange request = at(e, e.timeMicros(), Pairing.REQUEST_ONLY);
    Exchange response = at(e, answered, Pairing.RESPONSE_ONLY);
    sent.add(new Sent(settings.topics().requests(), null, request));
    sent.add(new Sent(settings.topics().responses(), null, response));
  }

  private void drift(long from) {
    Site site = World.CHURN.build();
    var learner = new BaselineCommand.Learner(new Wiring(settings));
    DriftStream.clean(site, CALLERS, 2400).scenario(3, Duration.ofHours(1)).forEach(learner::learn);
    baselines.addAll(learner.finish().values());
    var rows =
        DriftStream.shift(site, CALLERS, 2400, 1, 6, CLEAN)
            .scenario(4, Duration.ofHours(1))
            .iterator();
    for (int burst = 0; burst < 3; burst++) {
      long start = from + FIRST_BURST + burst * BETWEEN_BURSTS;
      boolean last = burst == 2;
      for (int i = 0; i < (last ? OPEN_AT_THE_END : BURST); i++) {
        row(rows.next(), start + i * BURST_SPAN / BURST);
      }
      if (!last) {
        row(rows.next(), start + CLOSES_AFTER);
      }
    }
  }

  private void row(Exchange e, long timeMicros) {
    Exchange moved = at(e, timeMicros, e.pairing());
    sent.add(new Sent(settings.topics().exchanges(), DRIFT_PARTITION, moved));
  }

  private static Exchange at(Exchange e, long timeMicros, Pairing pairing) {
    return new Exchange(
        e.requestId(),
        e.caller(),
        e.model(),
        timeMicros,
        e.input(),
        e.answers(),
        e.text(),
        e.finishReason(),
        e.status(),
        e.latencyMicros(),
        e.inputTokens(),
        e.outputTokens(),
        e.sessionId(),
        e.subjectId(),
        e.auth(),
        e.groups(),
        e.parameters(),
        pairing,
        e.origin());
  }
}
