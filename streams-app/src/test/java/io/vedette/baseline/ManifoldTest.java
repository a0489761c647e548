package io.vedette.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifoldTest {

  @ParameterizedTest
  @CsvSource({"3, 3", "20, 20", "40, 40", "41, 24", "200, 24"})
  void shouldWhitenToItsDimensionsWhenTrafficIsClean(int inputs, int dimensions) {
    // Given
    Manifold manifold = Manifold.fit(inputs, correlated(4_000, inputs, 1));
    float[][] fresh = correlated(4_000, inputs, 2);
    float[] g = new float[dimensions];
    float[] w = new float[dimensions];
    double sum = 0;

    // When
    for (float[] z : fresh) {
      manifold.project(z, g);
      sum += manifold.whiten(g, w);
    }

    // Then the ridge takes a few percent away
    assertThat(manifold.dimensions()).isEqualTo(dimensions);
    assertThat(sum / fresh.length / dimensions).isBetween(0.9, 1.03);
  }

  @Test
  void shouldUndoCorrelationWhenColumnsMoveTogether() {
    // Given
    int n = 10;
    Manifold manifold = Manifold.fit(n, correlated(4_000, n, 3));
    double[][] products = new double[n][n];
    float[] w = new float[n];

    // When
    for (float[] z : correlated(4_000, n, 4)) {
      manifold.whiten(z, w);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          products[i][j] += w[i] * w[j] / 4_000;
        }
      }
    }

    // Then
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(products[i][j]).isCloseTo(i == j ? 1 : 0, within(0.12));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 41, 144, 1_000})
  void shouldKeepLinesStraightAndRatiosExactWhenProjecting(int inputs) {
    // Given three points on a line, the second at 0.3
    Manifold manifold = Manifold.fit(inputs, correlated(200, inputs, 5));
    SplittableRandom random = new SplittableRandom(6);
    float[] a = new float[inputs];
    float[] b = new float[inputs];
    float[] c = new float[inputs];
    for (int i = 0; i < inputs; i++) {
      a[i] = (float) CleanTraffic.gauss(random);
      c[i] = (float) CleanTraffic.gauss(random);
      b[i] = a[i] + 0.3f * (c[i] - a[i]);
    }

    // When
    float[] ga = project(manifold, a);
    float[] gb = project(manifold, b);
    float[] gc = project(manifold, c);

    // Then
    for (int i = 0; i < ga.length; i++) {
      assertThat(gb[i]).isCloseTo(ga[i] + 0.3f * (gc[i] - ga[i]), within(1e-4f));
    }
  }

  @Test
  void shouldKeepDistancesAboutWhenProjecting() {
    // Given (Johnson and Lindenstrauss, 24 directions: relative deviation about sqrt(2/24))
    int inputs = 400;
    Manifold manifold = Manifold.fit(inputs, correlated(200, inputs, 7));
    SplittableRandom random = new SplittableRandom(8);
    double sum = 0;

    // When
    for (int k = 0; k < 500; k++) {
      float[] x = new float[inputs];
      double length = 0;
      for (int i = 0; i < inputs; i++) {
        x[i] = (float) CleanTraffic.gauss(random);
        length += x[i] * x[i];
      }
      float[] g = project(manifold, x);
      sum += Vectors.squaredDistance(g, new float[g.length]) * inputs / g.length / length;
    }

    // Then
    assertThat(sum / 500).isCloseTo(1, within(0.1));
  }

  @Test
  void shouldStayFiniteWhenColumnsNeverVary() {
    // Given
    Manifold manifold = Manifold.fit(4, new float[100][4]);
    float[] w = new float[4];

    // When
    float length = manifold.whiten(new float[] {50, -50, 50, -50}, w);

    // Then
    assertThat(length).isFinite().isGreaterThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 60})
  void shouldMapAlikeWhenReadAgain(int inputs) throws IOException {
    // Given
    Manifold manifold = Manifold.fit(inputs, correlated(500, inputs, 9));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifold.write(new DataOutputStream(bytes));

    // When
    Manifold read =
        Manifold.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    // Then
    assertThat(read).usingRecursiveComparison().isEqualTo(manifold);
  }

  @ParameterizedTest
  @CsvSource({"10, 0.2", "10, 1", "10, 3", "40, 1", "100, 1", "100, 3"})
  void shouldFindHalfOfAStepAlongNarrowDirectionsWhenRowsAreClean(int inputs, double scale) {
    // Given a population as wide as the clean one times the scale; the ridge takes a little away
    Manifold manifold = Manifold.fit(inputs, correlated(4_000, inputs, 10));
    float[][] rows = correlated(4_000, inputs, 11);
    for (float[] row : rows) {
      for (int i = 0; i < inputs; i++) {
        row[i] = (float) (scale * row[i]);
      }
    }

    // When
    double share = meanMinorShare(manifold, rows);

    // Then
    assertThat(share).isCloseTo(0.5, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 40})
  void shouldFindMoreAlongNarrowDirectionsWhenCoordinatesAreIndependent(int inputs) {
    // Given features that depend on one common cause and on their neighbours, and rows whose
    // features have the same variances but know nothing of one another
    Manifold manifold = Manifold.fit(inputs, chained(4_000, inputs, 12));
    SplittableRandom random = new SplittableRandom(13);
    float[][] made = new float[2_000][inputs];
    for (float[] row : made) {
      for (int i = 0; i < inputs; i++) {
        row[i] = (float) CleanTraffic.gauss(random);
      }
    }

    // When
    double clean = meanMinorShare(manifold, chained(2_000, inputs, 14));
    double independent = meanMinorShare(manifold, made);

    // Then
    assertThat(clean).isCloseTo(0.5, within(0.05));
    assertThat(independent).isGreaterThan(0.7);
  }

  @Test
  void shouldFindNothingAlongNarrowDirectionsWhenThereIsNoStep() {
    // Given
    Manifold manifold = Manifold.fit(6, correlated(500, 6, 15));

    // When
    float share =
        manifold.minorShare(new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 2, 3, 4, 5, 6});

    // Then
    assertThat(share).isZero();
  }

  @Test
  void shouldOrderDirectionsFromWideToNarrowWhenWhitening() {
    // Given one wide direction, shared by all features
    int n = 8;
    float[][] rows = correlated(4_000, n, 16);
    Manifold manifold = Manifold.fit(n, rows);
    float[] along = new float[n];
    float[] across = new float[n];
    float[] none = new float[n];
    for (int i = 0; i < n; i++) {
      along[i] = 1;
      across[i] = i % 2 == 0 ? 1 : -1;
    }

    // When
    float[] a = new float[n];
    float[] b = new float[n];
    float[] zero = new float[n];
    manifold.whiten(along, a);
    manifold.whiten(across, b);
    manifold.whiten(none, zero);

    // Then a step along it is short and lies on the first coordinate
    float length = Vectors.squaredDistance(a, zero);
    assertThat(length).isLessThan(0.5f * Vectors.squaredDistance(b, zero));
    assertThat((a[0] - zero[0]) * (a[0] - zero[0])).isGreaterThan(0.95f * length);
    assertThat(manifold.minorShare(a, zero)).isLessThan(0.05f);
  }

  private static double meanMinorShare(Manifold manifold, float[][] rows) {
    int n = manifold.dimensions();
    float[] g = new float[n];
    float[] w = new float[n];
    float[] last = new float[n];
    double sum = 0;
    for (int r = 0; r < rows.length; r++) {
      manifold.project(rows[r], g);
      manifold.whiten(g, w);
      sum += r == 0 ? 0 : manifold.minorShare(w, last);
      System.arraycopy(w, 0, last, 0, n);
    }
    return sum / (rows.length - 1);
  }

  /** Unit variances; a feature is 0.9 correlated with the one before it. */
  private static float[][] chained(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] z = new float[rows][columns];
    for (float[] row : z) {
      row[0] = (float) CleanTraffic.gauss(random);
      for (int i = 1; i < columns; i++) {
        row[i] = (float) (0.9 * row[i - 1] + Math.sqrt(0.19) * CleanTraffic.gauss(random));
      }
    }
    return z;
  }

  private static float[] project(Manifold manifold, float[] z) {
    float[] g = new float[manifold.dimensions()];
    manifold.project(z, g);
    return g;
  }

  /** Unit variances, pairwise correlation 0.36. */
  private static float[][] correlated(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] z = new float[rows][columns];
    for (float[] row : z) {
      double common = CleanTraffic.gauss(random);
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (0.6 * common + 0.8 * CleanTraffic.gauss(random));
      }
    }
    return z;
  }
}
