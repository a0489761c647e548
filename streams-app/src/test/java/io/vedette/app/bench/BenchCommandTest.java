package io.vedette.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

  @Test
  void shouldHoldTheMediansAgainstEachOtherWhenBothSidesRan() {
    // Given
    List<Contender.Cost> vedette = List.of(cost(30_000), cost(10_000), cost(20_000));
    List<Contender.Cost> passing = List.of(cost(90_000), cost(70_000));

    // When
    String line = BenchCommand.ratio("events/s", vedette, passing, Contender.Cost::eventsPerSecond);

    // Then
    assertThat(line.strip())
        .isEqualTo("events/s: 20000.00 against 80000.00, ratio 0.25 (medians of warmed runs)");
  }

  private static Contender.Cost cost(double eventsPerSecond) {
    return new Contender.Cost(eventsPerSecond, 1, 1);
  }
}
