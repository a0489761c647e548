package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant ATTACK = Scenario.START.plus(DAY);
  private static final Site SITE = World.SCORING.build();

  @Test
  void shouldGiveTheSameExchangesWhenIteratedTwice() {
    // Given
    Scenario scenario = mixed(7);

    // When
    int first = hash(scenario);

    // Then
    assertThat(hash(scenario)).isEqualTo(first);
    assertThat(hash(mixed(7))).isEqualTo(first);
    assertThat(hash(mixed(8))).isNotEqualTo(first);
  }

  @Test
  void shouldKeepTimeOrderAndUniqueIdsWhenManyCallersMeet() {
    // Given
    Scenario scenario = mixed(7);
    Set<String> ids = new HashSet<>();
    long last = Long.MIN_VALUE;
    boolean ordered = true;

    // When
    for (Exchange e : scenario) {
      ordered &= e.timeMicros() >= last;
      last = e.timeMicros();
      ids.add(e.requestId());
      assertThat(e.origin().offset()).isEqualTo(ids.size());
    }

    // Then
    assertThat(ordered).isTrue();
    assertThat(ids).hasSizeBetween(2_000, 6_000);
  }

  @Test
  void shouldAnswerAsTheVictimDoesWhenRowsAreReplayed() {
    // Given
    Scenario scenario = mixed(7);
    Iterator<Exchange> iterator = scenario.iterator();

    // When
    Exchange e = iterator.next();

    // Then
    Payload.Features input = (Payload.Features) e.input();
    Answer answer = e.answer(0);
    assertThat(answer.probabilities()).isEqualTo(SITE.victim().probabilities(input.values()));
    assertThat(answer.label()).isEqualTo("class-" + answer.topClass());
    assertThat(e.model()).isEqualTo(SITE.victim().model());
  }

  @Test
  void shouldUseAccountsInTurnWhenAttackIsSpread() {
    // Given
    List<CallerId> accounts = accounts(20);
    Scenario scenario =
        Scenario.of(3)
            .add(
                Participant.attack(
                    AttackKind.HOP_SKIP_JUMP, accounts, SITE, 3, 400, Pace.perSecond(5), ATTACK))
            .build();
    Map<CallerId, Integer> counts = new HashMap<>();

    // When
    scenario.forEach(e -> counts.merge(e.caller(), 1, Integer::sum));

    // Then
    assertThat(counts).hasSize(20).allSatisfy((account, n) -> assertThat(n).isEqualTo(20));
    assertThat(scenario.roles()).containsEntry(accounts.get(3), "attack:hop_skip_jump");
  }

  @Test
  void shouldStayWithAnAccountWhenAttackIsSpreadInChunks() {
    // Given
    List<CallerId> accounts = accounts(5);
    Trace trace = AttackKind.UNIFORM_SD.record(SITE, 3, 40);
    Scenario scenario =
        Scenario.of(3)
            .add(
                Participant.recorded(
                    trace,
                    accounts,
                    SITE,
                    1,
                    Pace.perSecond(5),
                    ATTACK,
                    new Participant.Manner(4, 2, "JWT")))
            .build();
    List<Exchange> calls = new ArrayList<>();

    // When
    scenario.forEach(calls::add);

    // Then
    assertThat(calls).hasSize(40);
    for (int i = 0; i < 40; i++) {
      assertThat(calls.get(i).caller()).isEqualTo(accounts.get(i / 4 % 5));
      assertThat(((Payload.Features) calls.get(i).input()).values())
          .isSameAs(trace.queries().get(i));
    }
    assertThat(calls).extracting(e -> Objects.requireNonNull(e.auth()).ip()).doesNotContainNull();
    assertThat(calls.stream().map(e -> Objects.requireNonNull(e.auth()).ip()).distinct())
        .hasSize(2);
    assertThat(calls).allMatch(e -> Objects.requireNonNull(e.auth()).method().equals("JWT"));
  }

  @Test
  void shouldMakeExpectedVolumeWhenLearning() {
    // Given
    Scenario scenario =
        Scenario.of(5)
            .learning(
                SITE, "acme", 50, 20_000, DAY.multipliedBy(7), ATTACK.plus(DAY.multipliedBy(6)))
            .build();

    // When
    long exchanges = count(scenario);

    // Then
    assertThat(exchanges).isBetween(18_500L, 21_500L);
    assertThat(scenario.learnUntil()).isEqualTo(Scenario.START.plus(DAY.multipliedBy(7)));
  }

  @Test
  void shouldHideTheAttackWhenCovered() {
    // Given
    Scenario scenario =
        Scenario.of(3)
            .add(
                Participant.coveredAttack(
                    AttackKind.UNIFORM_SD,
                    accounts(1),
                    SITE,
                    3,
                    50,
                    0.05,
                    Pace.perSecond(5),
                    ATTACK))
            .build();

    // When
    long exchanges = count(scenario);

    // Then
    assertThat(exchanges).isBetween(600L, 1_600L);
  }

  @Test
  void shouldNotGrowWhenIteratedForLong() {
    // Given
    Instant end = Scenario.START.plus(Duration.ofDays(3_650));
    Scenario scenario =
        Scenario.of(5).learning(SITE, "acme", 100, 10_000_000, Duration.ofDays(3_650), end).build();
    Iterator<Exchange> iterator = scenario.iterator();

    // When
    for (int i = 0; i < 200_000; i++) {
      iterator.next();
    }

    // Then: nothing was prepared beyond the next call of each participant
    Instant now = Instant.ofEpochSecond(0, iterator.next().timeMicros() * 1_000);
    assertThat(now).isBefore(Scenario.START.plus(Duration.ofDays(120)));
    assertThat(iterator.hasNext()).isTrue();
  }

  private static Scenario mixed(long seed) {
    Scenario.Builder builder =
        Scenario.of(seed).learning(SITE, "acme", 20, 2_000, DAY, ATTACK.plus(DAY));
    builder.add(
        Participant.attack(
            AttackKind.HOP_SKIP_JUMP, accounts(1), SITE, seed, 300, Pace.perSecond(5), ATTACK));
    builder.add(
        Participant.benign(
            BenignKind.MONITORED_DECLARED,
            new CallerId("acme", "watch"),
            SITE,
            20,
            ATTACK,
            ATTACK.plus(DAY)));
    return builder.build();
  }

  private static List<CallerId> accounts(int n) {
    return IntStream.range(0, n).mapToObj(i -> new CallerId("acme", "thief-" + i)).toList();
  }

  private static long count(Scenario scenario) {
    long n = 0;
    for (Exchange e : scenario) {
      n += e.rows() > 0 ? 1 : 0;
    }
    return n;
  }

  private static int hash(Scenario scenario) {
    int hash = 0;
    for (Exchange e : scenario) {
      float[] values = ((Payload.Features) e.input()).values();
      hash = 31 * hash + Arrays.hashCode(values);
      hash = 31 * hash + Arrays.hashCode(e.answer(0).probabilities());
      hash =
          31 * hash + (e.requestId() + e.caller() + e.timeMicros() + e.latencyMicros()).hashCode();
    }
    return hash;
  }
}
