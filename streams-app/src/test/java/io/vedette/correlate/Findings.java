package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings for tests. */
final class Findings {

  static final long MINUTE = 60_000_000L;
  static final long DAY = 86_400_000_000L;

  private Findings() {}

  static Finding caller(String detector, String principal, long time, double log10) {
    return of(detector, Scope.CALLER, principal, List.of(principal), time, log10, Maturity.STABLE);
  }

  static Finding incubating(String detector, String principal, long time, double log10) {
    return of(
        detector, Scope.CALLER, principal, List.of(principal), time, log10, Maturity.INCUBATING);
  }

  /** A cell shared by many has no principal of its own. */
  static Finding cell(String cell, List<String> members, long time, double log10) {
    String only = members.size() == 1 ? members.get(0) : null;
    Finding f = of("evasion", Scope.CELL, only, members, time, log10, Maturity.STABLE);
    return new Finding(
        f.detector(),
        f.scope(),
        "cell:" + cell,
        f.tenant(),
        f.principal(),
        f.principals(),
        f.model(),
        f.timeMicros(),
        f.firstSeenMicros(),
        f.score(),
        f.logEvidence(),
        f.exchanges(),
        f.maturity(),
        f.severity(),
        f.techniques(),
        f.evidence(),
        f.samples(),
        f.summary(),
        f.attributes());
  }

  static Finding model(long time, double log10) {
    return of("drift", Scope.MODEL, null, List.of(), time, log10, Maturity.STABLE);
  }

  private static Finding of(
      String detector,
      Scope scope,
      @Nullable String principal,
      List<String> members,
      long time,
      double log10,
      Maturity maturity) {
    return new Finding(
        detector,
        scope,
        scope == Scope.MODEL ? "model:loan" : "acme|" + principal,
        scope == Scope.MODEL ? "" : "acme",
        principal,
        members,
        new ModelRef("loan", "1", null),
        time,
        time - MINUTE,
        0.5,
        log10,
        17,
        maturity,
        scope == Scope.MODEL ? Severity.MEDIUM : Severity.HIGH,
        scope == Scope.MODEL ? List.of() : List.of(new Technique("T-" + detector, detector)),
        List.of(
            new Measurement("a", 0.5, "1", 0.1),
            new Measurement("b", 0.4, "1", 0.1),
            new Measurement("c", 0.3, "1", 0.1),
            new Measurement("d", 0.2, "1", Double.NaN)),
        scope == Scope.MODEL
            ? List.of()
            : List.of(new Sample("r-" + time, new Origin("requests", 3, time))),
        "summary of " + detector + " at " + time,
        Map.of());
  }
}
