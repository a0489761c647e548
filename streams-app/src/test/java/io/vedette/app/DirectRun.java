package io.vedette.app;

import io.vedette.app.board.ServiceRun;
import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The service's engines on exchanges, without Kafka, keeping what comes out. */
final class DirectRun {

  final List<Finding> findings = new ArrayList<>();
  final List<Incident> incidents = new ArrayList<>();
  private final ServiceRun run;

  /** A run that learns until then; {@link Long#MIN_VALUE} for until rows suffice. */
  DirectRun(long learnUntilMicros) {
    this(learnUntilMicros, Map.of());
  }

  private DirectRun(long learnUntilMicros, Map<String, Baseline> baselines) {
    Settings settings = Settings.defaults();
    if (learnUntilMicros != Long.MIN_VALUE) {
      settings = settings.learnUntil(Instant.ofEpochSecond(0, 1_000 * learnUntilMicros));
    }
    run = new ServiceRun(new Wiring(settings).engines(), baselines, findings::add, incidents::add);
  }

  /** A run in which this baseline is in force from the start. */
  static DirectRun with(Baseline baseline, long learnUntilMicros) {
    return new DirectRun(learnUntilMicros, Map.of(baseline.modelKey(), baseline));
  }

  void accept(Exchange exchange) {
    run.accept(exchange);
  }

  Map<String, Baseline> baselines() {
    return run.baselines();
  }
}
