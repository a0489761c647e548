package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.lab.AttackKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import io.vedette.wire.WireSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Five attackers among benign callers: traffic of which it is known what is found in it. */
final class Attacks {

  /** The attacker who is found by the caller stage and by the cell stage. */
  static final AttackKind FOUND_TWICE = AttackKind.LINE_BISECTION;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant FROM = Scenario.START.plus(HOUR);

  private final List<Exchange> live = new ArrayList<>();
  private final List<Baseline> baselines;

  /** Plays them among ten benign callers, and learns the baselines under some settings. */
  Attacks(Settings settings) {
    this(settings, 10, 2000);
  }

  /**
   * Plays them.
   *
   * @param callers benign callers
   * @param rows exchanges of these in the hour that is learnt from
   */
  Attacks(Settings settings, int callers, int rows) {
    Scenario scenario = scenario(callers, rows);
    var learner = new BaselineCommand.Learner(new Wiring(settings));
    for (Exchange exchange : scenario) {
      if (exchange.timeMicros() < Wiring.micros(scenario.learnUntil())) {
        learner.learn(exchange);
      } else {
        live.add(exchange);
      }
    }
    baselines = List.copyOf(learner.finish().values());
  }

  private static Scenario scenario(int callers, int rows) {
    var site = World.LOAN.build();
    Scenario.Builder play =
        Scenario.of(17).learning(site, "acme", callers, rows, HOUR, FROM.plusSeconds(1200));
    List<AttackKind> kinds =
        List.of(
            AttackKind.UNIFORM_RANGE,
            AttackKind.LATIN_HYPERCUBE,
            AttackKind.QEBA,
            FOUND_TWICE,
            AttackKind.NES);
    for (AttackKind kind : kinds) {
      List<CallerId> account = List.of(new CallerId("acme", kind.id()));
      play.add(Participant.attack(kind, account, site, 5, 100, Pace.poisson(360), FROM));
    }
    return play.build();
  }

  /** Exchanges after the learning. */
  List<Exchange> live() {
    return live;
  }

  List<Baseline> baselines() {
    return baselines;
  }

  /** How many exchanges come after the learning. */
  int size() {
    return live.size();
  }

  void publishBaselines(Settings settings) throws InterruptedException {
    new BaselinePublisher(settings).publish(baselines);
  }

  /**
   * Writes the exchanges to their topic.
   *
   * @param perSecond how fast, by the wall clock; infinite for at once
   */
  void produce(Settings settings, double perSecond) {
    Map<String, Object> config = new HashMap<>(settings.kafka().properties());
    config.put("bootstrap.servers", settings.kafka().bootstrapServers());
    config.put("acks", "all");
    String topic = settings.topics().exchanges();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var producer =
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      long start = System.nanoTime();
      for (int i = 0; i < live.size(); i++) {
        long due = start + (long) (i / perSecond * 1e9);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        Exchange exchange = live.get(i);
        byte[] value = wire.exchanges().serializer().serialize(topic, exchange);
        producer.send(new ProducerRecord<>(topic, exchange.caller().key(), value));
      }
    }
  }
}
