package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RngTest {

  @Test
  void shouldGiveTheReferenceSequenceWhenSeeded() {
    // Given: java.util.SplittableRandom is the same generator
    Rng rng = new Rng(0);
    var reference = new SplittableRandom(0);

    // When
    long first = rng.bits();

    // Then
    assertThat(first).isEqualTo(reference.nextLong());
    assertThat(rng.bits()).isEqualTo(reference.nextLong());
  }

  @Test
  void shouldForkAlikeWhateverWasDrawn() {
    // Given
    Rng drawn = new Rng(5);
    drawn.gaussians(7);

    // When
    long bits = drawn.fork("a").bits();

    // Then
    assertThat(bits).isEqualTo(new Rng(5).fork("a").bits());
    assertThat(bits).isNotEqualTo(new Rng(5).fork("b").bits());
  }

  @Test
  void shouldHaveTheMomentsOfANormalWhenDrawnOften() {
    // Given
    double[] z = new Rng(5).gaussians(100_000);

    // When
    double mean = 0;
    double square = 0;
    double fourth = 0;
    for (double v : z) {
      mean += v / z.length;
      square += v * v / z.length;
      fourth += v * v * v * v / z.length;
    }

    // Then
    assertThat(mean).isBetween(-0.015, 0.015);
    assertThat(square).isBetween(0.98, 1.02);
    assertThat(fourth).isBetween(2.9, 3.1);
  }
}
