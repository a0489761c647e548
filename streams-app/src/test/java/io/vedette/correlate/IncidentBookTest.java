package io.vedette.correlate;

import static io.vedette.correlate.Findings.DAY;
import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.IncidentStage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentBookTest {

  private static final long HOUR = 60 * MINUTE;
  private static final String EVE = "caller|acme|eve|loan";

  private final IncidentBook book = new IncidentBook(Alerting.defaults(), 2, Findings.NAMES);
  private final List<Incident> out = new ArrayList<>();
  private final Desk<Page> desk = new Desk<>(book, out::add);

  @Test
  void shouldOpenOnceWhenEvidencePassesTheThreshold() {
    // Given the threshold 3 / 1e-4 for the average of two detectors: log10 4.78
    observe(Findings.caller("extraction", "eve", MINUTE, 4.7));

    // When
    observe(Findings.caller("extraction", "eve", 2 * MINUTE, 4.8));

    // Then
    assertThat(out).hasSize(1);
    Incident incident = out.get(0);
    assertThat(incident.activity()).isEqualTo(Activity.CREATE);
    assertThat(incident.sequence()).isZero();
    assertThat(incident.openedAtMicros()).isEqualTo(2 * MINUTE);
    assertThat(incident.principals()).containsExactly("eve");
    assertThat(incident.evidence()).hasSize(3);
    assertThat(incident.logEvidence()).isBetween(4.477, 4.5);
    assertThat(incident.title()).isEqualTo("Model extraction by eve on loan");
  }

  @Test
  void shouldBeCalledAfterTheLoudestDetectorWhenSeveralReport() {
    // Given
    observe(Findings.caller("evasion", "eve", MINUTE, 5));

    // When
    observe(Findings.caller("extraction", "eve", 2 * MINUTE, 20));

    // Then
    assertThat(out).hasSize(2);
    assertThat(out.get(0).title()).isEqualTo("Black-box evasion by eve on loan");
    assertThat(out.get(1).title()).isEqualTo("Model extraction by eve on loan");
    assertThat(out.get(1).summary()).startsWith("summary of extraction");
  }

  @Test
  void shouldTellStagesInOrderOfTheirFirstFindingWhenFindingsComeLate() {
    // When
    observe(Findings.caller("evasion", "eve", 10 * MINUTE, 9));
    observe(Findings.caller("extraction", "eve", 8 * MINUTE, 9));
    observe(Findings.caller("evasion", "eve", 6 * MINUTE, 30));

    // Then
    assertThat(out.get(out.size() - 1).details().stages())
        .containsExactly(IncidentStage.CRAFTING, IncidentStage.EXTRACTION);
  }

  @Test
  void shouldNeverSpeakOfAnEarlierTimeThanBeforeWhenFindingsComeLate() {
    // When
    observe(Findings.caller("evasion", "eve", 10 * MINUTE, 9));
    observe(Findings.caller("extraction", "eve", 8 * MINUTE, 9));
    observe(Findings.caller("evasion", "eve", 6 * MINUTE, 30));

    // Then
    assertThat(out).hasSize(3).extracting(Incident::timeMicros).containsOnly(10 * MINUTE);
  }

  @Test
  void shouldStaySilentWhenEvidenceIsShortOfTheThreshold() {
    // When
    observe(Findings.caller("extraction", "eve", MINUTE, 4.77));

    // Then
    assertThat(out).isEmpty();
  }

  @Test
  void shouldAskMoreOfACellWhenThereAreManyCells() {
    // Given a caller's threshold of 4.48 and a cell's of 9.48
    observe(Findings.cell("a", List.of("eve", "mallory"), MINUTE, 9.4));
    int before = out.size();

    // When
    observe(Findings.cell("a", List.of("eve", "mallory"), 2 * MINUTE, 9.5));

    // Then
    assertThat(before).isZero();
    assertThat(out).hasSize(1);
    assertThat(out.get(0).principals()).containsExactly("eve", "mallory");
  }

  @Test
  void shouldOpenNothingWhenTheDetectorIsIncubating() {
    // When
    observe(Findings.incubating("coverage", "eve", MINUTE, 200));

    // Then
    assertThat(out).isEmpty();
  }

  @Test
  void shouldSayNothingNewWhenEvidenceHardlyGrows() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    observe(Findings.caller("extraction", "eve", 2 * MINUTE, 6.9));

    // Then
    assertThat(activities()).containsExactly(Activity.CREATE);
  }

  @Test
  void shouldUpdateWhenEvidenceGrowsTenfold() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When: a quarter of 5.7 decades
    observe(Findings.caller("extraction", "eve", 2 * MINUTE, 7.5));

    // Then
    assertThat(activities()).containsExactly(Activity.CREATE, Activity.UPDATE);
    assertThat(out.get(1).incidentId()).isEqualTo(out.get(0).incidentId());
    assertThat(out.get(1).sequence()).isEqualTo(1);
  }

  @Test
  void shouldUpdateWhenADetectorJoins() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    observe(Findings.caller("evasion", "eve", 2 * MINUTE, 2));

    // Then
    assertThat(activities()).containsExactly(Activity.CREATE, Activity.UPDATE);
    assertThat(out.get(1).detectors()).containsExactly("extraction", "evasion");
    assertThat(out.get(1).title()).startsWith("Model extraction");
    assertThat(out.get(1).techniques()).hasSize(2);
  }

  @Test
  void shouldNameTheDetectorOfTheTitleFirstWhenAnotherIsStronger() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    observe(Findings.caller("evasion", "eve", 2 * MINUTE, 9));

    // Then
    assertThat(out.get(1).detectors()).containsExactly("evasion", "extraction");
    assertThat(out.get(1).title()).startsWith("Black-box evasion");
  }

  @Test
  void shouldUpdateWhenAMemberJoins() {
    // Given
    observe(Findings.cell("a", List.of("a", "b"), MINUTE, 10));

    // When
    observe(Findings.cell("b", List.of("b", "c"), 2 * MINUTE, 10));

    // Then
    assertThat(activities()).containsExactly(Activity.CREATE, Activity.UPDATE);
    assertThat(out.get(1).principals()).containsExactly("a", "b", "c");
  }

  @Test
  void shouldBeatItsHeartWhenFindingsGoOn() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    for (int m = 2; m <= 40; m++) {
      observe(Findings.caller("extraction", "eve", m * MINUTE, 6));
    }

    // Then: ten findings, twice ten, a quarter of an hour after that; the next beat takes twice as
    // long
    assertThat(activities())
        .containsExactly(Activity.CREATE, Activity.UPDATE, Activity.UPDATE, Activity.UPDATE);
    assertThat(out).extracting(i -> i.timeMicros() / MINUTE).containsExactly(1L, 10L, 20L, 35L);
    assertThat(out).extracting(i -> i.details().findings()).containsExactly(1L, 10L, 20L, 35L);
  }

  @Test
  void shouldCloseWhenAnHourIsSilent() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));
    observe(Findings.caller("extraction", "eve", 5 * MINUTE, 6));
    long due = 5 * MINUTE + HOUR;

    // When
    desk.tick(due - 1);
    int early = out.size();
    desk.tick(due);

    // Then
    assertThat(early).isEqualTo(1);
    assertThat(activities()).containsExactly(Activity.CREATE, Activity.CLOSE);
    assertThat(out.get(1).timeMicros()).isEqualTo(due);
    assertThat(out.get(1).closeReason()).isEqualTo("no further finding");
    assertThat(book.nextDueMicros(desk.get(EVE))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldTellHowFarTimeHadComeWhenAnIncidentIsOpen() {
    // Given
    long before = book.lastMicros(desk.get(EVE));
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    long open = book.lastMicros(desk.get(EVE));

    // Then
    assertThat(before).isEqualTo(Long.MIN_VALUE);
    assertThat(open).isEqualTo(MINUTE);
  }

  @Test
  void shouldOpenAnotherWhenTheSubjectComesBack() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));
    desk.tick(2 * HOUR);

    // When
    observe(Findings.caller("evasion", "eve", 2 * DAY, 7));

    // Then
    assertThat(activities()).containsExactly(Activity.CREATE, Activity.CLOSE, Activity.CREATE);
    assertThat(out.get(2).incidentId()).isNotEqualTo(out.get(0).incidentId());
    assertThat(out.get(2).detectors()).containsExactly("evasion");
    assertThat(out.get(2).sequence()).isZero();
  }

  @Test
  void shouldShowNoOldSampleWhenTheNewFindingHasNone() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));
    desk.tick(2 * HOUR);

    // When
    Finding next = Findings.caller("extraction", "eve", 2 * DAY, 9);
    observe(Findings.withoutSamples(next));

    // Then
    assertThat(out.get(2).activity()).isEqualTo(Activity.CREATE);
    assertThat(out.get(2).samples()).isEmpty();
  }

  @Test
  void shouldForgetYesterdayWhenADayIsOver() {
    // Given evidence that falls just short
    observe(Findings.caller("extraction", "eve", DAY - 1, 4.7));

    // When the same comes next day from the other detector
    observe(Findings.caller("evasion", "eve", DAY + 1, 4.7));

    // Then the two are not added
    assertThat(out).isEmpty();
  }

  @Test
  void shouldIgnoreAFindingWhenItComesADayLate() {
    // Given
    observe(Findings.caller("extraction", "eve", DAY + 1, 3));

    // When
    observe(Findings.caller("extraction", "eve", DAY - 1, 9));

    // Then
    assertThat(out).isEmpty();
  }

  @Test
  void shouldGiveTheSameIdsWhenFindingsAreReplayed() {
    // Given
    List<Finding> findings = story();

    // When
    List<Incident> first = play(findings, -1);
    List<Incident> second = play(findings, -1);

    // Then
    assertThat(second).isEqualTo(first);
    assertThat(first.get(0).incidentId()).matches("inc-[0-9a-f]{16}");
  }

  @Test
  void shouldTellTheSameStoryWhenReadAtAnyStep() {
    // Given
    List<Finding> findings = story();
    List<Incident> expected = play(findings, -1);

    // When
    for (int split = 0; split <= findings.size(); split++) {
      List<Incident> incidents = play(findings, split);

      // Then
      assertThat(incidents).as("read before step %d", split).isEqualTo(expected);
    }
    assertThat(expected.stream().map(Incident::activity))
        .contains(Activity.CREATE, Activity.UPDATE, Activity.CLOSE);
  }

  @Test
  void shouldKeepSubjectsApartWhenOneOpens() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    observe(Findings.caller("extraction", "bob", MINUTE, 6));
    observe(Findings.cell("a", List.of("bob"), MINUTE, 12));
    observe(Findings.cell("a", List.of("c", "d"), MINUTE, 12));
    observe(Findings.model(MINUTE, 9));

    // Then
    assertThat(out)
        .filteredOn(i -> i.activity() == Activity.CREATE)
        .extracting(Incident::title)
        .containsExactly(
            "Model extraction by eve on loan",
            "Model extraction by bob on loan",
            "Black-box evasion by 2 accounts on loan",
            "Drift on loan");
    assertThat(out).extracting(Incident::incidentId).filteredOn(id -> !id.isEmpty()).hasSize(5);
  }

  @Test
  void shouldRankBySeverityThenConfidenceWhenIncidentsAreWeighed() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    observe(Findings.caller("extraction", "eve", 2 * MINUTE, 12));

    // Then
    assertThat(out.get(0).confidence()).isBetween(0.9, out.get(1).confidence());
    assertThat(out.get(0).riskScore()).isBetween(60.0, out.get(1).riskScore());
    assertThat(out.get(1).riskScore()).isLessThanOrEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.2, Double.NaN})
  void shouldRefuseAlertingWhenTheFalseAlarmRateIsNoRate(double rate) {
    // When / Then
    assertThatThrownBy(() -> new Alerting(rate, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alerting.falseAlarmsPerCallerDay");
  }

  /** One subject over two days: opens, grows, is joined, beats, falls silent, comes back. */
  private static List<Finding> story() {
    List<Finding> story = new ArrayList<>();
    story.add(Findings.caller("extraction", "eve", MINUTE, 3));
    story.add(Findings.caller("extraction", "eve", 2 * MINUTE, 6));
    story.add(Findings.caller("evasion", "eve", 3 * MINUTE, 4));
    story.add(Findings.cell("a", List.of("eve"), 4 * MINUTE, 12));
    story.add(Findings.incubating("coverage", "eve", 5 * MINUTE, 9));
    story.add(Findings.caller("extraction", "eve", 30 * MINUTE, 6));
    story.add(Findings.caller("extraction", "eve", 6 * HOUR, 9));
    story.add(Findings.caller("extraction", "eve", 7 * HOUR + 30 * MINUTE, 9));
    story.add(Findings.caller("evasion", "eve", DAY + MINUTE, 2));
    story.add(Findings.caller("evasion", "eve", DAY + 2 * MINUTE, 8));
    story.add(Findings.caller("extraction", "eve", DAY - MINUTE, 99));
    return story;
  }

  /** Plays as the stage does, and reads the states at one step. */
  private List<Incident> play(List<Finding> findings, int split) {
    List<Incident> incidents = new ArrayList<>();
    Desk<Page> played = new Desk<>(book, incidents::add);
    for (int i = 0; i < findings.size(); i++) {
      if (i == split) {
        played.replaceAll(Findings::reread);
      }
      played.observe(findings.get(i));
    }
    if (split == findings.size()) {
      played.replaceAll(Findings::reread);
    }
    played.tick(3 * DAY);
    return incidents;
  }

  private void observe(Finding finding) {
    desk.observe(finding);
  }

  private List<Activity> activities() {
    return out.stream().map(Incident::activity).toList();
  }
}
