package io.vedette.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A flood of findings must not become a flood of incidents. */
class StormTest {

  private static final int ATTACKERS = 50;
  private static final int FINDINGS = 1_000_000;
  private static final long DAY = Findings.DAY;

  /** Evidence, severity and detectors grow as attacks go on, within a day. */
  private static Finding storm(int i) {
    int round = i / ATTACKERS;
    String principal = "attacker-" + i % ATTACKERS;
    String detector = round % 3 == 2 ? "evasion" : "extraction";
    long time = 1 + (DAY - 2) / FINDINGS * i;
    return Findings.caller(detector, principal, time, 5 + round / 100.0);
  }

  @Test
  void shouldOpenOncePerAttackerAndSpeakSeldomWhenAMillionFindingsCome() {
    // Given
    Map<String, List<Incident>> byId = new TreeMap<>();
    Desk<Page> desk =
        new Desk<>(
            new IncidentBook(Alerting.defaults(), 2),
            i -> byId.computeIfAbsent(i.incidentId(), id -> new ArrayList<>()).add(i));

    // When
    for (int i = 0; i < FINDINGS; i++) {
      desk.observe(storm(i));
    }
    desk.tick(2 * DAY);

    // Then
    assertThat(byId).hasSize(ATTACKERS);
    for (List<Incident> story : byId.values()) {
      List<Activity> activities = story.stream().map(Incident::activity).toList();
      int updates = activities.size() - 2;
      assertThat(updates).isBetween(5, 20);
      assertThat(activities.get(0)).isEqualTo(Activity.CREATE);
      assertThat(activities.subList(1, updates + 1)).containsOnly(Activity.UPDATE);
      assertThat(activities.get(updates + 1)).isEqualTo(Activity.CLOSE);
      assertThat(story.stream().map(Incident::sequence))
          .containsExactlyElementsOf(IntStream.range(0, activities.size()).boxed().toList());
      assertThat(story.stream().map(Incident::timeMicros).toList()).isSorted();
      assertThat(story.stream().map(Incident::riskScore).toList()).isSorted();
      Incident last = story.get(story.size() - 1);
      assertThat(last.details().findings()).isEqualTo(FINDINGS / ATTACKERS);
      assertThat(last.principals()).hasSize(1);
    }
  }

  @Test
  void shouldTellTheSameStoryWhenStatesAreReadAgainInTheMiddle() {
    // Given
    int some = 20_000;
    List<Incident> expected = new ArrayList<>();
    Desk<Page> undisturbed = new Desk<>(new IncidentBook(Alerting.defaults(), 2), expected::add);
    List<Incident> incidents = new ArrayList<>();
    Desk<Page> disturbed = new Desk<>(new IncidentBook(Alerting.defaults(), 2), incidents::add);

    // When
    for (int i = 0; i < some; i++) {
      undisturbed.observe(storm(i));
      if (i % 7_001 == 0) {
        disturbed.replaceAll(Findings::reread);
      }
      disturbed.observe(storm(i));
    }

    // Then
    assertThat(incidents).isEqualTo(expected);
  }
}
