package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecondSightTest {

  @Test
  void shouldKnowEveryKeyWhenItComesAgainSoon() {
    // Given
    SecondSight sight = new SecondSight(1 << 16);
    int missed = 0;

    // When
    for (long key = 0; key < 50_000; key++) {
      sight.seen(key);
      missed += sight.seen(key - Math.min(key, 4_000)) ? 0 : 1;
    }

    // Then no key is lost within half of the memory
    assertThat(missed).isZero();
  }

  @Test
  void shouldSeldomClaimAKeyWhenItIsNew() {
    // Given
    SecondSight sight = new SecondSight(1 << 16);
    int claimed = 0;

    // When far more keys come than it holds
    for (long key = 0; key < 200_000; key++) {
      claimed += sight.seen(key * 0x9E3779B97F4A7C15L) ? 1 : 0;
    }

    // Then
    assertThat(claimed / 200_000.0).isLessThan(0.04);
  }

  @Test
  void shouldKnowNothingMoreWhenKeysAreOnlyTouched() {
    // Given
    SecondSight sight = new SecondSight(1 << 16);
    sight.seen(1);

    // When
    for (long key = 0; key < 1_000; key++) {
      sight.touch(key);
    }

    // Then
    assertThat(sight.seen(1)).isTrue();
    assertThat(sight.seen(2)).isFalse();
  }
}
