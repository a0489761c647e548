package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TenantDayTest {

  private static final List<Site> SITES = List.of(World.LOAN.build(), World.CHURN.build());
  private static final int CALLERS = 800;

  @Test
  void shouldShowEveryHabitOnEveryModelWhenThereAreManyCallers() {
    // Given
    Scenario scenario = TenantDay.of(SITES, CALLERS, 30, 7);
    Map<CallerId, String> roles = scenario.roles();
    Map<String, Integer> calls = new HashMap<>();

    // When
    for (Exchange e : scenario) {
      String role = Objects.requireNonNull(roles.get(e.caller()));
      calls.merge(role + " of " + e.model().name(), 1, Integer::sum);
    }

    // Then
    for (Site site : SITES) {
      for (BenignKind kind : BenignKind.values()) {
        if (kind.fits(site)) {
          assertThat(calls).containsKey("benign:" + kind.id() + " of " + site.population().name());
        }
      }
    }
    assertThat(scenario.participants()).noneMatch(Participant::attacker);
  }

  @Test
  void shouldCallAtTheMeanRateWhenRatesAreHalfNormal() {
    // Given
    Scenario scenario = TenantDay.of(SITES, CALLERS, 30, 8);
    long learnt = scenario.learnUntil().getEpochSecond() * 1_000_000;
    Predicate<String> plain = principal -> principal.startsWith("independent-");
    long callers =
        scenario.participants().stream()
            .filter(p -> plain.test(p.accounts().get(0).principal()))
            .count();
    long calls = 0;

    // When
    for (Exchange e : scenario) {
      calls += e.timeMicros() >= learnt && plain.test(e.caller().principal()) ? 1 : 0;
    }

    // Then
    assertThat(callers).isGreaterThan(CALLERS * 4 / 10);
    assertThat(calls).isCloseTo(callers * 30, withPercentage(10));
  }
}
