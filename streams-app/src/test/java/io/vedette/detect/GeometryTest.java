package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {

  private static final int D = 12;

  /** What was seen over one sequence of rows. */
  private record Seen(int bisections, int axes, int sweeps, int mirrors) {}

  @Test
  void shouldSeeEveryStepWhenALineIsHalved() {
    // Given steps of 1, 1/2, 1/4 ... along one slanted line, towards one end
    SplittableRandom random = new SplittableRandom(1);
    float[] from = CleanModel.row(D, random);
    float[] to = CleanModel.row(D, random);
    List<float[]> rows = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      rows.add(between(from, to, (float) (1 - Math.pow(0.5, k))));
    }

    // When
    Seen seen = measure(rows, new int[8], true);

    // Then the first two rows make the line
    assertThat(seen.bisections()).isEqualTo(6);
    assertThat(seen.sweeps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5, 6, 7})
  void shouldSeeASearchWhenABoundaryIsBracketed(long seed) {
    // Given a bisection between two labels, its ends first
    SplittableRandom random = new SplittableRandom(seed);
    float[] low = CleanModel.row(D, random);
    float[] high = CleanModel.row(D, random);
    float frontier = 0.2f + 0.6f * (float) random.nextDouble();
    List<float[]> rows = new ArrayList<>(List.of(low, high));
    List<Integer> labels = new ArrayList<>(List.of(1, 2));
    float a = 0;
    float b = 1;
    for (int k = 0; k < 8; k++) {
      float t = (a + b) / 2;
      rows.add(between(low, high, t));
      labels.add(t < frontier ? 1 : 2);
      if (t < frontier) {
        a = t;
      } else {
        b = t;
      }
    }

    // When
    Seen seen = measure(rows, labels.stream().mapToInt(i -> i).toArray(), true);

    // Then
    assertThat(seen.bisections()).isGreaterThanOrEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSeePairsWhenProbesMirrorEachOther(boolean centreFirst) {
    // Given x + u and x - u about one centre
    SplittableRandom random = new SplittableRandom(8);
    float[] centre = CleanModel.row(D, random);
    List<float[]> rows = new ArrayList<>();
    if (centreFirst) {
      rows.add(centre);
    }
    for (int pair = 0; pair < 10; pair++) {
      float[] u = CleanModel.row(D, random);
      rows.add(along(centre, u, 0.1f));
      rows.add(along(centre, u, -0.1f));
    }

    // When
    Seen seen = measure(rows, new int[rows.size()], false);

    // Then
    assertThat(seen.mirrors()).isGreaterThanOrEqualTo(9);
    assertThat(seen.bisections()).isZero();
  }

  @Test
  void shouldSeeASweepWhenOneFeatureDiffersFromARecentRow() {
    // Given a case and variants of it, each with one feature of its own
    SplittableRandom random = new SplittableRandom(9);
    float[] given = CleanModel.row(D, random);
    List<float[]> rows = new ArrayList<>(List.of(given));
    for (int k = 0; k < 4; k++) {
      float[] variant = given.clone();
      variant[k] += 1;
      rows.add(variant);
    }

    // When
    Seen seen = measure(rows, new int[5], true);

    // Then only the first differs from its predecessor in one
    assertThat(seen.sweeps()).isEqualTo(4);
    assertThat(seen.axes()).isEqualTo(1);
  }

  @Test
  void shouldNotSpeakOfFeaturesWhenTheSpaceIsProjected() {
    // Given
    float[] given = CleanModel.row(D, new SplittableRandom(10));
    float[] variant = given.clone();
    variant[3] += 1;

    // When
    Seen seen = measure(List.of(given, variant), new int[2], false);

    // Then
    assertThat(seen.axes() + seen.sweeps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 24})
  void shouldStaySilentWhenRowsAreIndependent(int dimensions) {
    // Given
    SplittableRandom random = new SplittableRandom(dimensions);
    List<float[]> rows = new ArrayList<>();
    int[] labels = new int[5_000];
    for (int i = 0; i < labels.length; i++) {
      rows.add(CleanModel.row(dimensions, random));
      labels[i] = 1 + random.nextInt(2);
    }

    // When
    Seen seen = measure(rows, labels, true);

    // Then in a plane one direction in 35 is the same to 0.999, and one in 50 of those halves
    assertThat(seen.sweeps() + seen.mirrors()).isLessThanOrEqualTo(dimensions == 2 ? 15 : 2);
    assertThat(seen.bisections()).isLessThanOrEqualTo(dimensions == 2 ? 60 : 5);
  }

  @Test
  void shouldSeeNoBisectionWhenASliderMovesInEqualSteps() {
    // Given
    float[] given = CleanModel.row(D, new SplittableRandom(12));
    List<float[]> rows = new ArrayList<>();
    for (int k = 0; k < 30; k++) {
      float[] row = given.clone();
      row[2] = 0.25f * k;
      rows.add(row);
    }

    // When
    Seen seen = measure(rows, new int[30], true);

    // Then
    assertThat(seen.bisections()).isZero();
    assertThat(seen.mirrors()).isZero();
    assertThat(seen.axes()).isEqualTo(29);
  }

  @Test
  void shouldSeldomSeeTwoHalvingsInARowWhenValuesLieOnAGrid() {
    // Given one feature set to whole numbers at random
    SplittableRandom random = new SplittableRandom(13);
    float[] given = CleanModel.row(D, random);
    List<float[]> rows = new ArrayList<>();
    for (int k = 0; k < 5_000; k++) {
      float[] row = given.clone();
      row[0] = random.nextInt(20);
      rows.add(row);
    }
    History history = new History(D);
    Geometry geometry = new Geometry();
    int run = 0;
    int hits = 0;

    // When
    for (float[] row : rows) {
      geometry.measure(row, 0, history, Grain.NONE);
      run = geometry.bisectionStep() ? run + 1 : 0;
      hits += run >= 2 ? 1 : 0;
      history.add(row, 0);
    }

    // Then less than the two percent that every caller may have
    assertThat(hits).isLessThan(100);
  }

  @Test
  void shouldSeeNothingWhenThereIsNoHistory() {
    // When
    Seen seen = measure(List.of(new float[D]), new int[1], true);

    // Then
    assertThat(seen).isEqualTo(new Seen(0, 0, 0, 0));
  }

  private static Seen measure(List<float[]> rows, int[] labels, boolean direct) {
    int n = rows.get(0).length;
    History history = new History(n);
    Geometry geometry = new Geometry();
    int bisections = 0;
    int axes = 0;
    int sweeps = 0;
    int mirrors = 0;
    for (int i = 0; i < rows.size(); i++) {
      geometry.measure(rows.get(i), labels[i], history, direct ? Grain.NONE : Grain.PROJECTED);
      bisections += geometry.bisectionStep() ? 1 : 0;
      axes += geometry.axis() ? 1 : 0;
      sweeps += geometry.sweep() ? 1 : 0;
      mirrors += geometry.antithetic() ? 1 : 0;
      history.add(rows.get(i), labels[i]);
    }
    return new Seen(bisections, axes, sweeps, mirrors);
  }

  private static float[] between(float[] a, float[] b, float t) {
    float[] x = new float[a.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = a[i] + t * (b[i] - a[i]);
    }
    return x;
  }

  private static float[] along(float[] centre, float[] u, float step) {
    float[] x = centre.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] += step * u[i];
    }
    return x;
  }
}
