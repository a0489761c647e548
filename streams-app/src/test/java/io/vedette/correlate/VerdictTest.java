package io.vedette.correlate;

import static io.vedette.correlate.Findings.DAY;
import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Severity;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final long HOUR = 60 * MINUTE;
  private static final long MONTH = 30 * DAY;

  private final List<Incident> out = new ArrayList<>();
  private final Desk<Page> desk = new Desk<>(new IncidentBook(Alerting.defaults(), 2), out::add);
  private final Exceptions exceptions = new Exceptions(MONTH);

  @Test
  void shouldCloseWithTheVerdictWhenAnAnalystJudges() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    boolean first = desk.judge(verdict(Verdict.Kind.TRUE_POSITIVE, 5 * MINUTE, null, null));
    boolean again = desk.judge(verdict(Verdict.Kind.TRUE_POSITIVE, 5 * MINUTE, null, null));

    // Then
    assertThat(first).isTrue();
    assertThat(again).isFalse();
    assertThat(out).extracting(Incident::activity).containsExactly(Activity.CREATE, Activity.CLOSE);
    Incident closed = out.get(1);
    assertThat(closed.sequence()).isEqualTo(1);
    assertThat(closed.timeMicros()).isEqualTo(5 * MINUTE);
    assertThat(closed.closeReason()).isEqualTo("judged true positive by ana");
    assertThat(closed.details().verdict()).isEqualTo(Verdict.Kind.TRUE_POSITIVE);
  }

  @Test
  void shouldStayClosedWhenNothingHasEscalatedSinceTheVerdict() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 6));
    desk.judge(verdict(Verdict.Kind.FALSE_POSITIVE, 2 * MINUTE, null, null));

    // When
    desk.observe(Findings.caller("extraction", "eve", 3 * MINUTE, 6.9));

    // Then
    assertThat(out).hasSize(2);
  }

  @Test
  void shouldOpenTheSameIncidentAgainWhenItEscalatesAfterTheVerdict() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 6));
    desk.judge(verdict(Verdict.Kind.FALSE_POSITIVE, 2 * MINUTE, null, null));

    // When: tenfold, and later another detector
    desk.observe(Findings.caller("extraction", "eve", 3 * MINUTE, 8));
    desk.judge(verdict(Verdict.Kind.FALSE_POSITIVE, 4 * MINUTE, null, null));
    desk.observe(Findings.caller("evasion", "eve", 5 * MINUTE, 3));

    // Then
    assertThat(out)
        .extracting(Incident::activity)
        .containsExactly(
            Activity.CREATE, Activity.CLOSE, Activity.UPDATE, Activity.CLOSE, Activity.UPDATE);
    assertThat(out).extracting(Incident::incidentId).containsOnly(out.get(0).incidentId());
    assertThat(out).extracting(i -> i.details().reopened()).containsExactly(0, 0, 1, 1, 2);
  }

  @Test
  void shouldOpenTheSameIncidentAgainWhenTheSubjectComesBackAfterSilence() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 6));
    desk.tick(2 * HOUR);

    // When
    desk.observe(Findings.caller("extraction", "eve", 3 * HOUR, 6));

    // Then
    assertThat(out)
        .extracting(Incident::activity)
        .containsExactly(Activity.CREATE, Activity.CLOSE, Activity.UPDATE);
    assertThat(out.get(2).incidentId()).isEqualTo(out.get(0).incidentId());
    assertThat(out.get(2).sequence()).isEqualTo(2);
    assertThat(out.get(2).details().reopened()).isEqualTo(1);
  }

  @Test
  void shouldKeepAndMarkButOpenNothingWhenAFindingFallsUnderAnException() {
    // Given
    Verdict.Reach scope = new Verdict.Reach("acme", "eve", null, "extraction");
    exceptions.take(verdict(Verdict.Kind.BENIGN, HOUR, scope, 3 * HOUR));

    // When
    Finding inside = exceptions.marked(Findings.caller("extraction", "eve", 2 * HOUR, 60));
    Finding after = exceptions.marked(Findings.caller("extraction", "eve", 3 * HOUR, 60));
    desk.observe(inside);
    int opened = out.size();
    desk.observe(after);

    // Then
    assertThat(inside.attributes()).containsKey(Finding.EXCEPTION);
    assertThat(opened).isZero();
    assertThat(after.attributes()).doesNotContainKey(Finding.EXCEPTION);
    assertThat(out).hasSize(1);
    assertThat(out.get(0).details().suppressed()).isZero(); // before there was an incident
  }

  @Test
  void shouldCountOnceWhatAnExceptionKeptOutWhenItIsReadAgain() {
    // Given an open incident of a caller and one of a campaign
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 9));
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    Finding kept = Findings.caller("extraction", "eve", 2 * MINUTE, 60);
    Finding group = Findings.cell("2", List.of("b", "c"), 2 * MINUTE, 12);

    // When
    for (int i = 0; i < 3; i++) {
      desk.observe(kept.with(Finding.EXCEPTION, "inc-0"));
      desk.observe(group.with(Finding.EXCEPTION, "inc-0"));
    }
    desk.tick(5 * HOUR);
    desk.observe(Findings.caller("extraction", "eve", 5 * HOUR, 9));

    // Then: both closings tell it, and so does the incident that opens again
    List<Incident> told = out.subList(2, out.size());
    assertThat(told)
        .extracting(Incident::activity)
        .containsExactly(Activity.CLOSE, Activity.CLOSE, Activity.UPDATE);
    assertThat(told).allSatisfy(i -> assertThat(i.details().suppressed()).isEqualTo(1));
  }

  @Test
  void shouldStayClosedWhenAWeakFindingComesAfterTheSilence() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 9));
    desk.tick(2 * HOUR);

    // When: the day's ledger still stands above the threshold
    desk.observe(Findings.caller("extraction", "eve", 3 * HOUR, 2));
    int weak = out.size();
    desk.observe(Findings.caller("extraction", "eve", 4 * HOUR, 6));

    // Then
    assertThat(weak).isEqualTo(2);
    assertThat(out).hasSize(3);
    assertThat(out.get(2).details().reopened()).isEqualTo(1);
  }

  @Test
  void shouldCoverItsScopeAloneWhenAnExceptionIsNarrow() {
    // Given
    Verdict.Reach scope = new Verdict.Reach("acme", "eve", "loan", "evasion");
    exceptions.take(verdict(Verdict.Kind.FALSE_POSITIVE, HOUR, scope, 3 * HOUR));

    // When / Then
    assertThat(marked(Findings.caller("evasion", "eve", 2 * HOUR, 9))).isTrue();
    assertThat(marked(Findings.caller("extraction", "eve", 2 * HOUR, 9))).isFalse();
    assertThat(marked(Findings.caller("evasion", "bob", 2 * HOUR, 9))).isFalse();
    assertThat(marked(Findings.caller("evasion", "eve", HOUR / 2, 9))).isTrue();
    assertThat(marked(Findings.caller("evasion", "eve", -MINUTE, 9))).isFalse();
    assertThat(marked(Findings.cell("a", List.of("eve", "bob"), 2 * HOUR, 9))).isFalse();
    assertThat(marked(Findings.cell("a", List.of("eve"), 2 * HOUR, 9))).isTrue();
  }

  @Test
  void shouldHideNoEscalationWhenAnExceptionIsInForce() {
    // Given
    Verdict.Reach scope = new Verdict.Reach("acme", "eve", null, null);
    exceptions.take(verdict(Verdict.Kind.BENIGN, HOUR, scope, 3 * HOUR));
    Finding finding = Findings.caller("extraction", "eve", 2 * HOUR, 9);

    // When
    boolean critical = marked(Findings.with(finding, Severity.CRITICAL));
    boolean certain = marked(Findings.caller("access", "eve", 2 * HOUR, Double.POSITIVE_INFINITY));
    desk.observe(
        Findings.with(finding, Severity.CRITICAL).with(Finding.EXCEPTION, "inc-1")); // forged mark

    // Then
    assertThat(critical).isFalse();
    assertThat(certain).isFalse();
    assertThat(out).hasSize(1);
  }

  @Test
  void shouldOpenAgainWhenAnExceptionMeetsAStageThatWasNotJudged() {
    // Given an extraction that is judged benign, with an exception for all that the account does
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 9));
    Verdict benign =
        verdict(
            Verdict.Kind.BENIGN, 2 * MINUTE, new Verdict.Reach("acme", "eve", null, null), MONTH);
    exceptions.take(benign);
    desk.judge(benign);
    desk.replaceAll(Findings::reread);

    // When
    desk.observe(exceptions.marked(Findings.caller("extraction", "eve", 3 * MINUTE, 99)));
    desk.observe(exceptions.marked(Findings.caller("evasion", "eve", 3 * MINUTE, 1)));
    int judged = out.size();
    desk.observe(exceptions.marked(Findings.caller("evasion", "eve", 4 * MINUTE, 9)));

    // Then: more of what was judged stays out, and so does a hunch; crafting does not
    assertThat(judged).isEqualTo(2);
    assertThat(out).hasSize(3);
    assertThat(out.get(2).detectors()).containsExactly("evasion", "extraction");
    assertThat(out.get(2).details().suppressed()).isEqualTo(2);
  }

  @Test
  void shouldOpenWhenTheStageThatWasNotJudgedComesLongAfterTheIncident() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 9));
    Verdict.Reach scope = new Verdict.Reach("acme", "eve", null, null);
    Verdict benign = verdict(Verdict.Kind.BENIGN, 2 * MINUTE, scope, MONTH);
    exceptions.take(benign);
    desk.judge(benign);

    // When
    for (int day = 5; day < 8; day++) {
      desk.observe(exceptions.marked(Findings.caller("extraction", "eve", day * DAY, 9)));
    }
    int before = out.size();
    desk.observe(exceptions.marked(Findings.caller("evasion", "eve", 9 * DAY, 9)));
    desk.observe(exceptions.marked(Findings.caller("evasion", "eve", 9 * DAY + MINUTE, 19)));

    // Then
    assertThat(before).isEqualTo(2);
    assertThat(out.subList(2, out.size()))
        .extracting(Incident::activity)
        .containsExactly(Activity.CREATE, Activity.UPDATE);
    assertThat(out.get(3).detectors()).containsExactly("evasion");
  }

  @Test
  void shouldOpenAgainWhenAnExceptionMeetsAHigherSeverityThanWasJudged() {
    // Given
    Finding low = Findings.with(Findings.caller("extraction", "eve", MINUTE, 9), Severity.LOW);
    desk.observe(low);
    Verdict.Reach scope = new Verdict.Reach("acme", "eve", null, null);
    Verdict benign = verdict(Verdict.Kind.BENIGN, 2 * MINUTE, scope, MONTH);
    exceptions.take(benign);
    desk.judge(benign);

    // When
    desk.observe(exceptions.marked(Findings.caller("extraction", "eve", 3 * MINUTE, 9)));

    // Then
    assertThat(out).hasSize(3);
    assertThat(out.get(2).severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void shouldOpenTheCampaignAgainWhenAnExceptionMeetsAStageThatWasNotJudged() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    Verdict.Reach scope = new Verdict.Reach("acme", null, "loan", null);
    Verdict benign = verdict(Verdict.Kind.BENIGN, 2 * MINUTE, scope, MONTH);
    exceptions.take(benign);
    desk.judge(benign);

    // When
    desk.observe(exceptions.marked(Findings.cell("1", List.of("a", "b"), 3 * MINUTE, 99)));
    int judged = out.size();
    Finding worse = Findings.cell("1", List.of("a", "b"), 4 * MINUTE, 12);
    desk.observe(exceptions.marked(Findings.with(worse, "AML.T0015")));

    // Then
    assertThat(judged).isEqualTo(2);
    assertThat(out).hasSize(3);
    assertThat(out.get(2).details().stages()).hasSize(2);
  }

  @Test
  void shouldMakeNoExceptionWhenAVerdictMayNot() {
    // Given
    Verdict.Reach eve = new Verdict.Reach("acme", "eve", null, null);
    Verdict.Reach everything = new Verdict.Reach("acme", null, null, null);
    Finding finding = Findings.caller("extraction", "eve", 2 * HOUR, 9);

    // When
    List<Verdict> verdicts =
        List.of(
            verdict(Verdict.Kind.TRUE_POSITIVE, HOUR, eve, 3 * HOUR),
            verdict(Verdict.Kind.FALSE_POSITIVE, HOUR, null, 3 * HOUR),
            verdict(Verdict.Kind.FALSE_POSITIVE, HOUR, eve, null),
            verdict(Verdict.Kind.FALSE_POSITIVE, HOUR, everything, 3 * HOUR));

    // Then
    for (Verdict verdict : verdicts) {
      exceptions.take(verdict);
      assertThat(marked(finding)).as("%s", verdict).isFalse();
    }
  }

  @Test
  void shouldEndWhenLiftedOrTooLong() {
    // Given
    Verdict.Reach eve = new Verdict.Reach("acme", "eve", null, null);
    exceptions.take(verdict(Verdict.Kind.BENIGN, 0, eve, 900 * DAY));

    // When
    boolean within = marked(Findings.caller("extraction", "eve", MONTH - 1, 9));
    boolean beyond = marked(Findings.caller("extraction", "eve", MONTH, 9));
    exceptions.take(verdict(Verdict.Kind.TRUE_POSITIVE, 1, eve, null));

    // Then
    assertThat(within).isTrue();
    assertThat(beyond).isFalse();
    assertThat(marked(Findings.caller("extraction", "eve", DAY, 9))).isFalse();
  }

  @Test
  void shouldKeepTheLongestOnesWhenThereAreTooManyExceptions() {
    // Given
    for (int i = 0; i < 1_500; i++) {
      Verdict.Reach scope = new Verdict.Reach("acme", "p" + i, null, null);
      exceptions.take(
          new Verdict("inc-" + i, Verdict.Kind.BENIGN, "ana", "", 0, scope, (i + 1) * HOUR / 4));
    }

    // When
    boolean first = marked(Findings.caller("extraction", "p499", 1, 9));
    boolean kept = marked(Findings.caller("extraction", "p500", 1, 9));
    boolean last = marked(Findings.caller("extraction", "p1499", 1, 9));

    // Then
    assertThat(first).isFalse();
    assertThat(kept).isTrue();
    assertThat(last).isTrue();
  }

  private boolean marked(Finding finding) {
    return exceptions.marked(finding).attributes().containsKey(Finding.EXCEPTION);
  }

  private Verdict verdict(
      Verdict.Kind kind, long time, Verdict.@Nullable Reach scope, @Nullable Long until) {
    String id = out.isEmpty() ? "inc-0" : out.get(0).incidentId();
    return new Verdict(id, kind, "ana", "because", time, scope, until);
  }
}
