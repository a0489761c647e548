package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.core.IncidentStage;
import io.vedette.lab.AttackKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An attack that goes on from stage to stage, as the service's own detectors see it. */
class KillChainTest {

  private static final CallerId MALLORY = new CallerId("acme", "mallory");

  @Test
  void shouldRaiseTheRiskOfOneIncidentWhenACopiedModelIsAttackedNext() {
    // Given one account that copies the model for ten minutes, and then estimates its gradient
    Site site = World.LOAN.build();
    Instant from = Scenario.START.plus(Duration.ofHours(1));
    Instant next = from.plus(Duration.ofMinutes(10));
    Scenario scenario =
        Scenario.of(29)
            .learning(site, "acme", 10, 2000, Duration.ofHours(1), next.plusSeconds(600))
            .add(attack(AttackKind.UNIFORM_RANGE, site, 100, from))
            .add(attack(AttackKind.NES, site, 600, next))
            .build();
    DirectRun run = new DirectRun(Wiring.micros(scenario.learnUntil()));

    // When
    for (Exchange exchange : scenario) {
      run.accept(exchange);
    }

    // Then
    List<Incident> story =
        run.incidents.stream().filter(i -> i.principals().contains("mallory")).toList();
    Incident copied = story.get(0);
    Incident crafting =
        story.stream().filter(i -> i.details().stages().size() == 2).findFirst().orElseThrow();
    Incident before = story.get(story.indexOf(crafting) - 1);
    assertThat(story).extracting(Incident::incidentId).containsOnly(copied.incidentId());
    assertThat(copied.activity()).isEqualTo(Incident.Activity.CREATE);
    assertThat(copied.detectors()).containsExactly("extraction");
    assertThat(copied.details().stages()).containsExactly(IncidentStage.EXTRACTION);
    assertThat(crafting.activity()).isEqualTo(Incident.Activity.UPDATE);
    assertThat(crafting.detectors()).contains("evasion", "extraction");
    assertThat(crafting.details().stages())
        .containsExactly(IncidentStage.EXTRACTION, IncidentStage.CRAFTING);
    assertThat(crafting.severity())
        .isEqualTo(before.severity()); // so it is the stage that raises it
    double alone = crafting.severity().level() * 20 * (0.5 + 0.5 * crafting.confidence());
    assertThat(crafting.riskScore()).isGreaterThan(before.riskScore()).isGreaterThan(alone + 4);
  }

  private static Participant attack(AttackKind kind, Site site, int budget, Instant from) {
    return Participant.attack(kind, List.of(MALLORY), site, 5, budget, Pace.perSecond(5), from);
  }
}
