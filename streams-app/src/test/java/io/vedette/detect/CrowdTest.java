package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Detector;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Scope;
import io.vedette.core.State;
import io.vedette.detect.evasion.Evasion;
import io.vedette.detect.extraction.Extraction;
import io.vedette.detect.inversion.Inversion;
import io.vedette.detect.inversion.InversionConfig;
import io.vedette.detect.membership.Fingerprints;
import io.vedette.detect.membership.Membership;
import io.vedette.detect.membership.MembershipConfig;
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
class CrowdTest {

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

  @ParameterizedTest
  @CsvSource({"LOAN, 1", "CHURN, 2", "SCORING, 3"})
  void shouldNameHardlyAnybodyElseWhenThreeSamplersAreAmongHonestNewcomers(World world, long seed) {
    // Given samplers of 40 rows each, and forty honest accounts
    Place place = place(world);
    List<Participant> who = new ArrayList<>();
    List<CallerId> accounts =
        IntStream.range(0, 3).mapToObj(i -> new CallerId("acme", "sampler-" + i)).toList();
    who.add(
        Participant.attack(
            AttackKind.UNIFORM_RANGE,
            accounts,
            place.site,
            seed,
            120,
            Pace.perSecond(0.01),
            DAY_TWO));
    for (int i = 0; i < 40; i++) {
      who.add(honest(BenignKind.INDEPENDENT, "acme", "new-" + i, place, seed));
    }

    // When
    List<Finding> alarms =
        play(place, who, false).stream().filter(f -> f.logEvidence() >= ALARM).toList();

    // Then
    assertThat(alarms).isNotEmpty();
    for (Finding alarm : alarms) {
      assertThat(alarm.principals()).contains("sampler-0", "sampler-1", "sampler-2");
      assertThat(alarm.principals()).hasSizeLessThanOrEqualTo(4); // of forty, one by chance
      assertThat(alarm.attributes()).doesNotContainKey(Finding.SUCCESS);
    }
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

  @ParameterizedTest
  @CsvSource({
    "HOP_SKIP_JUMP, SCORING, evasion",
    "NES, LOAN, evasion",
    "ZOO, FRAUD, evasion",
    "CLASS_ASCENT, SCORING, inversion",
    "LABEL_MEMBERSHIP, SCORING, membership",
    "LINE_BISECTION, LOAN, extraction",
  })
  void shouldNameTheKindWhenFiftyShareAnAttack(AttackKind kind, World world, String detector) {
    // Given fifty accounts of which each asks now and then, and an honest newcomer
    Place place = place(world);
    List<CallerId> accounts =
        IntStream.range(0, 50).mapToObj(i -> new CallerId("acme", "new-" + i)).toList();
    Participant attacker =
        Participant.attack(kind, accounts, place.site, 5, 300, Pace.perSecond(1), DAY_TWO);
    Participant newcomer = honest(BenignKind.INDEPENDENT, "acme", "honest", place, 1);

    // When
    List<Finding> findings = play(place, List.of(attacker, newcomer), false);

    // Then the first that opens an incident has the right name and names no honest account
    Finding first =
        findings.stream().filter(f -> f.logEvidence() >= ALARM).findFirst().orElseThrow();
    assertThat(first.detector()).isEqualTo(detector);
    assertThat(first.scope()).isEqualTo(Scope.MODEL);
    assertThat(first.principals()).hasSizeGreaterThan(2).allMatch(p -> p.startsWith("new-"));
    assertThat(first.attributes())
        .containsEntry("mechanism", "new-accounts")
        .containsKey("pattern");
    assertThat(first.summary()).contains("new accounts act as one caller");
  }

  @ParameterizedTest
  @CsvSource({
    "WHAT_IF, LOAN",
    "SLIDER, CHURN",
    "MONITORED, SCORING",
    "SENSOR, LOAN",
    "RETRY_STORM, FRAUD",
    "AB_TEST, SCORING",
    "GRID_SEARCH, CHURN",
    "LOAD_TEST, LOAN",
    "ROBUSTNESS_TEST, SCORING",
    "VIDEO, SIGNS",
  })
  void shouldOpenNothingWhenTwentyNewAccountsHaveOneHonestHabit(BenignKind kind, World world) {
    // Given
    Place place = place(world);
    List<Participant> honest = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      honest.add(honest(kind, "acme", "new-" + i, place, 1));
    }

    // When
    List<Finding> findings = play(place, honest, false);

    // Then
    assertThat(findings).allMatch(f -> f.logEvidence() < ALARM);
  }

  private static List<Detector<? extends State, Observation>> detectors() {
    return List.of(
        Extraction.detector(),
        Evasion.callers(),
        Inversion.detector(InversionConfig.of(List.of())),
        Membership.detector(MembershipConfig.of(Map.of(), Fingerprints.NONE)));
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
    DetectorChain chain = DetectorChain.crowd(detectors(), place.baseline);
    int seen = 0;
    for (Exchange exchange : builder.build()) {
      if (reread) {
        chain.reread();
      }
      chain.observe(exchange);
      seen++;
    }
    assertThat(chain.fenced()).isEmpty();
    assertThat(chain.largestStateBytes()).isLessThan(64_000);
    assertThat(seen).isGreaterThan(80);
    return chain.findings();
  }
}
