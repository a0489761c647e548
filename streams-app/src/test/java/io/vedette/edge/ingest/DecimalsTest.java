package io.vedette.edge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {

  @Test
  void shouldAgreeWithTheJdkWhenNumbersAreRandom() {
    // Given
    Random random = new Random(5);
    int fast = 0;
    for (int i = 0; i < 50_000; i++) {
      double number = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(24) - 12);
      String text = String.format(Locale.ROOT, i % 2 == 0 ? "%.6f" : "%.8e", number);

      // When
      double parsed = Decimals.parse(text.toCharArray(), 0, text.length());

      // Then
      if (!Double.isNaN(parsed)) {
        assertThat(parsed).isEqualTo(Double.parseDouble(text));
        fast++;
      }
    }
    assertThat(fast).isGreaterThan(40_000);
  }

  @Test
  void shouldLeaveNumberToTheSlowWayWhenItIsLong() {
    // Given
    String text = "0.12345678901234567890";

    // When
    double parsed = Decimals.parse(text.toCharArray(), 0, text.length());

    // Then
    assertThat(parsed).isNaN();
  }
}
