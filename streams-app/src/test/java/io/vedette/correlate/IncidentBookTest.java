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
}
