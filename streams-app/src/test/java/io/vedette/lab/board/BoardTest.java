package io.vedette.lab.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Exchange;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The scoreboard on products whose answers are known. */
class BoardTest {

  private static final int PATIENCE = 30;

  /** Names an account at its call number {@link #PATIENCE}, and honest subjects never. */
  private static final Product COUNTS =
      (clean, until) ->
          accusations -> {
            Map<String, Integer> calls = new HashMap<>();
            return exchange -> {
              String who = exchange.caller().principal();
              int n = calls.merge(who, 1, Integer::sum);
              if (who.startsWith("mallory") && n == PATIENCE) {
                accusations.accept(accusation(exchange, List.of(who)));
              }
            };
          };

  @Test
  void shouldCountTheAttackersOwnQueriesWhenHeIsNamed() throws Exception {
    // Given
    Plan plan = plan(List.of(Mode.FAST, Mode.COVER_4_1, Mode.SPREAD), 120, 0, 2);

    // When
    List<CampaignResult> results = new Board(plan, COUNTS, line -> {}).run().campaigns();

    // Then
    assertThat(results).hasSize(6);
    for (CampaignResult r : results) {
      assertThat(r.budget()).isEqualTo(120);
      switch (r.mode()) {
        case FAST -> {
          assertThat(r.queries()).isEqualTo(PATIENCE);
          assertThat(r.calls()).isEqualTo(PATIENCE);
          assertThat(r.named()).isEqualTo(1);
          assertThat(r.rightFamily()).isTrue();
        }
        case COVER_4_1 -> {
          assertThat(r.calls()).isEqualTo(PATIENCE);
          assertThat(r.queries()).isBetween(1, PATIENCE / 2);
        }
        default -> assertThat(r.found()).isFalse(); // no account asks that often
      }
    }
  }

  @Test
  void shouldSayWhenThePeersFlagWhenTheyDo() throws Exception {
    // Given
    Plan plan = plan(List.of(Mode.FAST, Mode.SLOW), 600, 0, 1);

    // When
    List<CampaignResult> results = new Board(plan, COUNTS, line -> {}).run().campaigns();

    // Then
    assertThat(results).filteredOn(r -> r.mode() == Mode.FAST).allMatch(r -> r.counter() == 501);
    assertThat(results).filteredOn(r -> r.mode() == Mode.SLOW).allMatch(r -> r.counter() == -1);
  }

  @Test
  void shouldGiveTheSameResultsWhenThreadsDiffer() throws Exception {
    // Given
    Plan one = plan(List.of(Mode.FAST), 60, 60, 1);
    Plan three = plan(List.of(Mode.FAST), 60, 60, 3);

    // When
    Results first = new Board(one, COUNTS, line -> {}).run();
    Results second = new Board(three, COUNTS, line -> {}).run();

    // Then
    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldCountCallerDaysOnceWhenASubjectIsNamedAgainAndAgain() throws Exception {
    // Given
    Product nags = (clean, until) -> accusations -> naming(accusations, "subject-0");
    Plan plan = plan(List.of(), 0, 12, 1);

    // When
    List<BenignResult> results = new Board(plan, nags, line -> {}).run().benign();

    // Then: 12 days of two kinds, 3 days each, so 2 callers a kind of whom one is named daily
    assertThat(results).hasSize(2);
    assertThat(results).allMatch(r -> r.callerDays() == 6 && r.accusedDays() == 3);
    assertThat(results).allMatch(r -> r.modelIncidents() == 0 && r.titles().size() == 3);
    assertThat(results).allMatch(r -> r.calls() > 100);
  }

  @Test
  void shouldCountIncidentsOfTheModelApartWhenNobodyIsNamed() throws Exception {
    // Given
    Product drifts =
        (clean, until) ->
            accusations -> {
              int[] n = {0};
              return exchange -> {
                if (n[0]++ == 5) {
                  accusations.accept(accusation(exchange, List.of()));
                }
              };
            };

    // When
    List<BenignResult> results =
        new Board(plan(List.of(), 0, 12, 1), drifts, line -> {}).run().benign();

    // Then
    assertThat(results).allMatch(r -> r.modelIncidents() == 1 && r.accusedDays() == 0);
  }

  @Test
  void shouldLearnOncePerWorldFromTrafficThatEndsAfterLearning() throws Exception {
    // Given
    List<Long> ends = Collections.synchronizedList(new ArrayList<>());
    Product learns =
        (clean, until) -> {
          long last = Long.MIN_VALUE;
          for (Exchange exchange : clean) {
            last = exchange.timeMicros();
          }
          ends.add(last - until);
          return accusations -> exchange -> {};
        };

    // When
    new Board(plan(List.of(Mode.FAST), 30, 0, 2), learns, line -> {}).run();

    // Then: within the hour that follows
    assertThat(ends).hasSize(1).allMatch(e -> e > 0 && e < 3_600_000_000L);
  }

  @Test
  void shouldFailWhenTheProductThrows() {
    // Given
    Product breaks =
        (clean, until) ->
            accusations ->
                exchange -> {
                  throw new IllegalStateException("broken");
                };
    Board board = new Board(plan(List.of(Mode.FAST), 30, 0, 1), breaks, line -> {});

    // When
    var run = assertThatThrownBy(board::run);

    // Then
    run.isInstanceOf(ExecutionException.class).hasRootCauseMessage("broken");
  }

  private static Product.Watcher naming(Consumer<Accusation> accusations, String who) {
    return exchange -> accusations.accept(accusation(exchange, List.of(who)));
  }

  private static Accusation accusation(Exchange exchange, List<String> who) {
    return new Accusation(exchange.timeMicros(), true, who, List.of("extraction"), "named");
  }

  private static Plan plan(List<Mode> modes, int budget, int callerDays, int threads) {
    return new Plan(
        List.of(World.LOAN),
        modes.isEmpty() ? List.of() : List.of(AttackKind.UNIFORM_SD, AttackKind.KNOCKOFF),
        modes,
        callerDays == 0 ? List.of() : List.of(BenignKind.INDEPENDENT, BenignKind.AB_TEST),
        1,
        budget,
        callerDays,
        11,
        threads,
        0.9);
  }
}
