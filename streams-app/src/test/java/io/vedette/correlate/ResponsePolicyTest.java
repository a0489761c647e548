package io.vedette.correlate;

import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Action;
import io.vedette.core.Incident;
import io.vedette.core.IncidentDetails;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResponsePolicyTest {

  private static final ResponsePolicy POLICY =
      new ResponsePolicy(
          Set.of("extraction"),
          60 * MINUTE,
          Map.of(Action.Kind.LABEL_ONLY, 0.8, Action.Kind.THROTTLE, 0.99));

  private static final ResponsePolicy.Known NOTHING = key -> null;

  private final Map<String, Action> known = new HashMap<>();
  private final List<Incident> out = new ArrayList<>();
  private final Desk<Page> desk = new Desk<>(new IncidentBook(Alerting.defaults(), 1), out::add);

  @Test
  void shouldGradeByConfidenceWhenADetectorIsListed() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 4.5));
    desk.observe(Findings.caller("extraction", "eve", 2 * MINUTE, 5.7));
    desk.observe(Findings.caller("extraction", "eve", 3 * MINUTE, 20));

    // When
    List<List<Action.Kind>> kinds = new ArrayList<>();
    for (Incident incident : out) {
      kinds.add(POLICY.advise(incident, NOTHING).stream().map(a -> a.action().kind()).toList());
    }

    // Then
    assertThat(kinds)
        .containsExactly(List.of(), List.of(Action.Kind.LABEL_ONLY), List.of(Action.Kind.THROTTLE));
    assertThat(POLICY.advise(out.get(2), NOTHING))
        .containsExactly(
            new ResponsePolicy.Advised(
                "acme|eve",
                new Action(
                    "acme",
                    "eve",
                    "loan",
                    Action.Kind.THROTTLE,
                    out.get(2).incidentId(),
                    1,
                    3 * MINUTE,
                    63 * MINUTE)));
  }

  @Test
  void shouldAdviseNothingWhenNoDetectorIsListed() {
    // When
    desk.observe(Findings.caller("evasion", "eve", MINUTE, 20));

    // Then
    assertThat(POLICY.advise(out.get(0), NOTHING)).isEmpty();
    assertThat(ResponsePolicy.OFF.advise(out.get(0), NOTHING)).isEmpty();
  }

  @Test
  void shouldLiftWhenAVerdictSaysThatNothingWasWrong() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 20));
    String id = out.get(0).incidentId();
    follow(out.get(0));

    // When
    desk.judge(new Verdict(id, Verdict.Kind.TRUE_POSITIVE, "ana", "", 2, null, null));
    desk.judge(new Verdict(id, Verdict.Kind.FALSE_POSITIVE, "ana", "", 3, null, null));

    // Then
    assertThat(POLICY.advise(out.get(1), known::get)).isEmpty();
    assertThat(POLICY.advise(out.get(2), known::get))
        .containsExactly(new ResponsePolicy.Advised("acme|eve", null));
    assertThat(POLICY.advise(out.get(2), NOTHING)).isEmpty();
  }

  @Test
  void shouldLetItLapseWhenTheIncidentFallsSilent() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 20));
    follow(out.get(0));

    // When
    desk.tick(Findings.DAY);

    // Then
    assertThat(out).hasSize(2);
    assertThat(POLICY.advise(out.get(1), known::get)).isEmpty();
  }

  @Test
  void shouldKeepTheStricterWhenAnotherModelsIncidentAdvisesLess() {
    // Given
    Incident loan = incident("inc-a", "loan", 1);
    Incident fraud = incident("inc-b", "fraud", 0.9);
    follow(loan);

    // When
    Action both = follow(fraud);
    Action later = follow(at(fraud, 200 * MINUTE));

    // Then
    assertThat(both)
        .isEqualTo(
            new Action("acme", "eve", null, Action.Kind.THROTTLE, "inc-a", 1, MINUTE, 61 * MINUTE));
    assertThat(later.kind()).isEqualTo(Action.Kind.LABEL_ONLY);
    assertThat(later.model()).isEqualTo("fraud");
    assertThat(later.incidentId()).isEqualTo("inc-b");
  }

  @Test
  void shouldLiftOnlyItsOwnWhenAVerdictSaysThatNothingWasWrong() {
    // Given
    follow(incident("inc-a", "loan", 1));
    follow(incident("inc-b", "fraud", 0.9));

    // When
    List<ResponsePolicy.Advised> other =
        POLICY.advise(harmless(incident("inc-b", "fraud", 0.9)), known::get);
    List<ResponsePolicy.Advised> own =
        POLICY.advise(harmless(incident("inc-a", "loan", 1)), known::get);

    // Then
    assertThat(other).isEmpty();
    assertThat(own).containsExactly(new ResponsePolicy.Advised("acme|eve", null));
  }

  @Test
  void shouldAdviseNothingWhenAGroupIsOverSeveralTenants() {
    // Given: one account without a tenant is one of a source that names none
    Incident one = with(incident("inc-a", "loan", 1), "", List.of("eve"));
    Incident several = with(incident("inc-a", "loan", 1), "", List.of("bob", "eve"));

    // When / Then
    assertThat(POLICY.advise(several, NOTHING)).isEmpty();
    assertThat(POLICY.advise(one, NOTHING)).hasSize(1);
  }

  /** What a gateway knows after an activity about eve. */
  private Action follow(Incident incident) {
    ResponsePolicy.Advised advised = POLICY.advise(incident, known::get).get(0);
    known.put(advised.key(), advised.action());
    return advised.action();
  }

  private Incident incident(String id, String model, double confidence) {
    List<Incident> made = new ArrayList<>();
    Desk<Page> other = new Desk<>(new IncidentBook(Alerting.defaults(), 1), made::add);
    other.observe(Findings.caller("extraction", "eve", MINUTE, 20));
    Incident i = made.get(0);
    return copy(
        i, id, model, confidence, MINUTE, "acme", List.of("eve"), i.details(), i.activity());
  }

  private static Incident at(Incident i, long time) {
    return copy(
        i,
        i.incidentId(),
        i.model(),
        i.confidence(),
        time,
        i.tenant(),
        i.principals(),
        i.details(),
        i.activity());
  }

  private static Incident with(Incident i, String tenant, List<String> principals) {
    return copy(
        i,
        i.incidentId(),
        i.model(),
        i.confidence(),
        i.timeMicros(),
        tenant,
        principals,
        i.details(),
        i.activity());
  }

  private static Incident harmless(Incident i) {
    IncidentDetails d = i.details();
    IncidentDetails judged =
        new IncidentDetails(
            d.findings(),
            d.suppressed(),
            d.members(),
            d.reopened(),
            d.stages(),
            d.campaign(),
            d.joined(),
            Verdict.Kind.FALSE_POSITIVE,
            d.checked(),
            d.nextSteps(),
            d.runbook());
    return copy(
        i,
        i.incidentId(),
        i.model(),
        i.confidence(),
        i.timeMicros(),
        i.tenant(),
        i.principals(),
        judged,
        Incident.Activity.CLOSE);
  }

  private static Incident copy(
      Incident i,
      String id,
      String model,
      double confidence,
      long time,
      String tenant,
      List<String> principals,
      IncidentDetails details,
      Incident.Activity activity) {
    return new Incident(
        id,
        activity,
        i.sequence(),
        time,
        i.openedAtMicros(),
        i.firstSeenMicros(),
        i.lastSeenMicros(),
        tenant,
        principals,
        model,
        i.detectors(),
        i.techniques(),
        i.severity(),
        confidence,
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
}
