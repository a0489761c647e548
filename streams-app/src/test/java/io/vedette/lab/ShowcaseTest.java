package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.lab.Showcase.Manner;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShowcaseTest {

  private static final Site SITE = World.LOAN.build();

  @ParameterizedTest
  @EnumSource(Manner.class)
  void shouldPlayEveryAttackAfterLearningWhenAsked(Manner manner) {
    // Given
    Scenario scenario = Showcase.attacks(SITE, 3, 20, 2_000, manner);
    Map<CallerId, String> roles = scenario.roles();
    Map<String, Integer> calls = new HashMap<>();
    long learnt = scenario.learnUntil().getEpochSecond() * 1_000_000;

    // When
    for (Exchange e : scenario) {
      String role = Objects.requireNonNull(roles.get(e.caller()));
      calls.merge(role, 1, Integer::sum);
      assertThat(role.startsWith("attack:") && e.timeMicros() < learnt).isFalse();
    }

    // Then
    for (AttackKind kind : AttackKind.values()) {
      int least = kind.suits(SITE) ? 700 : 0;
      assertThat(calls.getOrDefault("attack:" + kind.id(), 0)).isGreaterThanOrEqualTo(least);
    }
  }

  @Test
  void shouldShowEveryHabitWhenBenign() {
    // Given
    Scenario scenario = Showcase.benign(SITE, 3, 20, 2_000);
    Map<String, Integer> calls = new HashMap<>();
    Map<CallerId, String> roles = scenario.roles();

    // When
    scenario.forEach(
        e -> calls.merge(Objects.requireNonNull(roles.get(e.caller())), 1, Integer::sum));

    // Then
    for (BenignKind kind : BenignKind.values()) {
      if (kind.fits(SITE)) {
        assertThat(calls).containsKey("benign:" + kind.id());
      }
    }
    assertThat(scenario.participants()).noneMatch(Participant::attacker);
    assertThat(scenario.learnUntil()).isEqualTo(Instant.parse("2026-03-09T00:00:00Z"));
  }
}
