package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationStabilityTest {

  private static final double[] REFERENCE = {0.5, 0.3, 0.2};
  private static final double[] WINDOW = {0.4, 0.35, 0.25};

  @Test
  void shouldGiveTheReferenceValuesOfOneWindow() {
    // When
    double psi = PopulationStability.psi(WINDOW, REFERENCE);
    // Then
    assertThat(psi).isCloseTo(0.04118, offset(5e-6));
    assertThat(PopulationStability.debiased(psi, 3, 1_000, 10_000))
        .isCloseTo(0.03898, offset(5e-6));
    assertThat(Divergence.jensenShannonBits(WINDOW, REFERENCE)).isCloseTo(0.007412, offset(5e-7));
    assertThat(Divergence.jensenShannonDistance(WINDOW, REFERENCE)).isCloseTo(0.0861, offset(5e-5));
    assertThat(PopulationStability.chiSquare(WINDOW, REFERENCE, 1_000))
        .isCloseTo(40.83, offset(5e-3));
    assertThat(PopulationStability.g(WINDOW, REFERENCE, 1_000)).isCloseTo(40.96, offset(5e-3));
  }

  @ParameterizedTest
  @CsvSource({"1, 9091, 5.2e-7", "3, 3226, 0.062"})
  void shouldGiveTheReferencePValueOfTheEffectFloor(double phi, double rows, double expected) {
    // Given
    double effectiveRows = PopulationStability.effectiveRows(1e4, 1e5, phi);
    // When
    double p = PopulationStability.effectP(0.012, 20, effectiveRows, 0.002);
    // Then
    assertThat(effectiveRows).isCloseTo(rows, offset(0.5));
    assertThat(p).isCloseTo(expected, withinPercentage(1));
  }

  @Test
  void shouldHaveTheNoiseFloorAsMeanWhenNothingDrifts() {
    // Given
    SplittableRandom random = new SplittableRandom(41);
    int windows = 2_000;
    double sum = 0;
    double debiased = 0;
    // When
    for (int i = 0; i < windows; i++) {
      double psi = PopulationStability.psi(counts(random, 500), counts(random, 5_000));
      sum += psi;
      debiased += PopulationStability.debiased(psi, 20, 500, 5_000);
    }
    // Then
    double floor = 19 * (1 / 500.0 + 1 / 5_000.0);
    assertThat(sum / windows).isCloseTo(floor, withinPercentage(5));
    assertThat(debiased / windows).isCloseTo(0, offset(0.05 * floor));
  }

  @Test
  void shouldStaySilentWhenNothingDrifts() {
    // Given
    SplittableRandom random = new SplittableRandom(42);
    double[] uniform = new double[20];
    Arrays.fill(uniform, 1 / 20.0);
    double rows = PopulationStability.effectiveRows(1_000, 1e9, 1);
    int alarms = 0;
    int directed = 0;
    // When
    for (int i = 0; i < 5_000; i++) {
      double[] window = shares(counts(random, 1_000));
      double psi = PopulationStability.psi(window, uniform);
      alarms += PopulationStability.effectP(psi, 20, rows, 0.002) < 0.001 ? 1 : 0;
      directed += PopulationStability.direction(window, uniform, rows, 0).p() < 0.01 ? 1 : 0;
    }
    // Then
    assertThat(alarms).isLessThanOrEqualTo(5); // 1e-3 of 5,000 at the floor, far less below it
    assertThat(directed).isBetween(20, 80); // exact at floor 0: 50 expected
  }

  @ParameterizedTest
  @CsvSource({"0.02, 1, 0.985, 1", "0.02, 3, 0.4, 0.7", "0.01, 1, 0.99, 1"})
  void shouldFindASmallShiftOfTheMeanInTheReferenceShareOfWindows(
      double floorSd, double phi, double atLeast, double atMost) {
    // Given
    SplittableRandom random = new SplittableRandom(43);
    double[] uniform = new double[20];
    Arrays.fill(uniform, 1 / 20.0);
    double rows = PopulationStability.effectiveRows(1e4, 1e5, phi);
    int windows = 200;
    int found = 0;
    // When
    for (int i = 0; i < windows; i++) {
      double[] window = shares(shiftedCounts(random, 10_000, 0.1));
      found += PopulationStability.direction(window, uniform, rows, floorSd).p() < 1e-5 ? 1 : 0;
    }
    // Then
    assertThat(found / (double) windows).isBetween(atLeast, atMost);
  }

  @Test
  void shouldEstimateTheShiftWithItsSign() {
    // Given
    double[] uniform = new double[20];
    Arrays.fill(uniform, 1 / 20.0);
    double[] window = shares(shiftedCounts(new SplittableRandom(44), 200_000, -0.1));
    // When
    PopulationStability.Direction direction =
        PopulationStability.direction(window, uniform, 1e4, 0.02);
    // Then
    assertThat(direction.shiftSd()).isCloseTo(-0.1, offset(0.01));
    assertThat(direction.z()).isPositive();
    assertThat(direction.p()).isLessThan(1e-6);
  }

  @Test
  void shouldFloorTheOverDispersionAtOne() {
    // When
    double phi = PopulationStability.overDispersion(new double[] {19 * 2, 19 * 4}, 20);
    // Then
    assertThat(phi).isEqualTo(3);
    assertThat(PopulationStability.overDispersion(new double[] {1, 2}, 20)).isEqualTo(1);
    assertThat(PopulationStability.overDispersion(new double[0], 20)).isEqualTo(1);
  }

  @Test
  void shouldStayFiniteWhenABinIsEmpty() {
    // When
    double psi = PopulationStability.psi(new long[] {0, 100}, new long[] {50, 50});
    // Then
    assertThat(psi).isFinite().isPositive();
    assertThat(PopulationStability.psi(new double[] {0, 1}, new double[] {0.5, 0.5})).isInfinite();
    assertThat(PopulationStability.direction(new double[] {1, 0}, new double[] {0, 1}, 10, 0).p())
        .isEqualTo(1);
    assertThatThrownBy(() -> PopulationStability.psi(new double[2], new double[3]))
        .hasMessageContaining("had 2 and 3");
  }

  private static long[] counts(SplittableRandom random, int rows) {
    long[] counts = new long[20];
    for (int i = 0; i < rows; i++) {
      counts[random.nextInt(20)]++;
    }
    return counts;
  }

  private static long[] shiftedCounts(SplittableRandom random, int rows, double shift) {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double[] edges = new double[19];
    for (int b = 0; b < edges.length; b++) {
      edges[b] = normal.inverseCumulativeProbability((b + 1) / 20.0);
    }
    long[] counts = new long[20];
    for (int i = 0; i < rows; i++) {
      int bin = Arrays.binarySearch(edges, random.nextGaussian() + shift);
      counts[bin < 0 ? -bin - 1 : bin]++;
    }
    return counts;
  }

  private static double[] shares(long[] counts) {
    double total = Arrays.stream(counts).sum();
    return Arrays.stream(counts).mapToDouble(count -> count / total).toArray();
  }
}
