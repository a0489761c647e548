package io.vedette.app.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.app.Settings;
import io.vedette.app.Wiring;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.lab.AttackKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import io.vedette.stream.Counters;
import io.vedette.stream.ReplayDriver;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceRunTest {

  private static final Instant DAY_TWO = Scenario.START.plus(Duration.ofDays(1));
  private static final Instant ATTACK = DAY_TWO.plus(Duration.ofMinutes(30));
  private static final Settings SETTINGS = Settings.defaults().learnUntil(DAY_TWO);

  @Test
  void shouldAccuseTheSameAsTheTopologyWhenTrafficIsTheSame() {
    // Given
    Scenario scenario = scenario();

    // When
    List<Incident> direct = new ArrayList<>();
    ServiceRun run =
        new ServiceRun(new Wiring(SETTINGS).engines(), Map.of(), finding -> {}, direct::add);
    scenario.forEach(run::accept);
    List<Incident> replayed = replay(scenario);

    // Then
    assertThat(accused(direct)).isEqualTo(accused(replayed)).containsKey("evader-9");
    assertThat(accused(direct).get("thief-0")).contains("extraction");
    assertThat(run.baselines()).hasSize(1);
  }

  private static List<Incident> replay(Scenario scenario) {
    List<Incident> incidents = new ArrayList<>();
    Wiring wiring = new Wiring(SETTINGS);
    try (WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry());
        ReplayDriver driver =
            new ReplayDriver(
                Wiring.serdes(wire),
                wiring.engines(),
                wiring.stages(),
                new Counters(),
                new ReplayDriver.Results(
                    finding -> {}, incidents::add, baseline -> {}, letter -> {}))) {
      for (Exchange exchange : scenario) {
        driver.pipe(exchange);
      }
      driver.finish();
    }
    return incidents;
  }

  /**
   * Who is accused by which detectors in the end; which of them speaks first depends on when
   * batches leave a stage.
   */
  private static Map<String, Set<String>> accused(List<Incident> incidents) {
    Map<String, Set<String>> accused = new TreeMap<>();
    for (Incident incident : incidents) {
      for (String principal : incident.principals()) {
        accused.computeIfAbsent(principal, p -> new TreeSet<>()).addAll(incident.detectors());
      }
    }
    return accused;
  }

  private static Scenario scenario() {
    Site site = World.LOAN.build();
    Instant end = DAY_TWO.plus(Duration.ofHours(2));
    return Scenario.of(5)
        .learning(site, "acme", 20, 3_000, Duration.ofDays(1), end)
        .add(attack(site, AttackKind.UNIFORM_SD, "thief", 1))
        .add(attack(site, AttackKind.HOP_SKIP_JUMP, "evader", 10))
        .build();
  }

  private static Participant attack(Site site, AttackKind kind, String name, int accounts) {
    List<CallerId> callers =
        IntStream.range(0, accounts).mapToObj(i -> new CallerId("acme", name + '-' + i)).toList();
    return Participant.attack(kind, callers, site, 3, 120, Pace.perSecond(5), ATTACK);
  }
}
