package io.vedette.app.board;

import io.vedette.app.Settings;
import io.vedette.app.Wiring;
import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.core.Payload;
import io.vedette.detect.membership.Fingerprints;
import io.vedette.lab.Row;
import io.vedette.lab.Site;
import io.vedette.lab.board.Accusation;
import io.vedette.lab.board.Product;
import io.vedette.stream.EngineFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The service as the scoreboard's product: with its default settings, or with what a model's owner
 * may tell it besides.
 *
 * @param registered whether the sensitive feature is marked and training rows are registered
 */
record Vedette(boolean registered) implements Product {

  private static final String SECRET = "the secret of the scoreboard";

  @Override
  public Learned learn(Site site, Iterable<Exchange> clean, long untilMicros) {
    if (!registered) {
      return learn(clean, untilMicros);
    }
    String model = site.victim().model().name();
    int sensitive = site.sensitive();
    Settings settings =
        Settings.defaults().marking(sensitive < 0 ? List.of() : List.of(model + ':' + sensitive));
    Fingerprints.Builder fingerprints = new Fingerprints.Builder(SECRET);
    for (Row row : site.training()) {
      int columns = row.x().length;
      fingerprints.add(
          model,
          new Payload.Features(row.x(), 1, columns, site.population().shape(), List.of(), false),
          false);
    }
    return learn(settings, fingerprints.build(), clean, untilMicros);
  }

  @Override
  public Learned learn(Iterable<Exchange> clean, long untilMicros) {
    return learn(Settings.defaults(), Fingerprints.NONE, clean, untilMicros);
  }

  private static Learned learn(
      Settings settings, Fingerprints fingerprints, Iterable<Exchange> clean, long untilMicros) {
    Instant until = Instant.ofEpochSecond(0, 1_000 * untilMicros);
    EngineFactory factory = new Wiring(settings.learnUntil(until), fingerprints).engines();
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
        incident.title() + ": " + incident.summary());
  }
}
