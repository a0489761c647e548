package io.vedette.app.board;

import io.vedette.app.Settings;
import io.vedette.app.Wiring;
import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.lab.board.Accusation;
import io.vedette.lab.board.Product;
import io.vedette.stream.EngineFactory;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** The service, with its default settings, as the scoreboard's product. */
final class Vedette implements Product {

  @Override
  public Learned learn(Iterable<Exchange> clean, long untilMicros) {
    Instant until = Instant.ofEpochSecond(0, 1_000 * untilMicros);
    EngineFactory factory = new Wiring(Settings.defaults().learnUntil(until)).engines();
    ServiceRun run = new ServiceRun(factory, Map.of(), finding -> {}, incident -> {});
    clean.forEach(run::accept);
    Map<String, Baseline> baselines = run.baselines();
    if (baselines.isEmpty()) {
      throw new IllegalStateException("clean traffic must end in a baseline, there was none");
    }
    return accusations ->
        new ServiceRun(factory, baselines, finding -> {}, incident -> tell(incident, accusations))
            ::accept;
  }

  /** A closing accuses nobody anew. */
  private static void tell(Incident incident, Consumer<Accusation> accusations) {
    if (incident.activity() != Incident.Activity.CLOSE) {
      accusations.accept(of(incident));
    }
  }

  private static Accusation of(Incident incident) {
    return new Accusation(
        incident.timeMicros(),
        incident.activity() == Incident.Activity.CREATE,
        incident.principals(),
        incident.detectors(),
        incident.title());
  }
}
