package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.app.Trials.Manner;
import io.vedette.core.Incident;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.DriftStream;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the whole chain of engines finds in the open worlds of the lab, and whom it leaves alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectionQualityTest {

  private static final long SEED = 70_001;
  private static final int RUNS = 15;
  private static final Set<BenignKind> MONITORED =
      EnumSet.of(BenignKind.MONITORED, BenignKind.MONITORED_DECLARED);

  private final List<Trials> trials = new ArrayList<>();

  @BeforeAll
  void learn() {
    World.family(false).forEach(world -> trials.add(new Trials(world, SEED)));
  }

  Stream<Arguments> extractions() {
    return attacks(AttackKind.PATH_FINDING, AttackKind.UNIFORM_RANGE, AttackKind.UNIFORM_SD)
        .map(a -> Arguments.of(a.get()[0], a.get()[1], most((AttackKind) a.get()[0])));
  }

  private static int most(AttackKind kind) {
    return kind == AttackKind.PATH_FINDING ? 40 : 60;
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("extractions")
  void shouldFindExtractionWhenOneAccountAsks(AttackKind kind, World world, int most) {
    // When
    long[] queries = queries(kind, world);

    // Then
    assertThat(queries[RUNS / 2])
        .as("median of %s", Arrays.toString(queries))
        .isBetween(1L, (long) most);
  }

  Stream<Arguments> evasions() {
    return attacks(AttackKind.HOP_SKIP_JUMP);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("evasions")
  void shouldFindTheBoundarySearchWhenOneAccountAsks(AttackKind kind, World world) {
    // When
    long[] queries = queries(kind, world);

    // Then 9 where the first bisection is long enough, else the second ends at about 48
    assertThat(queries[RUNS / 2]).as("median of %s", Arrays.toString(queries)).isBetween(1L, 55L);
  }

  @Test
  void shouldAccuseNobodyWhenCallersAreHonest() {
    // Given
    int days = 0;
    List<Incident> alarms = new ArrayList<>();

    // When
    for (int w = 0; w < trials.size(); w++) {
      for (BenignKind kind : BenignKind.values()) {
        boolean turn = kind.ordinal() % 2 == w % 2;
        boolean told = !MONITORED.contains(kind) && !kind.indistinguishable();
        if (turn && told && kind.fits(trials.get(w).site())) {
          alarms.addAll(trials.get(w).alarms(kind, 10, SEED + 500 + w));
          days += 10;
        }
      }
    }

    // Then
    assertThat(days).isGreaterThanOrEqualTo(300);
    assertThat(alarms).extracting(Incident::title).isEmpty();
  }

  @Test
  void shouldFindTheShiftWithinTwoWindowsWhenItIsHalfADeviation() {
    // Given
    List<Long> rows = new ArrayList<>();
    Site site = trials.get(3).site();

    // When the change comes anywhere in a window
    for (int i = 0; i < 10; i++) {
      rows.add(
          Trials.rowsToFindDrift(
              site, DriftStream.Change.SHIFT, 0.5, 4, 2_000 + 103 * i, SEED + 600 + i));
    }

    // Then
    assertThat(rows).allSatisfy(r -> assertThat(r).isBetween(1L, 2_000L));
  }

  @Test
  void shouldClaimNoDriftWhenTrafficStaysTheSame() {
    // Given
    List<Incident> claims = new ArrayList<>();

    // When
    for (int i = 0; i < 20; i++) {
      Site site = trials.get(i % trials.size()).site();
      claims.addAll(Trials.driftClaims(site, SEED + 700 + i, 10_000));
    }

    // Then
    assertThat(claims).extracting(Incident::title).isEmpty();
  }

  private Stream<Arguments> attacks(AttackKind... kinds) {
    List<World> worlds = World.family(false);
    List<Arguments> cases = new ArrayList<>();
    for (AttackKind kind : kinds) {
      for (int w = 0; w < worlds.size(); w++) {
        if (kind.suits(trials.get(w).site())) {
          cases.add(Arguments.of(kind, worlds.get(w)));
        }
      }
    }
    return cases.stream();
  }

  /** Queries until found, ascending; those that were not found come last. */
  private long[] queries(AttackKind kind, World world) {
    Trials trial = trials.get(World.family(false).indexOf(world));
    long[] queries = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long found = trial.queriesToDetect(kind, Manner.FAST, SEED + i);
      queries[i] = found < 0 ? Long.MAX_VALUE : found;
    }
    Arrays.sort(queries);
    return queries;
  }
}
