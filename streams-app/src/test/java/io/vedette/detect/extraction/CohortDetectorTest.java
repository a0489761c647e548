package io.vedette.detect.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Scope;
import io.vedette.detect.DetectorChain;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CohortDetectorTest {

  private static final Instant DAY_TWO = Scenario.START.plus(Duration.ofDays(1));
  private static final double ALARM = Math.log10(3e4); // what a subject must show by default

  private record Place(Site site, Baseline baseline) {}

  private final Map<World, Place> places = new EnumMap<>(World.class);

  @ParameterizedTest
  @EnumSource(names = {"LOAN", "CHURN", "SCORING"})
  void shouldNameTheAccountsWhenFiftyShareAnExtraction(World world) {
    // Given fifty accounts with six uniform rows each
    Place place = place(world);
    List<CallerId> accounts =
        IntStream.range(0, 50).mapToObj(i -> new CallerId("acme", "new-" + i)).toList();
    Participant thief =
        Participant.attack(
            AttackKind.UNIFORM_RANGE, accounts, place.site, 5, 300, Pace.perSecond(1), DAY_TWO);

    // When
    List<Finding> findings = play(place, List.of(thief), false);

    // Then
    Finding last = findings.get(findings.size() - 1);
    assertThat(last.logEvidence()).isGreaterThan(ALARM);
    assertThat(last.scope()).isEqualTo(Scope.MODEL);
    assertThat(last.tenant()).isEqualTo("acme");
    assertThat(last.principal()).isNull();
    assertThat(last.principals()).hasSizeGreaterThan(45).doesNotHaveDuplicates();
    assertThat(last.principals()).allMatch(p -> p.startsWith("new-"));
    assertThat(last.samples()).isNotEmpty();
    assertThat(last.attributes()).containsEntry("mechanism", "new-accounts");
  }

  @ParameterizedTest
  @CsvSource({"LOAN, 1", "LOAN, 2", "CHURN, 3", "FRAUD, 4", "SCORING, 5"})
  void shouldStaySilentWhenFiftyOrdinaryAccountsAreNew(World world, long seed) {
    // Given
    Place place = place(world);
    List<Participant> honest = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      honest.add(honest(BenignKind.INDEPENDENT, "acme", "new-" + i, place, seed));
    }

    // When
    List<Finding> findings = play(place, honest, false);

    // Then
    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LOAN, 1", "LOAN, 2", "CHURN, 3", "FRAUD, 4", "SCORING, 5"})
  void shouldStaySilentWhenANewTenantIsShifted(World world, long seed) {
    // Given ten accounts whose rows lie 0.7 deviations away in a third of the features
    Place place = place(world);
    List<Participant> honest = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      honest.add(honest(BenignKind.NEW_TENANT, "newcorp", "user-" + i, place, seed));
    }

    // When
    List<Finding> findings = play(place, honest, false);

    // Then below what opens an incident
    assertThat(findings).allMatch(f -> f.logEvidence() < ALARM);
  }

  @Test
  void shouldStaySilentWhenTheAccountsAreTwo() {
    // Given
    Place place = place(World.LOAN);
    List<CallerId> accounts = List.of(new CallerId("acme", "a"), new CallerId("acme", "b"));
    Participant thief =
        Participant.attack(
            AttackKind.UNIFORM_RANGE, accounts, place.site, 5, 90, Pace.perSecond(1), DAY_TWO);

    // When / Then each of them is the business of the caller detector
    assertThat(play(place, List.of(thief), false)).isEmpty();
  }

  @Test
  void shouldFindTheSameWhenReadAtEveryExchange() {
    // Given
    Place place = place(World.CHURN);
    List<CallerId> accounts =
        IntStream.range(0, 20).mapToObj(i -> new CallerId("t" + i % 2, "new-" + i)).toList();
    Participant thief =
        Participant.attack(
            AttackKind.UNIFORM_RANGE, accounts, place.site, 6, 120, Pace.perSecond(1), DAY_TWO);

    // When
    List<Finding> expected = play(place, List.of(thief), false);
    List<Finding> findings = play(place, List.of(thief), true);

    // Then
    assertThat(findings).isEqualTo(expected).isNotEmpty();
    assertThat(expected.get(expected.size() - 1).tenant()).isEmpty(); // of two tenants
  }

  private Place place(World world) {
    return places.computeIfAbsent(
        world,
        w -> {
          Site site = w.build();
          Scenario clean =
              Scenario.of(90_001)
                  .learning(site, "acme", 20, 4_000, Duration.ofDays(1), DAY_TWO)
                  .build();
          return new Place(site, DetectorChain.learn(clean, 3_000));
        });
  }

  private static Participant honest(
      BenignKind kind, String tenant, String name, Place place, long seed) {
    Instant from = DAY_TWO.plusSeconds(60 * seed);
    return Participant.benign(
        kind,
        new CallerId(tenant, name + "-" + seed),
        place.site,
        10,
        from,
        DAY_TWO.plus(Duration.ofHours(20)));
  }

  private static List<Finding> play(Place place, List<Participant> who, boolean reread) {
    Scenario.Builder builder = Scenario.of(90_007);
    who.forEach(builder::add);
    DetectorChain chain = DetectorChain.cohort(Extraction.cohorts(), place.baseline);
    int seen = 0;
    for (Exchange exchange : builder.build()) {
      if (reread) {
        chain.reread();
      }
      chain.observe(exchange);
      seen++;
    }
    chain.drain();
    assertThat(seen).isGreaterThan(80);
    return chain.findings();
  }
}
