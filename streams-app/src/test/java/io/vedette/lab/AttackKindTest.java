package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.ModelRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
        Arguments.of(AttackKind.LABEL_MEMBERSHIP, World.CLINIC, 10_000),
        Arguments.of(AttackKind.T_RND, World.SCORING, 1_000),
        Arguments.of(AttackKind.T_RND, World.SIGNS, 1_000),
        Arguments.of(AttackKind.JACOBIAN_AUGMENTATION, World.SIGNS, 1_000),
        Arguments.of(AttackKind.KNOCKOFF_NATURAL, World.CHURN, 1_500),
        Arguments.of(AttackKind.ACTIVE_THIEF, World.LOAN, 1_000),
        Arguments.of(AttackKind.ACTIVE_THIEF_CENTRES, World.FRAUD, 1_000),
        Arguments.of(AttackKind.QEBA, World.LOAN, 800),
        Arguments.of(AttackKind.QEBA, World.SIGNS, 2_000),
        Arguments.of(AttackKind.GEODA, World.FRAUD, 800),
        Arguments.of(AttackKind.GEODA, World.SIGNS, 2_000),
        Arguments.of(AttackKind.OARS, World.CHURN, 1_500),
        Arguments.of(AttackKind.OARS, World.SIGNS, 1_500),
        Arguments.of(AttackKind.ATTRIBUTE_ENUMERATION, World.FRAUD, 800),
        Arguments.of(AttackKind.MERLIN, World.CLINIC, 1_500));
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
    boolean pictures = kind == AttackKind.SQUARE || kind == AttackKind.SHIFT_MEMBERSHIP;
    World world = pictures ? World.SIGNS : World.LOAN;
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
  void shouldTellMembersWhenTheModelLearntItsPicturesByHeart() {
    // Given
    Population population = new ImagePopulation("scans", 12, 4, 0, 0.2);
    Rng rng = new Rng(3);
    List<Row> rows = new ArrayList<>();
    for (Row row : population.sample(rng, 80)) { // labels that only memory explains
      rows.add(new Row(row.x(), rng.chance(0.3) ? rng.below(4) : row.label()));
    }
    ModelRef model = new ModelRef("scans", "1", null);
    Network victim = Network.train(model, rows, 4, new int[] {64}, 80, rng);
    Site site = new Site(population, victim, Spread.of(rows), rows);

    // When
    List<Outcome> outcomes =
        Stream.of(1L, 2L, 3L)
            .map(seed -> AttackKind.SHIFT_MEMBERSHIP.record(site, seed, 3_000).outcome())
            .toList();

    // Then
    assertThat(outcomes).allMatch(Outcome::succeeded);
  }

  @Test
  void shouldStealALinearModelExactlyWhenItSolvesEquations() {
    // Given
    Site site = site(World.LOAN);

    // When
    Outcome outcome = AttackKind.EQUATION_SOLVING.record(site, 1, 42).outcome();

    // Then
    assertThat(outcome.value()).isGreaterThan(0.99);
  }

  @Test
  void shouldKeepProbesApartWhenItFearsSimilarity() {
    // Given
    Site site = site(World.SCORING);

    // When
    double careful = nearest(AttackKind.OARS.record(site, 4, 400), site);
    double careless = nearest(AttackKind.HOP_SKIP_JUMP.record(site, 4, 400), site);

    // Then
    assertThat(careful).isGreaterThan(1);
    assertThat(careless).isLessThan(0.5);
  }

  /** Median over all queries of the distance to the nearest earlier one, sd. */
  private static double nearest(Trace trace, Site site) {
    List<double[]> rows = trace.queries().stream().map(x -> site.spread().standardise(x)).toList();
    double[] gaps = new double[rows.size() - 1];
    for (int i = 1; i < rows.size(); i++) {
      gaps[i - 1] = Double.MAX_VALUE;
      for (int j = 0; j < i; j++) {
        gaps[i - 1] = Math.min(gaps[i - 1], Vec.distance(rows.get(i), rows.get(j)));
      }
    }
    Arrays.sort(gaps);
    return gaps[gaps.length / 2];
  }

  @Test
  void shouldAskEveryValueOfOneFeatureWhenItEnumerates() {
    // Given
    Site site = site(World.SCORING);
    int sensitive = AttributeEnumeration.sensitive(site);

    // When
    List<float[]> queries = AttackKind.ATTRIBUTE_ENUMERATION.record(site, 4, 60).queries();

    // Then
    Set<Float> values = new HashSet<>();
    int person = 0;
    while (person < queries.size() && others(queries.get(person), queries.get(0), sensitive) == 0) {
      values.add(queries.get(person++)[sensitive]);
    }
    assertThat(person).isBetween(3, 12);
    assertThat(values).hasSize(person);
    assertThat(person).isLessThan(queries.size());
  }

  private static int others(float[] a, float[] b, int but) {
    int n = 0;
    for (int i = 0; i < a.length; i++) {
      n += i != but && Math.abs(a[i] - b[i]) > 1e-3 * Math.abs(b[i]) ? 1 : 0;
    }
    return n;
  }

  @ParameterizedTest
  @EnumSource(AttackKind.class)
  void shouldHaveABudgetOfItsOwnBelowThePublishedOne(AttackKind kind) {
    // Given
    Site site = site(World.FRAUD);

    // When
    int budget = kind.budget(site);

    // Then
    assertThat(budget).isPositive();
    int published = kind.publishedBudget(site);
    boolean smaller = published > 0 && published < budget;
    assertThat(smaller)
        .isEqualTo(
            kind == AttackKind.EQUATION_SOLVING
                || kind == AttackKind.PATH_FINDING
                || kind == AttackKind.LABEL_MEMBERSHIP);
  }

  @ParameterizedTest
  @EnumSource(
      value = AttackKind.class,
      names = {"SQUARE", "SHIFT_MEMBERSHIP"})
  void shouldRefuseWhenPictureAttacksMeetATable(AttackKind kind) {
    // Given
    Site site = site(World.LOAN);

    // When
    var run = assertThatThrownBy(() -> kind.record(site, 4, 100));

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
