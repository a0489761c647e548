package io.vedette.correlate;

import static io.vedette.correlate.Findings.DAY;
import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.IncidentStage;
import io.vedette.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an incident may say: at most so much, and every escalation. */
class BudgetTest {

  private static final long SECOND = 1_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final List<String> OF_EACH_STAGE =
      List.of("AML.T0012", "AML.T0013", "AML.T0024.002", "AML.T0043", "AML.T0015", "AML.T0057");

  private final List<Incident> out = new ArrayList<>();
  private final Desk<Page> desk = new Desk<>(new IncidentBook(Alerting.defaults(), 5), out::add);
  private long time = MINUTE;

  @Test
  void shouldTellOfEveryStageAndSeverityAtOnceWhenAStormHasSpentWhatIsFree() {
    // Given evidence and findings that grow all the time
    for (int i = 0; i < 3_000; i++) {
      desk.observe(Findings.with(next("extraction", 6 + i / 10.0), Severity.INFORMATIONAL));
    }
    long spent = updates();

    // When
    int told = out.size();
    for (Severity severity : List.of(Severity.LOW, Severity.HIGH, Severity.CRITICAL)) {
      desk.observe(Findings.with(next("extraction", 5), severity));

      // Then
      assertThat(out).hasSize(++told);
      assertThat(last().severity()).isEqualTo(severity);
    }
    for (String technique : OF_EACH_STAGE) {
      desk.observe(Findings.with(next("extraction", 5), technique));
      told += technique.equals("AML.T0024.002") ? 0 : 1; // the one that it began with
      assertThat(out).hasSize(told);
    }
    assertThat(spent).isBetween(5L, 11L);
    assertThat(updates()).isLessThanOrEqualTo(20);
    assertThat(last().details().stages()).hasSize(IncidentStage.values().length);
  }

  @Test
  void shouldTellOfADetectorThatIsNewWhenAStormHasGrownAndGrown() {
    // Given
    for (int i = 0; i < 3_000; i++) {
      desk.observe(next("extraction", 6 + i / 10.0));
    }
    long spent = updates();

    // When: none of these detectors brings a stage
    for (String detector : List.of("cost", "fairness", "poisoning")) {
      desk.observe(next(detector, 5));

      // Then
      assertThat(last().detectors()).contains(detector);
    }
    assertThat(updates()).isEqualTo(spent + 3).isLessThanOrEqualTo(20);
  }

  @Test
  void shouldTellOfGrownEvidenceWhenWhatGoesOnHasSpentItsShare() {
    // Given nothing but that it goes on
    for (int i = 0; i < 3_000; i++) {
      desk.observe(next("extraction", 6));
    }
    long spent = updates();

    // When: a quarter is not enough any more, double is
    desk.observe(next("extraction", 8));
    long quarter = updates();
    desk.observe(next("extraction", 14));

    // Then
    assertThat(spent).isEqualTo(7);
    assertThat(quarter).isEqualTo(7);
    assertThat(updates()).isEqualTo(8);
  }

  @Test
  void shouldTellOfMembersThatJoinWhenWhatGoesOnHasSpentItsShare() {
    // Given a campaign
    for (int i = 0; i < 3_000; i++) {
      desk.observe(Findings.cell("a", List.of("m0", "m1"), time += SECOND, 12));
    }
    long spent = updates();

    // When
    desk.observe(Findings.cell("b", List.of("m1", "m2", "m3"), time += SECOND, 12));

    // Then
    assertThat(updates()).isEqualTo(spent + 1);
    assertThat(last().principals()).containsExactly("m0", "m1", "m2", "m3");
  }

  @ParameterizedTest
  @ValueSource(ints = {61, 62, 70, 90, 121, 130, 241, 500, 961})
  void shouldSpeakSeldomWhenAnAttackerPulses(int minutes) {
    // When: he comes again as soon as an incident has closed, or a little later
    for (time = MINUTE; time < 3 * DAY; time += minutes * MINUTE) {
      desk.observe(Findings.caller("extraction", "eve", time, 6 + time / (double) DAY));
    }

    // Then
    assertThat(out.stream().map(Incident::incidentId).distinct()).hasSize(1);
    for (int day = 0; day < 3; day++) {
      assertThat(count(Activity.CLOSE, day)).as("closings on day %d", day).isLessThanOrEqualTo(5);
      assertThat(count(Activity.UPDATE, day)).as("updates on day %d", day).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void shouldCloseTwiceAsLateWhenItHasOpenedAgain() {
    // Given
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 6));
    desk.observe(Findings.caller("extraction", "eve", 2 * HOUR, 6)); // opens again

    // When
    desk.tick(4 * HOUR - 1);
    int early = out.size();
    desk.tick(4 * HOUR);

    // Then
    assertThat(early).isEqualTo(3);
    assertThat(last().activity()).isEqualTo(Activity.CLOSE);
    assertThat(last().timeMicros()).isEqualTo(4 * HOUR);
  }

  @Test
  void shouldHoldTheBudgetAndHideNoEscalationWhenFindingsComeAsTheyLike() {
    for (long seed = 1; seed <= 100; seed++) {
      // Given
      Random random = new Random(seed);
      out.clear();
      Desk<Page> any = new Desk<>(new IncidentBook(Alerting.defaults(), 5), out::add);
      Severity worst = Severity.INFORMATIONAL;
      Set<String> seen = new TreeSet<>();

      for (long now = MINUTE; now < DAY - 2 * HOUR; ) {
        // When: in bursts, with pauses of which some are long enough to close
        now += random.nextInt(10) == 0 ? random.nextInt(90) * MINUTE : SECOND;
        String technique = OF_EACH_STAGE.get((int) (6 * Math.pow(random.nextDouble(), 3)));
        Severity severity = Severity.values()[(int) (5 * Math.pow(random.nextDouble(), 4))];
        Finding finding = Findings.caller("extraction", "eve", now, 6 + 40 * random.nextDouble());
        boolean news = seen.add(technique) | severity.compareTo(worst) > 0;
        worst = severity.compareTo(worst) > 0 ? severity : worst;
        any.observe(Findings.with(Findings.with(finding, technique), severity));

        // Then
        if (news) {
          assertThat(last().timeMicros()).as("seed %d", seed).isEqualTo(now);
          assertThat(last().severity()).isEqualTo(worst);
          assertThat(last().details().stages()).hasSize(seen.size());
        }
      }
      assertThat(updates()).as("seed %d", seed).isBetween(5L, 20L);
    }
  }

  @Test
  void shouldRefuseWhenTheUpdatesDoNotCoverTheEscalations() {
    assertThatThrownBy(() -> new Alerting(1e-4, 1, 1, 1, 1, 9, Set.of(), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alerting.mostUpdates must be at least 10");
  }

  private Finding next(String detector, double log10) {
    return Findings.caller(detector, "eve", time += SECOND, log10);
  }

  private Incident last() {
    return out.get(out.size() - 1);
  }

  private long updates() {
    return out.stream().filter(i -> i.activity() == Activity.UPDATE).count();
  }

  private long count(Activity activity, int day) {
    return out.stream()
        .filter(i -> i.activity() == activity && i.timeMicros() / DAY == day)
        .count();
  }
}
