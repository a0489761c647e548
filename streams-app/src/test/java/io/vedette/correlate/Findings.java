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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings for tests. */
final class Findings {

  static final long MINUTE = 60_000_000L;
  static final long DAY = 86_400_000_000L;

  /** Detectors by their names. */
  static final Map<String, Advice> NAMES =
      Map.of(
          "extraction", named("Model extraction"),
          "evasion", named("Black-box evasion"),
          "drift", named("Drift"));

  private Findings() {}

  private static Advice named(String title) {
    return new Advice(title, List.of(), List.of(), "");
  }

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
    return copy(f, "cell:" + cell, f.severity(), f.techniques(), f.samples());
  }

  private static Finding copy(
      Finding f,
      String subject,
      Severity severity,
      List<Technique> techniques,
      List<Sample> samples) {
    return new Finding(
        f.detector(),
        f.scope(),
        subject,
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
        severity,
        techniques,
        f.evidence(),
        samples,
        f.summary(),
        f.attributes());
  }

  private static Finding moved(Finding f, String tenant, ModelRef model, long firstSeen) {
    return new Finding(
        f.detector(),
        f.scope(),
        f.subject(),
        tenant,
        f.principal(),
        f.principals(),
        model,
        f.timeMicros(),
        firstSeen,
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

  /** The same finding, of a subject that was seen since another time. */
  static Finding since(Finding f, long firstSeen) {
    return moved(f, f.tenant(), f.model(), firstSeen);
  }

  /** The same finding on another model. */
  static Finding on(String model, Finding f) {
    return moved(f, f.tenant(), new ModelRef(model, "1", null), f.firstSeenMicros());
  }

  /** The same finding, over several tenants or of a source that names none. */
  static Finding ofNoTenant(Finding f) {
    return moved(f, "", f.model(), f.firstSeenMicros());
  }

  /** The same finding without exemplars. */
  static Finding withoutSamples(Finding f) {
    return copy(f, f.subject(), f.severity(), f.techniques(), List.of());
  }

  /** The same finding with another severity. */
  static Finding with(Finding f, Severity severity) {
    return copy(f, f.subject(), severity, f.techniques(), f.samples());
  }

  /** The same finding with one technique. */
  static Finding with(Finding f, String technique) {
    return copy(
        f, f.subject(), f.severity(), List.of(new Technique(technique, technique)), f.samples());
  }

  /** The page that its bytes say. */
  static Page reread(Page page) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      page.write(new DataOutputStream(bytes));
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      Page read = Page.read(in);
      if (in.available() > 0) {
        throw new AssertionError("bytes are left over");
      }
      return read;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Accounts that act alike, as the detector of new accounts names them. */
  static Finding group(String detector, List<String> members, long time, double log10) {
    Finding f = of(detector, Scope.MODEL, null, members, time, log10, Maturity.STABLE);
    return copy(f, "cohort:loan", Severity.HIGH, f.techniques(), f.samples());
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
        members.isEmpty() ? "" : "acme",
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
