package io.vedette.correlate;

import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Action;
import io.vedette.core.Incident;
import io.vedette.core.Verdict;
import java.util.ArrayList;
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
      kinds.add(POLICY.advise(incident).stream().map(a -> a.action().kind()).toList());
    }

    // Then
    assertThat(kinds)
        .containsExactly(List.of(), List.of(Action.Kind.LABEL_ONLY), List.of(Action.Kind.THROTTLE));
    assertThat(POLICY.advise(out.get(2)))
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
    assertThat(POLICY.advise(out.get(0))).isEmpty();
    assertThat(ResponsePolicy.OFF.advise(out.get(0))).isEmpty();
  }

  @Test
  void shouldLiftWhenAVerdictSaysThatNothingWasWrong() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 20));
    String id = out.get(0).incidentId();

    // When
    desk.judge(new Verdict(id, Verdict.Kind.TRUE_POSITIVE, "ana", "", 2, null, null));
    desk.judge(new Verdict(id, Verdict.Kind.FALSE_POSITIVE, "ana", "", 3, null, null));

    // Then
    assertThat(POLICY.advise(out.get(1))).isEmpty();
    assertThat(POLICY.advise(out.get(2)))
        .containsExactly(new ResponsePolicy.Advised("acme|eve", null));
  }

  @Test
  void shouldLetItLapseWhenTheIncidentFallsSilent() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 20));

    // When
    desk.tick(Findings.DAY);

    // Then
    assertThat(out).hasSize(2);
    assertThat(POLICY.advise(out.get(1))).isEmpty();
  }
}
