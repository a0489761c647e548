package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long HOUR = Duration.ofHours(1).toNanos() / 1_000;

  @Test
  void shouldKeepTheMeanRateWhenThereIsADailyWave() {
    // Given
    Pace pace = Pace.daily(50);
    Rng rng = new Rng(3);
    int[] perHour = new int[24];
    long time = 0;

    // When
    while ((time = pace.next(time, rng)) < 240 * HOUR) {
      perHour[(int) (time / HOUR % 24)]++;
    }

    // Then
    assertThat(Arrays.stream(perHour).sum()).isBetween(11_500, 12_500);
    assertThat(perHour[15]).isGreaterThan(5 * perHour[3]);
  }

  @Test
  void shouldComeOnceADayWhenNightly() {
    // Given
    Pace pace = Pace.nightly(2);
    Rng rng = new Rng(3);
    long time = 0;

    // When
    for (int night = 0; night < 100; night++) {
      time = pace.next(time, rng);
      // Then
      assertThat(time % (24 * HOUR)).isBetween(2 * HOUR - HOUR / 10, 2 * HOUR + HOUR / 10);
    }
    assertThat(time / (24 * HOUR)).isBetween(98L, 101L);
  }

  @Test
  void shouldAlwaysMoveForwardWhenRatesAreHigh() {
    // Given
    Pace pace = Pace.perSecond(2_000_000);
    Rng rng = new Rng(3);

    // When
    long next = pace.next(1_000, rng);

    // Then
    assertThat(next).isGreaterThan(1_000);
  }
}
