package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryDescentTest {

  private static final int D = 12;
  private static final float H = 0.05f;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldSeeADescentWhenPairsFollowAGradient(long seed) {
    // Given ZOO: a pair along a random coordinate, then a step along it
    SplittableRandom random = new SplittableRandom(seed);
    float[] at = CleanModel.row(D, random);
    List<float[]> rows = new ArrayList<>();
    int changes = 0;
    int last = -1;
    for (int k = 0; k < 60; k++) {
      int i = random.nextInt(D);
      pair(rows, at, i, H, H);
      changes += last >= 0 && i != last ? 1 : 0;
      last = i;
      at = moved(at, i, (float) random.nextDouble(0.01, 0.1));
    }

    // When
    int descents = descents(rows, true);

    // Then whenever the coordinate is another one
    assertThat(descents).isEqualTo(changes).isGreaterThan(40);
  }

  @Test
  void shouldSeeNoneWhenTheSpaceIsProjected() {
    // Given
    float[] at = CleanModel.row(D, new SplittableRandom(5));
    List<float[]> rows = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      pair(rows, at, k % D, H, H);
      at = moved(at, k % D, 0.1f);
    }

    // When / Then
    assertThat(descents(rows, false)).isZero();
  }

  @ParameterizedTest
  @ValueSource(floats = {0.05f, 0.1f, 0.02f})
  void shouldSeeNoneWhenASensitivityAnalysisKeepsItsCentre(float down) {
    // Given each feature up and down by so much, about one case
    float[] centre = CleanModel.row(D, new SplittableRandom(6));
    List<float[]> rows = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < D; i++) {
        pair(rows, centre, i, H * (1 + round), down * (1 + round));
      }
    }

    // When / Then
    assertThat(descents(rows, true)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSeeNoneWhenSlidersMove(boolean eachFeature) {
    // Given one feature in equal steps, then the next
    float[] row = CleanModel.row(D, new SplittableRandom(7));
    List<float[]> rows = new ArrayList<>();
    for (int k = 0; k < 120; k++) {
      row = moved(row, eachFeature ? k / 10 : 3, 0.25f);
      rows.add(row);
    }

    // When / Then
    assertThat(descents(rows, true)).isZero();
  }

  @Test
  void shouldSeeNoneWhenRowsAreIndependent() {
    // Given
    SplittableRandom random = new SplittableRandom(8);
    List<float[]> rows = new ArrayList<>();
    for (int k = 0; k < 2_000; k++) {
      rows.add(CleanModel.row(3, random));
    }

    // When / Then
    assertThat(descents(rows, true)).isZero();
  }

  private static void pair(List<float[]> rows, float[] centre, int i, float up, float down) {
    rows.add(moved(centre, i, up));
    rows.add(moved(centre, i, -down));
  }

  private static float[] moved(float[] x, int i, float by) {
    float[] y = x.clone();
    y[i] += by;
    return y;
  }

  private static int descents(List<float[]> rows, boolean direct) {
    History history = new History(rows.get(0).length);
    Geometry geometry = new Geometry();
    int descents = 0;
    for (float[] row : rows) {
      geometry.measure(row, 0, history, direct ? Grain.NONE : Grain.PROJECTED);
      descents += geometry.descent() ? 1 : 0;
      history.add(row, 0);
    }
    return descents;
  }
}
