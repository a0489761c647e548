package io.vedette.edge.http;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import io.vedette.edge.http.login.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What the edge shows in tests, and the incidents and findings of them. */
final class TestSources {

  static final long START = 1_772_355_600_000_000L;

  final RecentIncidents incidents = new RecentIncidents();
  final Dossiers dossiers = new Dossiers(100);
  final Judgements judgements = new Judgements();
  final List<Judgement> written = new ArrayList<>();
  final AtomicReference<Health> health =
      new AtomicReference<>(new Health(true, true, true, "running"));
  Supplier<String> metrics = () -> "vedette_exchanges_total 3\n";

  HttpSources sources() {
    return new HttpSources(
        health::get,
        metrics,
        () -> "[{\"id\":\"drift\"}]",
        incidents,
        dossiers,
        judgements,
        i -> "{\"incidentId\":\"" + i.incidentId() + "\"}",
        detector -> "https://runbooks.example/" + detector,
        Duration.ofDays(90),
        judgement -> {
          written.add(judgement);
          judgements.accept(judgement);
        });
  }

  /** Health and metrics on a port of their own. */
  static HttpConfig apart(int managementPort) {
    return new HttpConfig(
        "127.0.0.1", 0, "127.0.0.1", managementPort, null, Access.OPEN, true, 10_000);
  }

  static Incident incident(String id, int sequence, String title) {
    return incident(id, sequence, title, Severity.HIGH, List.of("p/\u00e4"));
  }

  static Incident incident(
      String id, int sequence, String title, Severity severity, List<String> principals) {
    return new Incident(
        id,
        sequence == 0 ? Incident.Activity.CREATE : Incident.Activity.UPDATE,
        sequence,
        START + sequence,
        START,
        START,
        START,
        "acme",
        principals,
        "m",
        List.of("extraction"),
        List.of(new Technique("AML.T0024.002", "Extract AI Model")),
        severity,
        0.9,
        80,
        7,
        1200,
        title,
        "summary",
        List.of(new Measurement("coverage", 0.5 + sequence, "1", 0.1)),
        List.of(),
        null);
  }

  static Finding finding(String principal, String model, long timeMicros, double logEvidence) {
    return new Finding(
        "extraction",
        Scope.CALLER,
        "acme|" + principal,
        "acme",
        principal,
        List.of(),
        new ModelRef(model, "1", ""),
        timeMicros,
        timeMicros,
        0.5,
        logEvidence,
        100,
        Maturity.STABLE,
        Severity.HIGH,
        List.of(),
        List.of(),
        List.of(),
        "summary",
        Map.of());
  }
}
