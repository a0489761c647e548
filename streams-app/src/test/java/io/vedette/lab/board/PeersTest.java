package io.vedette.lab.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {

  private static final Site SITE = World.SCORING.build();

  @Test
  void shouldFlagTheCallAfterTheLimitWhenCallsFillAnHour() {
    // Given
    List<Exchange> calls = honest(600, Duration.ofSeconds(5));

    // When
    int flagged = first(new CounterRule(), calls);

    // Then
    assertThat(flagged).isEqualTo(CounterRule.MOST + 1);
  }

  @Test
  void shouldFlagNobodyWhenCallsAreSpreadOverHours() {
    // Given
    List<Exchange> calls = honest(2_000, Duration.ofSeconds(8));

    // When
    int flagged = first(new CounterRule(), calls);

    // Then
    assertThat(flagged).isEqualTo(-1);
  }

  @Test
  void shouldFlagSmallStepsAmongJumpsWhenPradaSeesThem() {
    // Given: near copies of ever new rows, as augmentation sends them
    float[][] last = {{}};
    int[] count = {0};
    List<Exchange> calls =
        Calls.of(
            SITE,
            600,
            Duration.ofSeconds(1),
            rng -> {
              if (count[0]++ % 3 == 0) {
                last[0] = SITE.population().draw(rng).x();
              }
              float[] x = last[0].clone();
              x[0] += 1e-3f * count[0];
              return x;
            });

    // When
    int flagged = first(prada(0.9), calls);

    // Then: it has decided as soon as it may
    assertThat(flagged).isBetween(101, 220);
  }

  @Test
  void shouldDecideNothingWhenPradaHasFewDistances() {
    // Given
    List<Exchange> calls = honest(101, Duration.ofSeconds(1));

    // When
    int flagged = first(prada(0.999), calls);

    // Then
    assertThat(flagged).isEqualTo(-1);
  }

  @Test
  void shouldFlagLessWhenDeltaIsLower() {
    // Given
    List<Exchange> calls = honest(800, Duration.ofSeconds(1));

    // When
    int strict = first(prada(0.999), calls);
    int lax = first(prada(0.3), calls);

    // Then
    assertThat(strict).isPositive();
    assertThat(lax).isEqualTo(-1);
  }

  private static Prada prada(double delta) {
    return new Prada(delta, SITE.spread(), false);
  }

  private static List<Exchange> honest(int n, Duration apart) {
    return Calls.of(SITE, n, apart, rng -> SITE.population().draw(rng).x());
  }

  /** The call at which a peer flags, counted from 1; -1 for none. */
  private static int first(Peer peer, List<Exchange> calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (peer.flags(calls.get(i))) {
        return i + 1;
      }
    }
    return -1;
  }
}
