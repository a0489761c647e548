package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineageTest {

  private final Random random = new Random(5);

  @ParameterizedTest
  @CsvSource({"13, 0.4", "30, 0.6", "64, 0.75"})
  void shouldSeeTriesOfASearchThatKnowsLabelsOnlyWhateverTheScaling(int dimensions, double least) {
    // Given features on scales of their own, as the search does not know them
    int trials = 0;
    int springs = 0;
    double share = 0;
    for (int run = 0; run < 10; run++) {
      Tally tally = boundaryAttack(dimensions, 200);
      trials += tally.trials;
      springs += tally.springs;
      share += tally.share;
    }

    // Then
    assertThat(trials).isGreaterThan(10 * 40);
    assertThat(springs / (double) trials).isGreaterThan(least);
    assertThat(springs).isGreaterThan((int) (1.5 * share));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0", "3, 0", "10, 0", "30, 0", "1, 0.7", "3, 0.7", "10, 0.7", "30, 0.7", "3, 1.2", "30, 1.2"
  })
  void shouldSpringFromTheRarerLabelAsOftenAsItIsThereWithoutAim(int dimensions, double boundary) {
    // Given noise about a point near a boundary: even, of many strengths, of one main direction,
    // and
    // with a memory
    for (int kind = 0; kind < 5; kind++) {
      Tally tally = new Tally(dimensions);
      for (int run = 0; run < 60; run++) {
        Lineage lineage = new Lineage(dimensions);
        float[] x = new float[dimensions];
        for (int row = 0; row < 200; row++) {
          noise(x, kind);
          boolean other = x[0] > boundary ^ random.nextInt(20) == 0;
          tally.see(lineage, x, other);
        }
      }

      // Then
      assertThat(tally.springs)
          .as("kind %d", kind)
          .isLessThan((int) (1.1 * tally.share + 0.05 * tally.trials));
    }
  }

  @Test
  void shouldNotSpringForAWalkAcrossTheBoundary() {
    // Given
    Tally tally = new Tally(10);
    for (int run = 0; run < 50; run++) {
      Lineage lineage = new Lineage(10);
      float[] x = new float[10];
      for (int row = 0; row < 200; row++) {
        for (int i = 0; i < 10; i++) {
          x[i] += (float) (0.1 * random.nextGaussian());
        }
        tally.see(lineage, x, x[0] > 0.2);
      }
    }

    // Then
    assertThat(tally.springs).isLessThan((int) (0.6 * tally.share) + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void shouldNotCountRowsOfEntitiesThatTakeTurns(int entities) {
    // Given a gateway that polls machines one after the other, one of them with another answer
    Tally tally = new Tally(10);
    float[][] centres = new float[entities][10];
    for (float[] centre : centres) {
      for (int i = 0; i < 10; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
    Lineage lineage = new Lineage(10);
    for (int row = 0; row < 1000; row++) {
      float[] x = centres[row % entities].clone();
      for (int i = 0; i < 10; i++) {
        x[i] += (float) (0.05 * random.nextGaussian());
      }
      tally.see(lineage, x, row % entities == 1);
    }

    // Then
    assertThat(tally.trials).isLessThan(20);
  }

  @Test
  void shouldNotCountCopiesOfTheRowWithWhichTheStayBegan() {
    // Given a robustness test of a fragile row: most noisy copies lose its label
    Tally tally = new Tally(30);
    for (int run = 0; run < 50; run++) {
      Lineage lineage = new Lineage(30);
      tally.see(lineage, new float[30], false);
      for (int row = 1; row < 60; row++) {
        float[] x = new float[30];
        for (int i = 0; i < 30; i++) {
          x[i] = (float) random.nextGaussian();
        }
        tally.see(lineage, x, random.nextInt(3) > 0);
      }
    }

    // Then
    assertThat(tally.trials).isLessThan(100); // of 2,900 copies
  }

  @Test
  void shouldBeTheSameAfterWritingAndReading() throws IOException {
    // Given
    Lineage one = new Lineage(8);
    Lineage two = new Lineage(8);
    float[] x = new float[8];
    for (int row = 0; row < 300; row++) {
      noise(x, 0);

      // When
      two = row == 0 ? two : copy(two);
      one.measure(x, 0, x[0] > 0.4f);
      two.measure(x, 0, x[0] > 0.4f);

      // Then
      assertThat(two.trial()).isEqualTo(one.trial());
      assertThat(two.springs()).isEqualTo(one.springs());
      assertThat(two.share()).isEqualTo(one.share());
    }
  }

  @Test
  void shouldRefuseMoreRowsThanThereAre() {
    byte[] bytes = new byte[16];
    bytes[0] = 25;
    assertThatThrownBy(() -> Lineage.read(new DataInputStream(new ByteArrayInputStream(bytes)), 2))
        .hasMessage("lineage must have 24 rows at most, has 25");
  }

  private static Lineage copy(Lineage lineage) throws IOException {
    var bytes = new ByteArrayOutputStream();
    lineage.write(new DataOutputStream(bytes));
    return Lineage.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 8);
  }

  private void noise(float[] x, int kind) {
    double strength = kind == 1 ? Math.exp(0.7 * random.nextGaussian()) : 1;
    for (int i = 0; i < x.length; i++) {
      double g = strength * random.nextGaussian();
      x[i] =
          switch (kind) {
            case 2 -> (float) (g * Math.pow(0.3, i));
            case 3 -> (float) (0.5 * x[i] + 0.87 * g);
            case 4 -> (float) (-0.5 * x[i] + 0.87 * g);
            default -> (float) g;
          };
    }
  }

  /** Proposals on a sphere about the victim's row, then a step towards it, as in the paper. */
  private Tally boundaryAttack(int n, int queries) {
    double[] w = gaussian(n);
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      scale[i] = Math.exp(0.4 * random.nextGaussian());
    }
    double length = length(w);
    double[] best = new double[n];
    double[] own = new double[n];
    double[] aside = gaussian(n);
    double along = dot(aside, w) / length;
    for (int i = 0; i < n; i++) {
      own[i] = -2 * w[i] / length;
      best[i] = (0.05 - along) * w[i] / length + aside[i]; // behind the boundary, after a bisection
    }
    Tally tally = new Tally(n);
    Lineage lineage = new Lineage(n);
    tally.see(lineage, scaled(best, scale), false);
    double sideways = 0.1;
    double forwards = 0.05;
    for (int query = 0; query < queries; query++) {
      double distance = length(minus(best, own));
      double[] eta = gaussian(n);
      double step = sideways * distance / length(eta);
      double[] c = new double[n];
      for (int i = 0; i < n; i++) {
        c[i] = best[i] + step * eta[i] - own[i];
      }
      double shrink = (1 - forwards) * distance / length(c);
      for (int i = 0; i < n; i++) {
        c[i] = own[i] + shrink * c[i];
      }
      boolean adversarial = dot(c, w) > 0;
      tally.see(lineage, scaled(c, scale), !adversarial);
      if (adversarial) {
        best = c;
      }
      forwards *= adversarial ? 1.1 : 0.97; // a quarter succeeds
      sideways *= adversarial ? 1.05 : 0.98;
    }
    return tally;
  }

  private double[] gaussian(int n) {
    Supplier<Double> next = random::nextGaussian;
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = next.get();
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double length(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double[] minus(double[] a, double[] b) {
    double[] d = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      d[i] = a[i] - b[i];
    }
    return d;
  }

  private static float[] scaled(double[] a, double[] scale) {
    float[] x = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      x[i] = (float) (a[i] * scale[i]);
    }
    return x;
  }

  /** What was seen of one or more stays. */
  private static final class Tally {
    final int dimensions;
    int trials;
    int springs;
    double share;

    Tally(int dimensions) {
      this.dimensions = dimensions;
    }

    void see(Lineage lineage, float[] x, boolean other) {
      lineage.measure(x, 0, other);
      if (lineage.trial()) {
        trials++;
        springs += lineage.springs() ? 1 : 0;
        share += lineage.share();
      }
    }
  }
}
