package io.vedette.correlate;

import static io.vedette.correlate.Findings.DAY;
import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of an incident that is open: it is told anew, closes, and another comes. */
class IncidentLifeTest {

  private static final long HOUR = 60 * MINUTE;
  private static final String EVE = "caller|acme|eve|loan";

  private final IncidentBook book = new IncidentBook(Alerting.defaults(), 2, Findings.NAMES);
  private final List<Incident> out = new ArrayList<>();
  private final Desk<Page> desk = new Desk<>(book, out::add);

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

  private void observe(Finding finding) {
    desk.observe(finding);
  }

  private List<Activity> activities() {
    return out.stream().map(Incident::activity).toList();
  }
}
