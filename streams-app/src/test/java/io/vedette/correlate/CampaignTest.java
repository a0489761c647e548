package io.vedette.correlate;

import static io.vedette.correlate.Findings.DAY;
import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CampaignTest {

  private static final long HOUR = 60 * MINUTE;

  private final List<Incident> out = new ArrayList<>();
  private final Desk<Page> desk =
      new Desk<>(new IncidentBook(Alerting.defaults(), 2, Findings.NAMES), out::add);

  @Test
  void shouldTakeInTheIncidentsOfItsMembersWhenACampaignOpens() {
    // Given
    desk.observe(Findings.caller("extraction", "a", MINUTE, 6));
    desk.observe(Findings.caller("extraction", "z", MINUTE, 6));

    // When
    desk.observe(Findings.cell("1", List.of("a", "b"), 2 * MINUTE, 12));

    // Then
    assertThat(story()).containsExactly("CREATE [a]", "CREATE [z]", "CREATE [a, b]", "CLOSE [a]");
    String campaign = out.get(2).incidentId();
    assertThat(out.get(3).closeReason()).isEqualTo("joined campaign " + campaign);
    assertThat(out.get(3).details().campaign()).isEqualTo(campaign);
    assertThat(out.get(2).details().joined()).containsExactly(out.get(0).incidentId());
    assertThat(out.get(2).detectors()).containsExactly("evasion", "extraction");
  }

  @Test
  void shouldOpenNoIncidentOfItsOwnWhenACallerIsAMemberOfAnOpenCampaign() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));

    // When
    desk.observe(Findings.caller("extraction", "a", 2 * MINUTE, 60));
    desk.observe(Findings.caller("extraction", "z", 2 * MINUTE, 60));

    // Then
    assertThat(story()).containsExactly("CREATE [a, b]", "UPDATE [a, b]", "CREATE [z]");
  }

  @Test
  void shouldOpenOneAgainWhenTheCampaignIsOver() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    desk.tick(2 * HOUR);

    // When
    desk.observe(Findings.caller("extraction", "a", 3 * HOUR, 60));

    // Then
    assertThat(story()).containsExactly("CREATE [a, b]", "CLOSE [a, b]", "CREATE [a]");
  }

  @Test
  void shouldOpenNoIncidentsOfMembersWhenTheirCampaignWasJudged() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    judge(Verdict.Kind.FALSE_POSITIVE, 2 * MINUTE);

    // When: both go on; then one escalates far beyond what was judged
    desk.observe(Findings.caller("evasion", "a", 3 * MINUTE, 7));
    desk.observe(Findings.caller("evasion", "b", 4 * MINUTE, 7));
    int quiet = out.size();
    desk.observe(Findings.caller("evasion", "b", 5 * MINUTE, 40));
    desk.observe(Findings.caller("evasion", "a", 6 * MINUTE, 60));

    // Then
    assertThat(quiet).isEqualTo(2);
    assertThat(story())
        .containsExactly("CREATE [a, b]", "CLOSE [a, b]", "UPDATE [a, b]", "UPDATE [a, b]");
  }

  @Test
  void shouldOpenAnIncidentOfStrangersWhenACampaignWasJustJudged() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    judge(Verdict.Kind.TRUE_POSITIVE, 2 * MINUTE);

    // When: strangers, others of theirs, and what is found of one of them
    desk.observe(Findings.cell("2", List.of("c", "d"), 3 * MINUTE, 12));
    desk.observe(Findings.cell("3", List.of("e", "f"), 4 * MINUTE, 12));
    desk.observe(Findings.caller("extraction", "c", 5 * MINUTE, 9));

    // Then
    assertThat(story())
        .containsExactly(
            "CREATE [a, b]",
            "CLOSE [a, b]",
            "CREATE [c, d]",
            "UPDATE [c, d, e, f]",
            "UPDATE [c, d, e, f]");
  }

  @Test
  void shouldGoOnInTheCampaignThatWasNotJudgedWhenTheyTurnOutToBeOne() {
    // Given one that was judged, and strangers to it, who are silent now
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    judge(Verdict.Kind.TRUE_POSITIVE, 2 * MINUTE);
    desk.observe(Findings.cell("2", List.of("c", "d"), 3 * MINUTE, 12));
    desk.tick(2 * HOUR);

    // When
    desk.observe(Findings.cell("3", List.of("b", "c"), 3 * HOUR, 12));

    // Then
    assertThat(story().subList(2, out.size()))
        .containsExactly("CREATE [c, d]", "CLOSE [c, d]", "UPDATE [a, b, c, d]");
    assertThat(out.get(4).incidentId()).isEqualTo(out.get(2).incidentId());
  }

  @Test
  void shouldKnowWhatWasFoundOfAMemberWhenTheCampaignWasNone() {
    // Given
    Alerting brief = new Alerting(1e-4, 100_000, 15 * MINUTE, HOUR, HOUR, 20, Set.of(), true);
    Desk<Page> other = new Desk<>(new IncidentBook(brief, 2), out::add);
    other.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    other.observe(Findings.caller("extraction", "a", 2 * MINUTE, 7));
    String id = out.get(0).incidentId();
    other.judge(new Verdict(id, Verdict.Kind.FALSE_POSITIVE, "ana", "", 3 * MINUTE, null, null));

    // When: beyond the time in which the campaign opens again
    other.observe(Findings.caller("extraction", "a", 2 * HOUR, 1));

    // Then
    Incident last = out.get(out.size() - 1);
    assertThat(last.activity()).isEqualTo(Activity.CREATE);
    assertThat(last.principals()).containsExactly("a");
    assertThat(last.logEvidence()).isGreaterThan(6);
  }

  @Test
  void shouldNameAndCountThoseLinkedBeforeWhenANewIncidentOpens() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));

    // When: days later, beyond the time in which the old one opens again
    desk.observe(Findings.cell("2", List.of("b", "c"), 3 * DAY, 12));

    // Then
    assertThat(story()).containsExactly("CREATE [a, b]", "CLOSE [a, b]", "CREATE [a, b, c]");
    assertThat(out.get(2).details().members()).isEqualTo(3);
  }

  @Test
  void shouldLinkNobodyAnyMoreWhenAnAnalystSaidThatTheCampaignWasNone() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    judge(Verdict.Kind.BENIGN, 2 * MINUTE);

    // When
    desk.observe(Findings.cell("2", List.of("b", "c"), 3 * DAY, 12));
    desk.observe(Findings.cell("3", List.of("c", "d"), 3 * DAY + MINUTE, 12));

    // Then
    assertThat(story())
        .containsExactly("CREATE [a, b]", "CLOSE [a, b]", "CREATE [b, c]", "UPDATE [b, c, d]");
  }

  @Test
  void shouldKeepCampaignsApartWhenAModelIsNamedLikeANumberedOne() {
    // Given two campaigns on a model, the second of which has the number 1
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    desk.observe(Findings.cell("2", List.of("c", "d"), 10 * HOUR, 12));

    // When
    desk.observe(Findings.on("loan|1", Findings.cell("3", List.of("e", "f"), 10 * HOUR, 12)));

    // Then
    assertThat(story())
        .containsExactly("CREATE [a, b]", "CLOSE [a, b]", "CREATE [c, d]", "CREATE [e, f]");
  }

  @Test
  void shouldStayLinkedWhenChanceMeetingsFillTheLinks() {
    // Given a campaign, and an account with an incident of its own
    desk.observe(Findings.caller("extraction", "z", MINUTE, 6));
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));

    // When: 6,000 accounts meet, which is below the threshold
    for (int i = 0; i < 3_000; i++) {
      List<String> met = List.of("m" + 2 * i, "m" + (2 * i + 1));
      desk.observe(Findings.cell("n" + i, met, MINUTE + i, 1));
    }
    desk.observe(Findings.cell("2", List.of("a", "z"), 2 * MINUTE, 12));

    // Then: it is one campaign with all that belongs to it
    assertThat(story())
        .containsExactly("CREATE [z]", "CREATE [a, b]", "UPDATE [a, b, z]", "CLOSE [z]");
  }

  @Test
  void shouldBecomeOneWhenTwoCampaignsShareAnAccount() {
    // Given two that are strangers: the second begins long after the first has ended
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    desk.observe(Findings.cell("2", List.of("c", "d"), 5 * HOUR, 12));

    // When
    desk.observe(Findings.cell("3", List.of("b", "c"), 5 * HOUR + MINUTE, 12));

    // Then: the open one stays, and names all
    assertThat(story())
        .containsExactly("CREATE [a, b]", "CLOSE [a, b]", "CREATE [c, d]", "UPDATE [a, b, c, d]");
    assertThat(out.get(3).details().members()).isEqualTo(4);
  }

  @Test
  void shouldTakeInTheYoungerOneWhenBothAreOpen() {
    // Given: of two detectors, so that time alone does not link them
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));
    desk.observe(Findings.group("extraction", List.of("c", "d"), 2 * MINUTE, 12));

    // When
    desk.observe(Findings.cell("3", List.of("b", "c"), 3 * MINUTE, 12));

    // Then
    assertThat(story())
        .containsExactly("CREATE [a, b]", "CREATE [c, d]", "UPDATE [a, b, c, d]", "CLOSE [c, d]");
    assertThat(out.get(3).details().campaign()).isEqualTo(out.get(0).incidentId());
  }

  @Test
  void shouldNameTheIncidentsOfAYoungerCampaignWhenItGoesIntoAnOlder() {
    // Given: of two detectors, so that time alone does not link them
    desk.observe(Findings.caller("extraction", "d", MINUTE, 6));
    desk.observe(Findings.cell("1", List.of("a", "b"), 2 * MINUTE, 12));
    desk.observe(Findings.group("extraction", List.of("c", "d"), 3 * MINUTE, 12));

    // When
    desk.observe(Findings.cell("3", List.of("b", "c"), 4 * MINUTE, 12));

    // Then
    assertThat(out.get(4).incidentId()).isEqualTo(out.get(1).incidentId());
    assertThat(out.get(4).details().joined())
        .containsExactlyInAnyOrder(out.get(0).incidentId(), out.get(2).incidentId());
  }

  @Test
  void shouldBeOneWhenStrangersAreActiveAtTheSameTimeUnderTheSameDetector() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));

    // When
    desk.observe(Findings.cell("2", List.of("c", "d"), 2 * MINUTE, 12));

    // Then
    assertThat(story()).containsExactly("CREATE [a, b]", "UPDATE [a, b, c, d]");
  }

  @Test
  void shouldNameNobodyAndFallSilentWhenHonestAccountsShareCellsAroundIt() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));

    // When: cells of honest accounts, some of which met a member, just short of the threshold of
    // 9.48; and a cohort just short of 4.48
    for (int i = 0; i < 300; i++) {
      List<String> met = List.of(i % 3 == 0 ? "a" : "h" + i, "h" + (i + 1));
      desk.observe(Findings.cell("n" + i, met, (2 + i) * MINUTE, 9.4));
      desk.observe(Findings.group("extraction", met, (2 + i) * MINUTE, 4.4));
    }

    // Then
    assertThat(story()).containsExactly("CREATE [a, b]", "CLOSE [a, b]");
    assertThat(out.get(1).timeMicros()).isEqualTo(61 * MINUTE);
    assertThat(out.get(1).details().members()).isEqualTo(2);
  }

  @Test
  void shouldBeTwoWhenTheOtherWasLongSilentThoughTheCellBeganAtMidnight() {
    // Given
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 12));

    // When
    Finding evening = Findings.cell("2", List.of("c", "d"), 20 * HOUR, 12);
    desk.observe(Findings.since(evening, 0));

    // Then
    assertThat(story()).containsExactly("CREATE [a, b]", "CLOSE [a, b]", "CREATE [c, d]");
  }

  @Test
  void shouldLinkNobodyWhenAnAccountIsAProxyOfVeryMany() {
    // Given a gateway that was named beside 400 accounts
    for (int i = 0; i < 400; i++) {
      desk.observe(Findings.cell("n" + i, List.of("proxy", "user-" + i), i * 2 * HOUR, 1));
    }
    desk.observe(Findings.caller("extraction", "proxy", 800 * HOUR, 6));
    int before = out.size();

    // When
    desk.observe(Findings.cell("x", List.of("proxy", "eve"), 820 * HOUR, 12));
    desk.observe(Findings.caller("extraction", "proxy", 820 * HOUR, 6));

    // Then: it keeps its own incident, and is not named in that of the others
    assertThat(before).isEqualTo(1);
    assertThat(story())
        .containsExactly("CREATE [proxy]", "CLOSE [proxy]", "CREATE [eve]", "UPDATE [proxy]");
    assertThat(out.get(3).details().campaign()).isNull();
  }

  @Test
  void shouldStayBoundedWhenGroupsNeverEnd() {
    // Given / When
    for (int i = 0; i < 5_000; i++) {
      List<String> group = List.of("p" + 3 * i, "p" + (3 * i + 1), "p" + (3 * i + 2));
      desk.observe(Findings.cell("c" + i, group, i * MINUTE, 12));
    }

    // Then
    Links links = desk.get("links|acme|loan").links();
    int most = 0;
    for (int campaign = 0; campaign < 5_000; campaign++) {
      most = Math.max(most, links.members(campaign));
    }
    assertThat(most).isBetween(400, Links.MOST_MEMBERS);
    assertThat(links.bytes()).isLessThan(600_000);
  }

  @Test
  void shouldNameAtMostFiftyAndCountAllWhenACampaignIsLarge() {
    // Given / When
    for (int i = 0; i < 60; i++) {
      desk.observe(Findings.cell("1", List.of("p" + i, "p" + (i + 1)), (i + 1) * 1_000, 12));
    }
    desk.tick(DAY);

    // Then
    Incident last = out.get(out.size() - 1);
    assertThat(last.activity()).isEqualTo(Activity.CLOSE);
    assertThat(last.principals()).hasSize(50);
    assertThat(last.details().members()).isEqualTo(61);
    assertThat(last.title()).isEqualTo("Black-box evasion by 61 accounts on loan");
    assertThat(out.size()).isLessThanOrEqualTo(22);
  }

  @Test
  void shouldTellTheSameStoryWhenReadAtAnyStep() {
    // Given
    List<Finding> findings =
        List.of(
            Findings.caller("extraction", "a", MINUTE, 6),
            Findings.cell("1", List.of("a", "b"), 2 * MINUTE, 12),
            Findings.group("extraction", List.of("c", "d"), 3 * MINUTE, 12),
            Findings.cell("2", List.of("b", "c"), 4 * MINUTE, 12),
            Findings.caller("evasion", "d", 5 * MINUTE, 40),
            Findings.cell("3", List.of("e", "f"), 9 * HOUR, 12));
    findings.forEach(desk::observe);

    for (int split = 0; split < findings.size(); split++) {
      // When
      List<Incident> again = new ArrayList<>();
      Desk<Page> other =
          new Desk<>(new IncidentBook(Alerting.defaults(), 2, Findings.NAMES), again::add);
      for (int i = 0; i < findings.size(); i++) {
        if (i == split) {
          other.replaceAll(Findings::reread);
        }
        other.observe(findings.get(i));
      }

      // Then
      assertThat(again).as("read before step %d", split).isEqualTo(out);
    }
    assertThat(out.size()).isGreaterThan(6);
  }

  private void judge(Verdict.Kind kind, long time) {
    String id = out.get(0).incidentId();
    desk.judge(new Verdict(id, kind, "ana", "", time, null, null));
  }

  private List<String> story() {
    return out.stream().map(i -> i.activity() + " " + new TreeSet<>(i.principals())).toList();
  }
}
