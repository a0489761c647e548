package io.vedette.correlate;

import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShadowBookTest {

  private static final long HOUR = 60 * MINUTE;

  private final TreeMap<String, Integer> findings = new TreeMap<>();
  private final TreeMap<String, Integer> wouldBe = new TreeMap<>();
  private final List<Incident> out = new ArrayList<>();
  private final ShadowBook book =
      new ShadowBook(
          new IncidentBook(Alerting.defaults(), 2),
          new IncidentBook(Alerting.defaults(), 2),
          new ShadowBook.Tally() {
            @Override
            public void finding(String detector) {
              findings.merge(detector, 1, Integer::sum);
            }

            @Override
            public void incident(String detector) {
              wouldBe.merge(detector, 1, Integer::sum);
            }
          });
  private final Desk<Page> desk = new Desk<>(book, out::add);

  @Test
  void shouldCountWhatWouldOpenAndPublishNothingWhenADetectorIsInShadow() {
    // Given
    List<Finding> some = findings(new Random(3), 500);
    List<Incident> plain = new ArrayList<>();
    Desk<Page> acting = new Desk<>(new IncidentBook(Alerting.defaults(), 2), plain::add);

    // When
    some.forEach(acting::observe);
    acting.tick(100 * HOUR);
    some.forEach(f -> desk.observe(shadow(f)));
    desk.tick(100 * HOUR);

    // Then
    long opened = plain.stream().filter(i -> i.activity() == Activity.CREATE).count();
    assertThat(opened).isGreaterThan(3);
    assertThat(out).isEmpty();
    assertThat(wouldBe).containsExactly(Map.entry("extraction", (int) opened));
    assertThat(findings).containsExactly(Map.entry("extraction", 500));
  }

  @Test
  void shouldTellTheSameStoryWhenOthersAreInShadow() {
    // Given: the same subjects at the same times
    List<Finding> real = findings(new Random(4), 300);
    List<Incident> plain = new ArrayList<>();
    Desk<Page> alone = new Desk<>(new IncidentBook(Alerting.defaults(), 2), plain::add);

    // When
    for (Finding finding : real) {
      alone.observe(finding);
      desk.observe(shadow(finding));
      desk.observe(finding);
    }
    alone.tick(100 * HOUR);
    desk.tick(100 * HOUR);

    // Then
    assertThat(out).isNotEmpty().isEqualTo(plain);
    assertThat(wouldBe.get("extraction")).isPositive();
  }

  @Test
  void shouldCountOnceWhenStatesAreReadAgain() {
    // Given
    desk.observe(shadow(Findings.caller("extraction", "eve", MINUTE, 9)));

    // When
    desk.replaceAll(Findings::reread);
    desk.observe(shadow(Findings.caller("extraction", "eve", 2 * MINUTE, 9)));

    // Then
    assertThat(wouldBe).containsExactly(Map.entry("extraction", 1));
  }

  @Test
  void shouldStayUnheardWhenAVerdictMeetsAShadow() {
    // Given
    desk.observe(shadow(Findings.caller("extraction", "eve", MINUTE, 9)));
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 9));
    String id = out.get(0).incidentId();
    Map<String, Page> pages = new TreeMap<>();
    for (String prefix : List.of("", "shadow|extraction|")) {
      String key = prefix + "caller|acme|eve|loan";
      pages.put(key, desk.get(key));
    }

    // When
    boolean taken =
        desk.judge(new Verdict(id, Verdict.Kind.BENIGN, "ana", "", 3 * MINUTE, null, null));

    // Then
    assertThat(wouldBe).containsExactly(Map.entry("extraction", 1));
    assertThat(pages)
        .extractingFromEntries(e -> book.incident(e.getKey(), e.getValue()))
        .containsOnly("", id);
    assertThat(taken).isTrue();
    assertThat(out).extracting(Incident::activity).containsExactly(Activity.CREATE, Activity.CLOSE);
  }

  private static List<Finding> findings(Random random, int number) {
    List<Finding> some = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String who = "p" + random.nextInt(9);
      some.add(Findings.caller("extraction", who, 1 + i * 3 * MINUTE, 3 + 4 * random.nextDouble()));
    }
    return some;
  }

  private static Finding shadow(Finding finding) {
    return finding.with(Finding.SHADOW, "true");
  }
}
