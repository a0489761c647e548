package io.vedette.correlate;

import static io.vedette.correlate.Findings.MINUTE;
import static io.vedette.correlate.Incidents.at;
import static io.vedette.correlate.Incidents.harmless;
import static io.vedette.correlate.Incidents.incident;
import static io.vedette.correlate.Incidents.joined;
import static io.vedette.correlate.Incidents.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Action;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponsePolicyTest {

  private static final ResponsePolicy POLICY =
      new ResponsePolicy(
          Set.of("extraction"),
          60 * MINUTE,
          Map.of(Action.Kind.LABEL_ONLY, 0.8, Action.Kind.THROTTLE, 0.99));

  private static final ResponsePolicy.Known NOTHING = new Gateway();

  private final Gateway known = new Gateway();
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
    assertThat(POLICY.advise(out.get(1), known)).isEmpty();
    assertThat(POLICY.advise(out.get(2), known))
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
    assertThat(POLICY.advise(out.get(1), known)).isEmpty();
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
        POLICY.advise(harmless(incident("inc-b", "fraud", 0.9)), known);
    List<ResponsePolicy.Advised> own = POLICY.advise(harmless(incident("inc-a", "loan", 1)), known);

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

  @Test
  void shouldAdviseNothingWhenTheAccountsOfSeveralTenantsHaveOneName() {
    // Given: accounts named alike, then a group of which all but one are hubs, then a lone caller
    desk.observe(Findings.ofNoTenant(Findings.group("extraction", List.of("svc"), MINUTE, 20)));
    for (int i = 0; i < 400; i++) {
      Finding met = Findings.cell("n" + i, List.of("proxy", "user-" + i), (2 + i) * 1_000, 1);
      desk.observe(Findings.ofNoTenant(Findings.on("fraud", met)));
    }
    Finding few = Findings.group("extraction", List.of("proxy", "eve"), 2 * MINUTE, 20);
    desk.observe(Findings.ofNoTenant(Findings.on("fraud", few)));
    desk.observe(Findings.ofNoTenant(Findings.caller("extraction", "bob", 3 * MINUTE, 20)));

    // When / Then
    assertThat(out)
        .extracting(Incident::principals)
        .containsExactly(List.of("svc"), List.of("eve"), List.of("bob"));
    assertThat(out).extracting(i -> i.details().members()).containsExactly(2, 2, 1);
    assertThat(POLICY.advise(out.get(0), NOTHING)).isEmpty();
    assertThat(POLICY.advise(out.get(1), NOTHING)).isEmpty();
    assertThat(POLICY.advise(out.get(2), NOTHING)).hasSize(1);
  }

  @Test
  void shouldLiftWhatAMemberWasAdvisedWhenItsCampaignWasNone() {
    // Given: throttled by its own incident, and milder words of the campaign that took it in
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 20));
    desk.observe(Findings.cell("1", List.of("bob", "eve"), 2 * MINUTE, 10.8));
    out.forEach(incident -> follow(POLICY, incident));
    String campaign = out.get(1).incidentId();
    Map<String, Action> before = Map.copyOf(known.told);

    // When
    desk.judge(new Verdict(campaign, Verdict.Kind.FALSE_POSITIVE, "ana", "", 3, null, null));
    follow(POLICY, out.get(out.size() - 1));

    // Then
    assertThat(before.get("acme|bob").kind()).isEqualTo(Action.Kind.LABEL_ONLY);
    assertThat(before.get("acme|eve").kind()).isEqualTo(Action.Kind.THROTTLE);
    assertThat(before.get("acme|eve").incidentId()).isEqualTo(campaign);
    assertThat(known.told).isEmpty();
  }

  @Test
  void shouldLiftWhatAMemberWasAdvisedWhenTheCampaignHadNoRoomForItsName() {
    // Given
    follow(incident("inc-a", "loan", 1));
    List<String> fifty = IntStream.range(0, 50).mapToObj(i -> "p" + i).toList();
    Incident campaign = joined(with(incident("inc-c", "loan", 1), "acme", fifty), 51, "inc-a");

    // When
    follow(POLICY, at(campaign, 2 * MINUTE));
    Map<String, Action> before = Map.copyOf(known.told);
    follow(POLICY, harmless(campaign));

    // Then
    assertThat(before).hasSize(51).containsKey("acme|eve");
    assertThat(known.told).isEmpty();
  }

  @Test
  void shouldLeaveWhatAMembersIncidentSaysLaterWhenItsCampaignWasNone() {
    // Given: it opened again after the campaign's last finding
    Incident own = incident("inc-a", "loan", 1);
    Incident campaign =
        joined(with(incident("inc-c", "loan", 1), "acme", List.of("eve")), 2, "inc-a");
    follow(own);
    follow(campaign);
    known.told.clear();
    follow(at(own, 100 * MINUTE));

    // When
    follow(POLICY, harmless(campaign));

    // Then
    assertThat(known.told).containsOnlyKeys("acme|eve");
  }

  @Test
  void shouldLiftWhatAHubWasAdvisedWhenItTurnsOutToBeOne() {
    // Given: a proxy in a campaign, before it was known as one
    ResponsePolicy cells = new ResponsePolicy(Set.of("evasion"), 9_000 * MINUTE, POLICY.from());
    desk.observe(Findings.cell("1", List.of("eve", "proxy"), MINUTE, 30));
    follow(cells, out.get(0));
    Map<String, Action> before = Map.copyOf(known.told);

    // When: it is named beside 400 others, then the campaign goes on
    for (int i = 0; i < 400; i++) {
      desk.observe(Findings.cell("n" + i, List.of("proxy", "user-" + i), (2 + i) * 1_000, 1));
    }
    desk.observe(Findings.cell("2", List.of("eve", "mallory"), 3 * MINUTE, 30));
    List<ResponsePolicy.Advised> told = follow(cells, out.get(1));

    // Then
    assertThat(before).containsOnlyKeys("acme|eve", "acme|proxy");
    assertThat(told.get(0)).isEqualTo(new ResponsePolicy.Advised("acme|proxy", null));
    assertThat(known.told).containsOnlyKeys("acme|eve", "acme|mallory");
  }

  @Test
  void shouldLiftNothingWhenAnOlderActivityIsToldAgainAfterACrash() {
    // Given
    Incident first = incident("inc-a", "loan", 1);
    follow(POLICY, first);
    follow(POLICY, with(at(first, 2 * MINUTE), "acme", List.of("bob", "eve")));

    // When
    follow(POLICY, first);

    // Then
    assertThat(known.told).containsOnlyKeys("acme|bob", "acme|eve");
  }

  @Test
  void shouldLetTheStricterLapseWhenMilderWordsGoOn() {
    // Given
    follow(incident("inc-a", "loan", 1));
    Incident milder = incident("inc-b", "fraud", 0.9);

    // When
    List<Action> told = new ArrayList<>();
    for (int minute = 2; minute <= 71; minute++) {
      told.add(follow(at(milder, minute * MINUTE)));
    }

    // Then: up to the minute before it lapses, and from then on
    assertThat(told.subList(0, 59))
        .allMatch(a -> a.kind() == Action.Kind.THROTTLE && a.untilMicros() == 61 * MINUTE);
    assertThat(told.subList(59, 70))
        .allMatch(a -> a.kind() == Action.Kind.LABEL_ONLY && a.incidentId().equals("inc-b"));
  }

  @Test
  void shouldIssueNothingBeforeWhatItFollowsWhenATaskIsBehind() {
    // Given
    follow(at(incident("inc-a", "loan", 1), 30 * MINUTE));

    // When
    Action both = follow(at(incident("inc-b", "fraud", 1), 20 * MINUTE));

    // Then
    assertThat(both.issuedAtMicros()).isEqualTo(30 * MINUTE);
    assertThat(both.untilMicros()).isEqualTo(90 * MINUTE);
  }

  /** What a gateway knows after an activity about eve. */
  private Action follow(Incident incident) {
    follow(POLICY, incident);
    return known.told.get("acme|eve");
  }

  private List<ResponsePolicy.Advised> follow(ResponsePolicy policy, Incident incident) {
    List<ResponsePolicy.Advised> all = policy.advise(incident, known);
    all.forEach(known::take);
    return all;
  }
}
