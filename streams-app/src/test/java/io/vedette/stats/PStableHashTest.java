package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PStableHashTest {

  @ParameterizedTest
  @CsvSource({
    "0.5, 10, 8, 0.05, 0.99, 1", "0.5, 10, 8, 0.1, 0.79, 1", "0.5, 10, 8, 0.2, 0.16, 4",
    "0.5, 10, 8, 0.5, 3.7e-4, 2", "0.5, 10, 8, 1.0, 6.5e-7, 2", "0.5, 10, 8, 1.41, 2.3e-8, 3",
    "1.0, 6, 8, 0.05, 1.00, 1", "1.0, 6, 8, 0.1, 0.999, 1", "1.0, 6, 8, 0.2, 0.97, 1",
    "1.0, 6, 8, 0.5, 0.34, 2", "1.0, 6, 8, 1.0, 0.020, 3", "1.0, 6, 8, 1.41, 0.0032, 2",
    "0.25, 8, 8, 0.05, 0.90, 1", "0.25, 8, 8, 0.1, 0.32, 2", "0.25, 8, 8, 0.2, 0.012, 4",
    "0.25, 8, 8, 0.5, 1.7e-5, 3", "0.25, 8, 8, 1.0, 7.5e-8, 2", "0.25, 8, 8, 1.41, 4.9e-9, 3",
    "2.0, 4, 6, 0.05, 1.00, 1", "2.0, 4, 6, 0.1, 1.00, 1", "2.0, 4, 6, 0.2, 0.999, 1",
    "2.0, 4, 6, 0.5, 0.96, 1", "2.0, 4, 6, 1.0, 0.59, 1", "2.0, 4, 6, 1.41, 0.29, 2"
  })
  void shouldGiveTheReferenceProbability(
      double r, int k, int l, double c, double expected, double percent) {
    // When
    double probability = PStableHash.collisionProbability(c, r, k, l);
    // Then
    assertThat(probability).isCloseTo(expected, withinPercentage(percent));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 10, 8, 0.1", "0.5, 10, 8, 0.2", "1.0, 6, 8, 0.2", "1.0, 6, 8, 0.5", "1.0, 6, 8, 1.0",
    "0.25, 8, 8, 0.05", "0.25, 8, 8, 0.1", "2.0, 4, 6, 0.5", "2.0, 4, 6, 1.0", "2.0, 4, 6, 1.41"
  })
  void shouldShareCellsAsOftenAsTheFormulaSays(double r, int k, int l, double c) {
    // Given
    int inputs = 8;
    SplittableRandom random = new SplittableRandom(5);
    int runs = 2_000;
    int shared = 0;
    // When
    for (int run = 0; run < runs; run++) {
      PStableHash hash = new PStableHash(random.nextLong(), inputs, k, l, r);
      float[] z = new float[inputs];
      float[] other = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        z[i] = (float) (2 * random.nextDouble() - 1);
        other[i] = (float) (z[i] + (random.nextBoolean() ? c : -c));
      }
      shared += share(hash, z, other) ? 1 : 0;
    }
    // Then
    double expected = PStableHash.collisionProbability(c, r, k, l);
    double error = Math.sqrt(expected * (1 - expected) / runs);
    assertThat(shared / (double) runs).isCloseTo(expected, offset(4 * error + 1e-3));
  }

  private static boolean share(PStableHash hash, float[] z, float[] other) {
    long[] cells = new long[hash.tables()];
    long[] otherCells = new long[hash.tables()];
    hash.cells(z, cells);
    hash.cells(other, otherCells);
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] == otherCells[i]) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldGiveTheSameKeysOnEveryPlatform() {
    // Given
    PStableHash hash = new PStableHash(42, 3, 5, 2, 0.5);
    long[] cells = new long[2];
    // When
    hash.cells(new float[] {0.25f, -1.5f, 3f}, cells);
    // Then
    assertThat(cells).containsExactly(-243127679327915360L, 4093167552977155447L);
  }

  @Test
  void shouldGiveOtherKeysWhenTheSaltChanges() {
    // Given
    float[] z = {0.1f, 0.2f, 0.3f, 0.4f};
    // When
    long[] cells = new long[8];
    new PStableHash(1, 4, 10, 8, 0.5).cells(z, cells);
    // Then
    long[] other = new long[8];
    new PStableHash(2, 4, 10, 8, 0.5).cells(z, other);
    assertThat(cells).doesNotHaveDuplicates().doesNotContain(other);
  }

  @Test
  void shouldShareAlwaysWhenInputsAreEqualAndLessWhenFarther() {
    // Given
    PStableHash hash = new PStableHash(7, 4, 10, 8, 0.5);
    // When
    double previous = hash.collisionProbability(0);
    // Then
    assertThat(previous).isEqualTo(1);
    for (double c = 0.05; c < 3; c += 0.05) {
      double next = hash.collisionProbability(c);
      assertThat(next).isBetween(0.0, previous);
      previous = next;
    }
  }

  @Test
  void shouldTakeAnyFloatWithoutFailing() {
    // Given
    PStableHash hash = new PStableHash(7, 4, 6, 8, 1);
    long[] first = new long[8];
    long[] again = new long[8];
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE, Float.MIN_VALUE};
    // When
    hash.cells(odd, first);
    hash.cells(odd, again);
    // Then
    assertThat(first).isEqualTo(again);
  }

  @Test
  void shouldRefuseWrongShapes() {
    // When // Then
    assertThatThrownBy(() -> new PStableHash(1, 0, 1, 1, 1)).hasMessageContaining("inputs");
    assertThatThrownBy(() -> new PStableHash(1, 2, 1, 1, 1).cells(new float[1], new long[1]))
        .hasMessageContaining("must hold 2, 1 and 1, held 1, 1 and 1");
  }
}
