package io.vedette.edge.siem;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.IncidentDetails;
import io.vedette.core.IncidentStage;
import io.vedette.core.Maturity;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import io.vedette.core.TraceId;
import io.vedette.core.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Incidents and findings that the tests of this package render. */
final class SiemCases {

  static final long T0 = 1_772_355_600_000_000L; // 2026-03-01T09:00:00Z, microseconds
  static final long MINUTE = 60_000_000L;
  static final SiemOptions OPTIONS =
      new SiemOptions(
          "0.1.0",
          "1.8.0",
          "soc-tier1",
          "https://soc.example.com/runbooks/{detector}",
          "https://soc.example.com/incidents/{incident}");

  static final RecordLink LINK =
      new RecordLink("0@1772355600000", 7, "ab".repeat(32), "0.1.0 9f2c", "cd".repeat(32));

  private static final List<Measurement> EXTRACTION =
      List.of(
          new Measurement("novel_share", 41.0 / 60, "1", 0.1),
          new Measurement("bisection_share", 0.0166, "1", 0.02),
          new Measurement("distinct_queries", 60, "{query}", Double.NaN));

  /**
   * One thing to render.
   *
   * @param name name of its golden files
   */
  record Case(String name, Incident incident, @Nullable Finding cause, @Nullable RecordLink link) {
    Case(String name, Incident incident, @Nullable Finding cause) {
      this(name, incident, cause, null);
    }
  }

  private SiemCases() {}

  static List<Case> all() {
    return List.of(
        new Case("extraction-create", extraction(Activity.CREATE, null), extractionFinding()),
        new Case("extraction-close", extraction(Activity.CLOSE, "no further finding"), null),
        new Case("evasion-campaign", campaign(), campaignFinding()),
        new Case("extraction-judged", judged(), null),
        new Case("extraction-with-evasion", spokenFor(), evasionFinding(), LINK),
        new Case("drift", drift(), driftFinding()),
        new Case("hostile", hostile("</script>\u202e=cmd|' /C calc'!A0\r\n\u001b[2J"), null));
  }

  static Incident extraction(Activity activity, @Nullable String reason) {
    return new Incident(
        "inc-00a1b2c3d4e5f607",
        activity,
        activity == Activity.CREATE ? 0 : 4,
        T0 + (activity == Activity.CREATE ? 5 : 65) * MINUTE,
        T0 + 5 * MINUTE,
        T0,
        T0 + 5 * MINUTE,
        "acme",
        List.of("svc-partner-17"),
        "credit-risk",
        List.of("extraction"),
        List.of(
            new Technique("AML.T0024.002", "Exfiltration via AI Inference API: Extract AI Model")),
        Severity.HIGH,
        0.9312,
        77.2,
        5.13,
        60,
        "Model extraction by svc-partner-17 on credit-risk",
        "41 of 60 distinct queries lie far from the model's usual inputs and far from one another,"
            + " as sampling of the input space does",
        EXTRACTION,
        List.of(
            new Sample("r-17", new Origin("inference.requests", 3, 90_311_822)),
            new Sample(
                "r-29",
                new Origin("inference.requests", 3, 90_311_901),
                TraceId.parse("7c1f9a0e5d3b48269a7e1c0d2f4b6a88"))),
        reason);
  }

  /** A closed one with all that an incident can say. */
  private static Incident judged() {
    Incident i = extraction(Activity.CLOSE, "judged false positive by ana");
    return detailed(
        i,
        i.detectors(),
        i.techniques(),
        details(12, 3, 61, 1, "inc-0000000000000001", Verdict.Kind.FALSE_POSITIVE));
  }

  /** An update of the first one: evasion has joined, extraction still speaks. */
  private static Incident spokenFor() {
    Incident i = extraction(Activity.UPDATE, null);
    Technique crafting =
        new Technique("AML.T0043.001", "Craft Adversarial Data: Black-Box Optimization");
    return detailed(
        i,
        List.of("extraction", "evasion"),
        List.of(i.techniques().get(0), crafting),
        details(140, 0, 1, 0, null, null));
  }

  static IncidentDetails details(
      int findings,
      int suppressed,
      int members,
      int reopened,
      @Nullable String campaign,
      Verdict.@Nullable Kind verdict) {
    return new IncidentDetails(
        findings,
        suppressed,
        members,
        reopened,
        List.of(IncidentStage.EXTRACTION, IncidentStage.CRAFTING),
        campaign,
        campaign == null ? List.of() : List.of("inc-0000000000000002"),
        verdict,
        List.of("one feature moved at a time"),
        List.of("Ask the owner."),
        "https://runbooks.example/extraction");
  }

