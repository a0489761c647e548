package io.vedette.detect.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BloomTest {

  @ParameterizedTest
  @CsvSource({"1, 1e-18", "10, 1e-18", "10, 1e-9", "2000, 1e-9"})
  void shouldHoldNothingElseWhenTheRateIsSmall(int entries, double rate) {
    // Given: a filter of few bits, where remainders of two hashes collide
    Bloom bloom = filled(entries, rate);
    SplittableRandom random = new SplittableRandom(99);
    int held = 0;

    // When
    for (int i = 0; i < 2_000_000; i++) {
      held += bloom.holds(random.nextLong(), random.nextLong()) ? 1 : 0;
    }

    // Then
    assertThat(held).isZero();
    assertThat(bloom.rate()).isLessThan(1.01 * rate);
  }

  @Test
  void shouldErrAtItsRateWhenTheRateIsLarge() {
    // Given
    Bloom bloom = filled(1_000, 0.01);
    SplittableRandom random = new SplittableRandom(98);
    int held = 0;

    // When
    for (int i = 0; i < 200_000; i++) {
      held += bloom.holds(random.nextLong(), random.nextLong()) ? 1 : 0;
    }

    // Then
    assertThat(held / 200_000.0).isBetween(0.9 * bloom.rate(), 1.1 * bloom.rate());
  }

  @Test
  void shouldHoldAllWhenTheyWereAdded() {
    // Given
    Bloom bloom = filled(5_000, 1e-9);
    SplittableRandom random = new SplittableRandom(1);

    // When
    int held = 0;
    for (int i = 0; i < 5_000; i++) {
      held += bloom.holds(random.nextLong(), random.nextLong()) ? 1 : 0;
    }

    // Then
    assertThat(held).isEqualTo(5_000);
  }

  @Test
  void shouldRefuseWhenItWouldBeHuge() {
    assertThatThrownBy(() -> Bloom.of(1_000_000_000_000L, 1e-9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512 MiB");
  }

  private static Bloom filled(int entries, double rate) {
    Bloom bloom = Bloom.of(entries, rate);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < entries; i++) {
      bloom.add(random.nextLong(), random.nextLong());
    }
    return bloom;
  }
}
