package io.vedette.app.bench;

import io.vedette.app.Settings;
import io.vedette.app.Wiring;
import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.stream.Counters;
import io.vedette.stream.ReplayDriver;
import io.vedette.stream.TopicSerdes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What a model's service learns from its first exchanges. */
final class FirstBaseline {

  private static final int LEARNT = 20_000; // exchanges

  private FirstBaseline() {}

  /** Takes the first exchanges and learns from them, through the topology as a replay does. */
  static Baseline of(Settings settings, TopicSerdes serdes, Iterator<Exchange> exchanges) {
    List<Exchange> clean = new ArrayList<>(LEARNT);
    while (clean.size() < LEARNT) {
      clean.add(exchanges.next());
    }
    Exchange last = clean.get(LEARNT - 1);
    Wiring wiring =
        new Wiring(settings.learnUntil(Instant.EPOCH.plus(last.timeMicros(), ChronoUnit.MICROS)));
    List<Baseline> learnt = new ArrayList<>();
    var results = new ReplayDriver.Results(f -> {}, i -> {}, learnt::add, l -> {});
    try (var driver =
        new ReplayDriver(serdes, wiring.engines(), wiring.stages(), new Counters(), results)) {
      clean.forEach(driver::pipe);
      driver.finish();
    }
    return learnt.stream()
        .filter(Baseline::finished)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no baseline was learnt"));
  }
}
