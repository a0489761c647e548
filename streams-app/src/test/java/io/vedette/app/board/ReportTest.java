package io.vedette.app.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Outcome;
import io.vedette.lab.World;
import io.vedette.lab.board.BenignResult;
import io.vedette.lab.board.CampaignResult;
import io.vedette.lab.board.Mode;
import io.vedette.lab.board.Results;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void shouldCountTheNotFoundAsLateWhenQuantilesAreTaken() {
    // Given: ten campaigns, found after 10, 20, .. 80 queries, and two not at all
    List<CampaignResult> campaigns = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      campaigns.add(campaign(i <= 8 ? 10 * i : -1));
    }

    // When
    AttackLine line = AttackLine.of(campaigns).get(0);

    // Then
    assertThat(line.found()).isEqualTo(8);
    assertThat(line.median()).isEqualTo(50);
    assertThat(line.p90()).isEqualTo(-1);
    assertThat(line.spent()).isCloseTo(0.5, within(1e-9));
    assertThat(line.published()).isCloseTo(50.0 / 60_000, within(1e-9));
    assertThat(line.named()).isCloseTo(0.5, within(1e-9));
    assertThat(line.rightFamily()).isEqualTo(8);
  }

  @Test
  void shouldBoundTheRateExactlyWhenNobodyIsAccused() {
    // Given
    Results results = new Results(List.of(), List.of(benign(BenignKind.RETRY, 0)));

    // When
    BenignLine line = BenignLine.of(results.benign()).get(0);

    // Then: 1 - 0.05^(1/60)
    assertThat(line.rate()).isZero();
    assertThat(line.upper()).isCloseTo(0.0487, within(1e-4));
  }

  @Test
  void shouldSumKindsApartWhenSomeAreIndistinguishable() {
    // Given
    List<BenignResult> results =
        List.of(
            benign(BenignKind.RETRY, 1),
            benign(BenignKind.AB_TEST, 2),
            benign(BenignKind.ROBUSTNESS_TEST, 5));

    // When
    List<BenignLine> lines = BenignLine.of(results);

    // Then
    assertThat(lines)
        .extracting(BenignLine::kind)
        .containsExactly("retry", "ab_test", "robustness_test", "all others", "all *");
    assertThat(lines).extracting(BenignLine::accused).containsExactly(1, 2, 5, 3, 5);
    assertThat(lines.get(3).callerDays()).isEqualTo(120);
  }

  @Test
  void shouldShowEveryLineWhenPrinted() {
    // Given
    Report report = report();

    // When
    String text = report.text();
    String markdown = report.markdown();

    // Then
    assertThat(text).contains("knockoff", "fast: found 1 of 1", "robustness_test *", "1 of 20");
    assertThat(markdown).contains("| knockoff | 1 of 1 (agreement 0.90) | 1 of 1 | 40 | 40 |");
    assertThat(markdown.lines().filter(l -> l.startsWith("|---"))).hasSize(2);
  }

  @Test
  void shouldGiveFiguresWhenAskedForJson() throws Exception {
    // When
    JsonNode json = new ObjectMapper().readTree(report().json());

    // Then
    assertThat(json.at("/title").asText()).isEqualTo("a title");
    assertThat(json.at("/attacks/0/median").asInt()).isEqualTo(40);
    assertThat(json.at("/benign/0/accused").asInt()).isEqualTo(2);
    assertThat(json.at("/benign/0/upper").asDouble()).isBetween(0.03, 0.2);
  }

  private static Report report() {
    return new Report(
        new Results(List.of(campaign(40)), List.of(benign(BenignKind.ROBUSTNESS_TEST, 2))),
        "a title");
  }

  private static CampaignResult campaign(int queries) {
    return new CampaignResult(
        World.LOAN,
        AttackKind.KNOCKOFF,
        Mode.FAST,
        new Outcome("agreement", 0.9, true),
        100,
        60_000,
        queries,
        queries,
        queries < 0 ? 0 : queries % 20 == 0 ? 1 : 0,
        queries >= 0,
        -1,
        120);
  }

  private static BenignResult benign(BenignKind kind, int accused) {
    return new BenignResult(
        World.LOAN, kind, 20, 3, 6_000, accused, 0, List.of("a wrong title"), 1, 4, 20);
  }
}
