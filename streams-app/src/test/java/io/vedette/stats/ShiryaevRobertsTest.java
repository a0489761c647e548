package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShiryaevRobertsTest {

  private final ShiryaevRoberts detector = new ShiryaevRoberts(BernoulliMixture.of(0.02));
  private final double[] logs = new double[detector.size()];

  @Test
  void shouldGiveTheReferenceValuesWhenOnlyHitsArrive() {
    // Given
    double[] expected = {7.5, 92.5, 1262.5, 18738.5};
    // When
    double[] values = run(true, true, true, true);
    // Then
    assertClose(values, expected);
  }

  @Test
  void shouldGiveTheReferenceValuesWhenMissesComeFirst() {
    // Given
    double[] expected = {0.867, 1.632, 2.314, 22.07, 238.1, 3140.6};
    // When
    double[] values = run(false, false, false, true, true, true);
    // Then
    assertClose(values, expected);
  }

  @Test
  void shouldRunAtLeastAsManyBenignEventsAsItsThreshold() {
    // Given
    SplittableRandom random = new SplittableRandom(3);
    double threshold = Math.log(200);
    int runs = 2_000;
    long events = 0;
    // When
    for (int run = 0; run < runs; run++) {
      Arrays.fill(logs, 0);
      do {
        detector.update(logs, 0, random.nextDouble() < 0.02);
        events++;
      } while (detector.logR(logs, 0) < threshold);
    }
    // Then
    assertThat(events / (double) runs).isGreaterThanOrEqualTo(200 * 0.9);
  }

  @Test
  void shouldKeepTheBoundOverAFixedHorizon() {
    // Given: R_t - t is a martingale, so P(sup over n steps >= n/alpha) <= alpha
    int steps = 100;
    // When // Then
    FalseAlarms.assertVille(
        20_000,
        8,
        random -> {
          Arrays.fill(logs, 0);
          double sup = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < steps; i++) {
            boolean hit = random.nextDouble() < 0.02;
            detector.update(logs, 0, hit);
            if (hit || i == 0) {
              sup = Math.max(sup, detector.logR(logs, 0) - Math.log(steps));
            }
          }
          return sup;
        });
  }

  @Test
  void shouldStayFiniteWhenEvidenceIsHuge() {
    // Given
    boolean[] hits = new boolean[10_000];
    Arrays.fill(hits, true);
    // When
    run(hits);
    // Then
    assertThat(detector.logR(logs, 0)).isFinite().isGreaterThan(1e4);
  }

  @Test
  void shouldForgetBenignHistory() {
    // Given
    run(new boolean[50_000]);
    double floor = detector.logR(logs, 0);
    // When
    double[] values = run(true, true, true, true, true);
    // Then
    assertThat(floor).isCloseTo(Math.log(23.3), within(0.5));
    assertThat(values[4]).isGreaterThan(270_600);
  }

  private double[] run(boolean... hits) {
    double[] values = new double[hits.length];
    for (int i = 0; i < hits.length; i++) {
      detector.update(logs, 0, hits[i]);
      values[i] = Math.exp(detector.logR(logs, 0));
    }
    return values;
  }

  private static void assertClose(double[] values, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], withinPercentage(0.05));
    }
  }
}
