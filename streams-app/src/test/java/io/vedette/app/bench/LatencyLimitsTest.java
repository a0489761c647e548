package io.vedette.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LatencyLimitsTest {

  private static List<Double> millis(int fast, double fastMillis, int slow, double slowMillis) {
    return DoubleStream.concat(
            DoubleStream.generate(() -> slowMillis).limit(slow),
            DoubleStream.generate(() -> fastMillis).limit(fast))
        .boxed()
        .collect(Collectors.toList());
  }

  @Test
  void shouldAllowOneInAHundredToBeLateWhenTheMedianIsQuick() {
    assertThat(LatencyLimits.of("at_least_once").excesses(millis(99, 50, 1, 9_000))).isEmpty();
    assertThat(LatencyLimits.of("exactly_once_v2").excesses(millis(99, 900, 1, 9_000))).isEmpty();
  }

  @Test
  void shouldNameWhatIsOverItsLimit() {
    assertThat(LatencyLimits.of("at_least_once").excesses(millis(98, 51, 2, 301)))
        .containsExactly("p50 was 51 ms, limit 50 ms", "p99 was 301 ms, limit 300 ms");
    assertThat(LatencyLimits.of("exactly_once_v2").excesses(millis(98, 51, 2, 1_001)))
        .containsExactly("p99 was 1001 ms, limit 1000 ms");
  }

  @Test
  void shouldFailWhenNothingWasMeasured() {
    assertThat(LatencyLimits.of("at_least_once").excesses(List.of())).hasSize(1);
  }
}
