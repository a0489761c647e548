package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttackKindTest {

  private static final Map<World, Site> SITES = new EnumMap<>(World.class);

  static {
    for (World world : World.family(false)) {
      SITES.put(world, world.build());
    }
  }

  /** Attack, world and queries with which it must reach its aim. */
  static Stream<Arguments> aims() {
    return Stream.of(
        Arguments.of(AttackKind.HOP_SKIP_JUMP, World.LOAN, 800),
        Arguments.of(AttackKind.HOP_SKIP_JUMP, World.CHURN, 800),
        Arguments.of(AttackKind.HOP_SKIP_JUMP, World.SCORING, 800),
        Arguments.of(AttackKind.HOP_SKIP_JUMP, World.SIGNS, 2_000),
        Arguments.of(AttackKind.HOP_SKIP_JUMP_NOISE, World.SCORING, 3_000),
        Arguments.of(AttackKind.UNIFORM_RANGE, World.SCORING, 1_500),
        Arguments.of(AttackKind.UNIFORM_SD, World.FRAUD, 1_500),
        Arguments.of(AttackKind.LATIN_HYPERCUBE, World.LOAN, 1_500),
        Arguments.of(AttackKind.PATH_FINDING, World.CHURN, 3_000),
        Arguments.of(AttackKind.LINE_BISECTION, World.CHURN, 1_500),
        Arguments.of(AttackKind.EQUATION_SOLVING, World.LOAN, 30),
        Arguments.of(AttackKind.JACOBIAN_AUGMENTATION, World.SCORING, 800),
        Arguments.of(AttackKind.KNOCKOFF, World.SCORING, 1_500),
        Arguments.of(AttackKind.BOUNDARY, World.SCORING, 3_000),
        Arguments.of(AttackKind.BOUNDARY, World.SIGNS, 3_000),
        Arguments.of(AttackKind.NES, World.SCORING, 1_500),
        Arguments.of(AttackKind.NES, World.SIGNS, 1_500),
        Arguments.of(AttackKind.ZOO, World.LOAN, 1_500),
        Arguments.of(AttackKind.SIMBA, World.FRAUD, 800),
        Arguments.of(AttackKind.SQUARE, World.SIGNS, 1_500),
        Arguments.of(AttackKind.HOP_SKIP_JUMP_INFLATED, World.SCORING, 1_500),
        Arguments.of(AttackKind.HILL_CLIMB, World.SIGNS, 2_000),
        Arguments.of(AttackKind.HILL_CLIMB, World.SCORING, 2_000),
        Arguments.of(AttackKind.LABEL_MEMBERSHIP, World.CLINIC, 10_000));
  }

  @ParameterizedTest
  @MethodSource("aims")
  void shouldReachItsAimWhenBudgetSuffices(AttackKind kind, World world, int budget) {
    // Given
    Site site = site(world);

    // When
    List<Outcome> outcomes =
        Stream.of(1L, 2L, 3L).map(seed -> kind.record(site, seed, budget).outcome()).toList();

    // Then
    assertThat(kind.suits(site)).isTrue();
    assertThat(outcomes).allMatch(Outcome::succeeded);
  }

  @ParameterizedTest
  @EnumSource(AttackKind.class)
  void shouldGiveTheSameQueriesWhenSeedIsTheSame(AttackKind kind) {
    // Given
    World world = kind == AttackKind.SQUARE ? World.SIGNS : World.LOAN;
    Site site = site(world);
    Trace first = kind.record(site, 9, 300);

    // When
    Trace second = kind.record(world.build(), 9, 300);

    // Then
    assertThat(second.queries()).usingElementComparator(Arrays::compare).isEqualTo(first.queries());
    assertThat(second.outcome()).isEqualTo(first.outcome());
    assertThat(kind.record(site, 10, 300).queries())
        .usingElementComparator(Arrays::compare)
        .isNotEqualTo(first.queries());
  }

  @Test
  void shouldSendOnlyExistingValuesWhenCareful() {
    // Given
    Site site = site(World.SCORING);

    // When
    Trace trace = AttackKind.HOP_SKIP_JUMP.record(site, 4, 1_500, true);

    // Then
    assertThat(trace.outcome().succeeded()).isTrue();
    assertThat(trace.queries())
        .allSatisfy(
            x -> {
              for (int i = 0; i < x.length; i++) {
                assertThat(x[i]).isBetween(site.spread().min()[i], site.spread().max()[i]);
                if (site.population().whole(i)) {
                  assertThat(x[i]).isEqualTo((float) Math.rint(x[i]));
                }
              }
            });
  }

  @Test
  void shouldStayInGreyRangeWhenSiteServesImages() {
    // Given
    Site site = site(World.SIGNS);

    // When
    List<Trace> traces =
        Stream.of(AttackKind.values())
            .filter(kind -> kind.suits(site) && !kind.extraction())
            .map(kind -> kind.record(site, 4, 500))
            .toList();

    // Then
    assertThat(traces)
        .allSatisfy(
            trace ->
                assertThat(trace.queries())
                    .allSatisfy(
                        x -> {
                          for (float v : x) {
                            assertThat(v).isBetween(0f, 1f);
                          }
                        }));
  }

  @Test
  void shouldRefuseWhenSquaresMeetATable() {
    // Given
    Site site = site(World.LOAN);

    // When
    var run = assertThatThrownBy(() -> AttackKind.SQUARE.record(site, 4, 100));

    // Then
    run.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("loan");
  }

  @Test
  void shouldFindNoWayWhenAttackDoesNotSuit() {
    // Given
    Site site = site(World.LOAN);

    // When
    Trace trace = AttackKind.PATH_FINDING.record(site, 4, 1_000);

    // Then
    assertThat(AttackKind.PATH_FINDING.suits(site)).isFalse();
    assertThat(trace.outcome().succeeded()).isFalse();
  }

  private static Site site(World world) {
    return Objects.requireNonNull(SITES.get(world));
  }
}
