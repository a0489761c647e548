package io.vedette.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LandmarksTest {

  private static final int DIMENSIONS = 12;
  private static final long DENSE = 3;
  private static final long SPARSE = -4;
  private static final float LEAST = 0.01f;

  private final Random random = new Random(11);
  private final List<CleanRow> rows = new ArrayList<>();
  private final List<float[]> z = new ArrayList<>();
  private final Manifold manifold;
  private final Landmarks landmarks;

  LandmarksTest() {
    for (int i = 0; i < 2_000; i++) {
      long label = i % 2 == 0 ? DENSE : SPARSE;
      z.add(row(label));
      rows.add(new CleanRow(i, i, 1, z.get(i), List.of(), label, 0.9f));
    }
    manifold = Manifold.fit(DIMENSIONS, z.toArray(float[][]::new));
    landmarks = Landmarks.of(rows, z.toArray(float[][]::new), manifold);
  }

  @Test
  void shouldHardlyHaveIndependentRowsOfTheLabelWithinTheRadius() {
    // When two rows are drawn as clean ones are
    for (long label : new long[] {DENSE, SPARSE}) {
      int near = 0;
      for (int i = 0; i < 4_000; i++) {
        float[] x = row(label);
        float radius = landmarks.radius(x, label, LEAST);
        near += Vectors.squaredDistance(x, row(label)) < radius ? 1 : 0;
      }

      // Then
      assertThat(near / 4_000.0).isLessThan(0.005);
    }
  }

  @Test
  void shouldBeSmallerWhereCleanRowsAreDenserAndLargerOffThem() {
    // Given
    float[] off = row(DENSE);
    for (int i = 0; i < DIMENSIONS; i++) {
      off[i] += 0.8f;
    }

    // Then
    float dense = mean(DENSE);
    assertThat(mean(SPARSE)).isGreaterThan(4 * dense);
    assertThat(landmarks.radius(off, DENSE, LEAST)).isGreaterThan(4 * dense);
  }

  @Test
  void shouldKeepWithinBounds() {
    float[] far = row(DENSE);
    far[0] = 1e6f;
    assertThat(landmarks.radius(far, DENSE, LEAST)).isEqualTo(landmarks.most()).isEqualTo(12);
    assertThat(landmarks.radius(row(DENSE), DENSE, 99)).isEqualTo(99);
    assertThat(Landmarks.NONE.radius(far, DENSE, LEAST)).isEqualTo(LEAST);
    assertThat(Landmarks.NONE.most()).isZero();
  }

  @Test
  void shouldUseAllRowsForALabelThatItDoesNotKnow() {
    assertThat(landmarks.radius(row(DENSE), 99, LEAST)).isBetween(LEAST, landmarks.most());
  }

  @Test
  void shouldBeTheSameAfterWritingAndReading() throws IOException {
    // Given
    var bytes = new ByteArrayOutputStream();
    landmarks.write(new DataOutputStream(bytes));

    // When
    Landmarks read = read(bytes.toByteArray(), DIMENSIONS);

    // Then
    for (int i = 0; i < 50; i++) {
      float[] x = row(SPARSE);
      assertThat(read.radius(x, SPARSE, LEAST)).isEqualTo(landmarks.radius(x, SPARSE, LEAST));
    }
    assertThatThrownBy(() -> read(bytes.toByteArray(), 13))
        .hasMessage("landmarks must have 24 labels at most and 13 dimensions, had 2 and 12");
  }

  private static Landmarks read(byte[] bytes, int dimensions) throws IOException {
    return Landmarks.read(new DataInputStream(new ByteArrayInputStream(bytes)), dimensions);
  }

  private float mean(long label) {
    float sum = 0;
    for (int i = 0; i < 100; i++) {
      sum += landmarks.radius(row(label), label, LEAST) / 100;
    }
    return sum;
  }

  private float[] row(long label) {
    float[] x = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      x[i] = (float) ((label == DENSE ? 0.2 : 0.6) * random.nextGaussian());
    }
    return x;
  }
}
