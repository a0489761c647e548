package io.vedette.edge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

  @Test
  void shouldAgreeWithTheJdkWhenInstantsAreRandom() {
    // Given
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long seconds = random.nextLong(-4_000_000_000L, 10_000_000_000L);
      Instant instant = Instant.ofEpochSecond(seconds, random.nextInt(1_000_000) * 1000L);

      // When
      long micros = micros(instant.toString());

      // Then
      assertThat(micros).isEqualTo(seconds * 1_000_000 + instant.getNano() / 1000);
    }
  }

  @Test
  void shouldReadOffsetsAndLeapDaysWhenTheFastWayCannot() {
    // When
    long micros = micros("2028-02-29T10:00:00.5+01:00");

    // Then
    assertThat(micros).isEqualTo(Instant.parse("2028-02-29T09:00:00.5Z").toEpochMilli() * 1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01T24:00:01Z",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00",
        "+999999999-01-01T00:00:00Z"
      })
  void shouldGiveNoneWhenTextIsNoInstant(String text) {
    assertThat(micros(text)).isEqualTo(TimeText.NONE);
  }

  private static long micros(String text) {
    return TimeText.micros(text.toCharArray(), 0, text.length());
  }
}
