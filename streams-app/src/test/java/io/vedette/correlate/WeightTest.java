package io.vedette.correlate;

import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.IncidentStage;
import io.vedette.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightTest {

  private final List<Incident> out = new ArrayList<>();
  private final Desk<Page> desk = new Desk<>(new IncidentBook(Alerting.defaults(), 1), out::add);

  @Test
  void shouldOpenAtThreeToOneWhateverTheScope() {
    // When
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 4.4772));
    desk.observe(Findings.cell("1", List.of("a", "b"), MINUTE, 9.4772));
    desk.observe(Findings.model(MINUTE, 4.4772));

    // Then
    assertThat(out)
        .hasSize(3)
        .allSatisfy(i -> assertThat(i.confidence()).isCloseTo(0.75, within(0.001)));
  }

  @Test
  void shouldRiseWithSeverityConfidenceAndStagesWhenEachGrows() {
    double before = -1;
    for (Severity severity : Severity.values()) {
      for (double confidence : new double[] {0, 0.75, 1}) {
        double low = Weight.risk(severity, confidence, 1);
        assertThat(low).isBetween(0.0, 100.0);
        assertThat(Weight.risk(severity, confidence, 2)).isGreaterThanOrEqualTo(low);
        assertThat(Weight.risk(severity, confidence, 6))
            .isBetween(Weight.risk(severity, confidence, 5), 100.0);
        if (confidence == 1) {
          assertThat(low).isGreaterThan(before);
          before = low;
        }
      }
    }
  }

  @Test
  void shouldBeOneLevelUpWhenAnAttackReachedItsAimAndOneMoreOnACriticalModel() {
    // Given
    Finding finding = Findings.with(Findings.caller("evasion", "eve", MINUTE, 9), Severity.MEDIUM);
    Finding reached = finding.with(Finding.SUCCESS, "another label");

    // When / Then
    assertThat(Weight.severity(finding, Alerting.defaults())).isEqualTo(Severity.MEDIUM);
    assertThat(Weight.severity(reached, Alerting.defaults())).isEqualTo(Severity.HIGH);
    assertThat(Weight.severity(reached.with(Finding.CRITICAL_MODEL, "policy"), Alerting.defaults()))
        .isEqualTo(Severity.CRITICAL);
    assertThat(Weight.severity(finding.with(Finding.CRITICAL_MODEL, "policy"), Alerting.defaults()))
        .isEqualTo(Severity.HIGH);
  }

  @Test
  void shouldTellOfTheSuccessWhenItComesAfterTheSearch() {
    // Given
    Finding search = Findings.with(Findings.caller("evasion", "eve", MINUTE, 9), Severity.MEDIUM);
    desk.observe(search);
    Finding later = Findings.caller("evasion", "eve", 2 * MINUTE, 9);

    // When
    desk.observe(Findings.with(later, Severity.MEDIUM).with(Finding.SUCCESS, "another label"));

    // Then
    assertThat(out).hasSize(2);
    assertThat(out.get(1).severity()).isEqualTo(Severity.HIGH);
    assertThat(out.get(1).riskScore()).isGreaterThan(out.get(0).riskScore());
  }

  @Test
  void shouldCountStagesOnlyInTheirOrder() {
    assertThat(KillChain.chain(Map.of())).isZero();
    assertThat(KillChain.chain(Map.of(IncidentStage.EXTRACTION, 5L))).isEqualTo(1);
    assertThat(KillChain.chain(Map.of(IncidentStage.EXTRACTION, 5L, IncidentStage.CRAFTING, 9L)))
        .isEqualTo(2);
    assertThat(KillChain.chain(Map.of(IncidentStage.EXTRACTION, 9L, IncidentStage.CRAFTING, 5L)))
        .isEqualTo(1);
    assertThat(
            KillChain.chain(
                Map.of(
                    IncidentStage.ACCESS, 1L,
                    IncidentStage.RECONNAISSANCE, 9L,
                    IncidentStage.CRAFTING, 3L,
                    IncidentStage.EXFILTRATION, 4L)))
        .isEqualTo(3);
  }

  @Test
  void shouldRaiseTheRiskWhenCraftingFollowsExtraction() {
    // Given
    Finding extraction = Findings.caller("extraction", "eve", MINUTE, 40);
    Finding crafting = Findings.caller("evasion", "eve", 2 * MINUTE, 40);

    // When
    desk.observe(Findings.with(extraction, "AML.T0024.002"));
    desk.observe(Findings.with(crafting, "AML.T0043.001"));

    // Then: 80, and a quarter of the 20 that are left
    assertThat(out.get(0).riskScore()).isEqualTo(80);
    assertThat(out.get(1).riskScore()).isEqualTo(85);
    assertThat(out.get(1).severity()).isEqualTo(out.get(0).severity());
    assertThat(out.get(1).details().stages())
        .containsExactly(IncidentStage.EXTRACTION, IncidentStage.CRAFTING);
  }

  @Test
  void shouldBeOneLevelHigherWhenTheModelIsCritical() {
    // Given
    Alerting alerting =
        new Alerting(1e-4, 100_000, 15 * MINUTE, 60 * MINUTE, 0, 20, Set.of("loan"), true);
    Desk<Page> critical = new Desk<>(new IncidentBook(alerting, 1), out::add);

    // When
    critical.observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // Then
    assertThat(out.get(0).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void shouldKeepTheSentenceOfTheStrongestFindingWhenAWeakOneJoins() {
    // When
    desk.observe(Findings.caller("extraction", "eve", MINUTE, 9));
    desk.observe(Findings.caller("evasion", "eve", 2 * MINUTE, 2));

    // Then
    assertThat(out.get(1).summary()).isEqualTo("summary of extraction at " + MINUTE);
  }

  @Test
  void shouldSayWhatWasCheckedAndWhatToDoWhenThereIsAdvice() {
    // Given
    Advice advice = new Advice("T", List.of("a sweep"), List.of("Ask."), "page");
    Desk<Page> advised =
        new Desk<>(
            new IncidentBook(Alerting.defaults(), 1, Map.of("extraction", advice)), out::add);

    // When
    advised.observe(Findings.caller("extraction", "eve", MINUTE, 6));

    // Then
    assertThat(out.get(0).details().checked()).containsExactly("a sweep");
    assertThat(out.get(0).details().nextSteps()).containsExactly("Ask.");
    assertThat(out.get(0).details().runbook()).isEqualTo("page");
  }
}