  static Incident detailed(
      Incident i, List<String> detectors, List<Technique> techniques, IncidentDetails details) {
    return new Incident(
        i.incidentId(),
        i.activity(),
        i.sequence(),
        i.timeMicros(),
        i.openedAtMicros(),
        i.firstSeenMicros(),
        i.lastSeenMicros(),
        i.tenant(),
        i.principals(),
        i.model(),
        detectors,
        techniques,
        i.severity(),
        i.confidence(),
        i.riskScore(),
        i.logEvidence(),
        i.exchanges(),
        i.title(),
        i.summary(),
        i.evidence(),
        i.samples(),
        i.closeReason(),
        details);
  }

  private static Finding evasionFinding() {
    Incident incident = campaign();
    return finding(
        incident,
        Scope.CALLER,
        "acme|svc-partner-17",
        "svc-partner-17",
        new ModelRef("credit-risk", "3.2.1", "sha256:9f2c"));
  }

  static Finding extractionFinding() {
    Incident incident = extraction(Activity.CREATE, null);
    return finding(
        incident,
        Scope.CALLER,
        "acme|svc-partner-17",
        "svc-partner-17",
        new ModelRef("credit-risk", "3.2.1", "sha256:9f2c"));
  }

  private static Finding finding(
      Incident from, Scope scope, String subject, @Nullable String principal, ModelRef model) {
    return new Finding(
        from.detectors().get(0),
        scope,
        subject,
        from.tenant(),
        principal,
        from.principals(),
        model,
        from.timeMicros(),
        from.firstSeenMicros(),
        0.64,
        from.logEvidence(),
        from.exchanges(),
        Maturity.STABLE,
        from.severity(),
        from.techniques(),
        from.evidence(),
        from.samples(),
        from.summary(),
        Map.of("mechanism", "novelty"));
  }

  private static Incident campaign() {
    return new Incident(
        "inc-1111222233334444",
        Activity.UPDATE,
        2,
        T0 + 40 * MINUTE,
        T0 + 30 * MINUTE,
        T0,
        T0 + 40 * MINUTE,
        "acme",
        List.of("bot-1", "bot-2", "bot-3"),
        "face-match",
        List.of("evasion", "extraction"),
        List.of(
            new Technique("AML.T0015", "Evade AI Model"),
            new Technique("AML.T0043.001", "Craft Adversarial Data: Black-Box Optimization")),
        Severity.CRITICAL,
        1,
        100,
        Double.POSITIVE_INFINITY,
        412,
        "Black-box evasion by 3 accounts on face-match",
        "40 near copies of one input from 3 accounts disagree on its label 17 times, as probes of a"
            + " decision boundary do",
        List.of(
            new Measurement("minority_label_share", 0.425, "1", 0.05),
            new Measurement("near_copies", 40, "{query}", Double.NaN)),
        List.of(),
        null);
  }

  private static Finding campaignFinding() {
    return finding(campaign(), Scope.CELL, "cell:7fa3", null, new ModelRef("face-match", "", null));
  }

  static Incident drift() {
    return new Incident(
        "inc-5555666677778888",
        Activity.CREATE,
        0,
        T0,
        T0,
        T0 - 90 * MINUTE,
        T0,
        "",
        List.of(),
        "credit-risk",
        List.of("drift"),
        List.of(),
        Severity.MEDIUM,
        0.72,
        51.6,
        3.9,
        4000,
        "Drift on credit-risk",
        "2 of 12 columns differ from the clean traffic",
        List.of(
            new Measurement("mean_shift_income", 0.81, "{sd}", 0.15),
            new Measurement("rows_in_window", 500, "{row}", Double.NaN)),
        List.of(),
        null);
  }

  private static Finding driftFinding() {
    return finding(
        drift(),
        Scope.MODEL,
        "model:credit-risk",
        null,
        new ModelRef("credit-risk", "3.2.1", null));
  }

  /** An incident in which every text that outsiders choose is this one. */
  static Incident hostile(String text) {
    return hostile(text, Activity.CLOSE);
  }

  static Incident hostile(String text, Activity activity) {
    return new Incident(
        "inc-9999aaaabbbbcccc",
        activity,
        1,
        T0,
        T0,
        T0,
        T0,
        text,
        List.of(text),
        text,
        List.of("extraction", text),
        List.of(new Technique(text, text)),
        Severity.LOW,
        0.2,
        20,
        1,
        1,
        "Model extraction by " + text + " on " + text,
        text,
        List.of(new Measurement(text, 1e300, text, -1e-300)),
        List.of(new Sample(text, new Origin(text, -1, -1))),
        text);
  }

  static Finding hostileFinding(String text) {
    return finding(
        hostile(text), Scope.CALLER, text, text, new ModelRef(text, text, "sha256:" + text));
  }
}
