package io.vedette.correlate;

import static io.vedette.correlate.Findings.DAY;
import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentBookTest {

  private static final long HOUR = 60 * MINUTE;

  private final IncidentBook book = new IncidentBook(Alerting.defaults(), 2);
  private final Case state = book.create();
  private final List<Incident> out = new ArrayList<>();

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
    assertThat(out.get(1).detectors()).containsExactly("evasion", "extraction");
    assertThat(out.get(1).techniques()).hasSize(2);
  }

  @Test
  void shouldUpdateWhenAMemberJoins() {
    // Given
    observe(Findings.cell("a", List.of("a", "b"), MINUTE, 10));

    // When
    observe(Findings.cell("b", List.of("b", "c"), 2 * MINUTE, 3));

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

    // Then
    assertThat(activities()).containsExactly(Activity.CREATE, Activity.UPDATE, Activity.UPDATE);
    assertThat(out.get(1).timeMicros()).isEqualTo(16 * MINUTE);
    assertThat(out.get(2).timeMicros()).isEqualTo(31 * MINUTE);
  }

  @Test
  void shouldCloseWhenAnHourIsSilent() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));
    observe(Findings.caller("extraction", "eve", 5 * MINUTE, 6));
    long due = book.nextDueMicros(state);

    // When
    book.tick(state, due, out::add);

    // Then
    assertThat(due).isEqualTo(5 * MINUTE + HOUR);
    assertThat(activities()).containsExactly(Activity.CREATE, Activity.CLOSE);
    assertThat(out.get(1).timeMicros()).isEqualTo(due);
    assertThat(out.get(1).closeReason()).isEqualTo("no further finding");
    assertThat(book.nextDueMicros(state)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldTellHowFarTimeHadComeWhenAnIncidentIsOpen() {
    // Given
    long before = book.lastMicros(state);
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    long open = book.lastMicros(state);

    // Then
    assertThat(before).isEqualTo(Long.MIN_VALUE);
    assertThat(open).isEqualTo(MINUTE);
  }

  @Test
  void shouldStayOpenWhenTheTickComesEarly() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // When
    book.tick(state, HOUR, out::add);

    // Then
    assertThat(activities()).containsExactly(Activity.CREATE);
  }

  @Test
  void shouldOpenAnotherWhenTheSubjectComesBack() {
    // Given
    observe(Findings.caller("extraction", "eve", MINUTE, 6));
    book.tick(state, 2 * HOUR, out::add);

    // When
    observe(Findings.caller("evasion", "eve", DAY + MINUTE, 7));

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
    book.tick(state, 2 * HOUR, out::add);

    // When
    observe(Findings.model(DAY, 9));

    // Then
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
  void shouldKeepSubjectsApartWhenKeysAreMade() {
    // When
    String eve = book.key(Findings.caller("extraction", "eve", 1, 3));
    String eveAgain = book.key(Findings.caller("evasion", "eve", 9, 3));
    String cellOfEve = book.key(Findings.cell("a", List.of("eve"), 1, 3));
    String cell = book.key(Findings.cell("a", List.of("eve", "bob"), 1, 3));
    String model = book.key(Findings.model(1, 3));

    // Then
    assertThat(eveAgain).isEqualTo(eve);
    assertThat(cellOfEve).isEqualTo(eve);
    assertThat(List.of(eve, cell, model)).doesNotHaveDuplicates();
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

  /** Plays with ticks when they are due, as the stage does, and reads the state at one step. */
  private List<Incident> play(List<Finding> findings, int split) {
    Case c = book.create();
    List<Incident> incidents = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      c = i == split ? reread(c) : c;
      long now = findings.get(i).timeMicros();
      if (book.nextDueMicros(c) <= now) {
        book.tick(c, book.nextDueMicros(c), incidents::add);
        c = i == split ? reread(c) : c;
      }
      book.observe(c, findings.get(i), incidents::add);
    }
    c = split == findings.size() ? reread(c) : c;
    book.tick(c, 3 * DAY, incidents::add);
    return incidents;
  }

  private Case reread(Case c) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      c.write(new DataOutputStream(bytes));
      return book.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void observe(Finding finding) {
    book.observe(state, finding, out::add);
  }

  private List<Activity> activities() {
    return out.stream().map(Incident::activity).toList();
  }
}
