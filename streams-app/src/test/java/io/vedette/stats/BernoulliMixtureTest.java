package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BernoulliMixtureTest {

  static Stream<Arguments> hitsOnly() {
    return Stream.of(
        Arguments.of(BernoulliMixture.of(0.02), new double[] {7.5, 85, 1170, 17476, 270600}),
        Arguments.of(
            BernoulliMixture.of(0.02, 1.5, 2, 3, 8),
            new double[] {3.625, 19.81, 137.6, 1049.5, 8262.7}),
        Arguments.of(
            BernoulliMixture.of(0.25, 1.5, 2, 3, 8),
            new double[] {2.525, 7.05, 21.26, 67.51, 221.8}),
        Arguments.of(
            BernoulliMixture.ofRates(0.01, 0.1, 0.5, 0.9),
            new double[] {50, 3566.7, 285_000, 23_956_667}));
  }

  @ParameterizedTest
  @MethodSource("hitsOnly")
  void shouldGiveTheReferenceEvidenceWhenOnlyHitsArrive(
      BernoulliMixture mixture, double[] expected) {
    // Given
    double[] logs = new double[mixture.size()];
    double[] evidence = new double[expected.length];
    // When
    for (int i = 0; i < expected.length; i++) {
      mixture.update(logs, 0, true);
      evidence[i] = Math.exp(mixture.logE(logs, 0));
    }
    // Then
    for (int i = 0; i < expected.length; i++) {
      assertThat(evidence[i]).isCloseTo(expected[i], withinPercentage(0.1));
    }
  }

  static Stream<Arguments> firstCrossings() {
    return Stream.of(
        Arguments.of(BernoulliMixture.of(0.02), 1e4, 4),
        Arguments.of(BernoulliMixture.of(0.02), 1e5, 5),
        Arguments.of(BernoulliMixture.of(0.02, 1.5, 2, 3, 8), 1e4, 6),
        Arguments.of(BernoulliMixture.of(0.02, 1.5, 2, 3, 8), 1e5, 7),
        Arguments.of(BernoulliMixture.of(0.25, 1.5, 2, 3, 8), 1e4, 9),
        Arguments.of(BernoulliMixture.of(0.25, 1.5, 2, 3, 8), 1e5, 10),
        Arguments.of(BernoulliMixture.ofRates(0.01, 0.1, 0.5, 0.9), 1e4, 3),
        Arguments.of(BernoulliMixture.ofRates(0.01, 0.1, 0.5, 0.9), 1e5, 3));
  }

  @ParameterizedTest
  @MethodSource("firstCrossings")
  void shouldCrossTheThresholdAtTheReferenceHitCount(
      BernoulliMixture mixture, double threshold, int expected) {
    // Given
    double[] logs = new double[mixture.size()];
    int hits = 0;
    // When
    while (mixture.logE(logs, 0) < Math.log(threshold)) {
      mixture.update(logs, 0, true);
      hits++;
    }
    // Then
    assertThat(hits).isEqualTo(expected);
  }

  static Stream<Arguments> mixedHits() {
    return Stream.of(
        Arguments.of(0, 20, 0.2478), Arguments.of(5, 50, 26.05), Arguments.of(10, 50, 707_806.0));
  }

  @ParameterizedTest
  @MethodSource("mixedHits")
  void shouldGiveTheReferenceEvidenceWhenHitsAndMissesMix(int hits, int events, double expected) {
    // Given
    BernoulliMixture mixture = BernoulliMixture.of(0.02);
    double[] logs = new double[mixture.size()];
    // When
    for (int i = 0; i < events; i++) {
      mixture.update(logs, 0, i < hits);
    }
    // Then
    assertThat(Math.exp(mixture.logE(logs, 0))).isCloseTo(expected, withinPercentage(0.02));
  }

  @Test
  void shouldIgnoreTheOrderOfHits() {
    // Given
    BernoulliMixture mixture = BernoulliMixture.of(0.02);
    double[] forward = new double[mixture.size()];
    double[] backward = new double[mixture.size()];
    SplittableRandom random = new SplittableRandom(11);
    boolean[] hits = new boolean[300];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = random.nextInt(5) == 0;
    }
    // When
    for (int i = 0; i < hits.length; i++) {
      mixture.update(forward, 0, hits[i]);
      mixture.update(backward, 0, hits[hits.length - 1 - i]);
    }
    // Then
    assertThat(mixture.logE(forward, 0)).isCloseTo(mixture.logE(backward, 0), offset(1e-9));
  }

  @Test
  void shouldTouchOnlyItsOwnPartWhenGivenAnOffset() {
    // Given
    BernoulliMixture mixture = BernoulliMixture.of(0.02);
    double[] logs = new double[mixture.size() + 5];
    // When
    mixture.update(logs, 3, true);
    // Then
    assertThat(mixture.logE(logs, 3)).isCloseTo(Math.log(7.5), offset(1e-12));
    assertThat(new double[] {logs[0], logs[1], logs[2], logs[7], logs[8]}).containsOnly(0);
  }

  @Test
  void shouldHaveExpectationOneAtTheNullBoundaryAndLessBelow() {
    // Given
    BernoulliMixture mixture = BernoulliMixture.of(0.05);
    double[] hit = new double[mixture.size()];
    double[] miss = new double[mixture.size()];
    // When
    mixture.update(hit, 0, true);
    mixture.update(miss, 0, false);
    // Then
    double eHit = Math.exp(mixture.logE(hit, 0));
    double eMiss = Math.exp(mixture.logE(miss, 0));
    assertThat(0.05 * eHit + 0.95 * eMiss).isCloseTo(1, offset(1e-12));
    assertThat(0.03 * eHit + 0.97 * eMiss).isLessThan(1);
  }

  @Test
  void shouldKeepVillesBoundWhenWatchedAtEveryStep() {
    // Given
    BernoulliMixture mixture = BernoulliMixture.of(0.02);
    double[] logs = new double[mixture.size()];
    // When // Then
    FalseAlarms.assertVille(
        20_000,
        1,
        random -> {
          Arrays.fill(logs, 0);
          double sup = 0;
          for (int i = 0; i < 800; i++) {
            boolean hit = random.nextDouble() < 0.02;
            mixture.update(logs, 0, hit);
            if (hit) { // evidence peaks at hits
              sup = Math.max(sup, mixture.logE(logs, 0));
            }
          }
          return sup;
        });
  }

  @Test
  void shouldStayFiniteWhenMillionsOfEventsArrive() {
    // Given
    BernoulliMixture mixture = BernoulliMixture.of(0.02);
    double[] logs = new double[mixture.size()];
    // When
    for (int i = 0; i < 2_000_000; i++) {
      mixture.update(logs, 0, i % 2 == 0);
    }
    // Then
    assertThat(mixture.logE(logs, 0)).isFinite().isGreaterThan(1e5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.95, 1})
  void shouldNotBetWhenTheNullIsAtOrAboveTheCap(double p0) {
    // Given
    BernoulliMixture mixture = BernoulliMixture.of(p0);
    double[] logs = new double[mixture.size()];
    // When
    mixture.update(logs, 0, true);
    // Then
    assertThat(mixture.logE(logs, 0)).isZero();
  }

  @Test
  void shouldRefuseImpossibleRates() {
    // When // Then
    assertThatThrownBy(() -> BernoulliMixture.of(0))
        .hasMessageContaining("p0 must be above 0 up to 1, was 0.0");
    assertThatThrownBy(() -> BernoulliMixture.of(0.1, 0.5)).hasMessageContaining("multiplier");
    assertThatThrownBy(() -> BernoulliMixture.ofRates(0.1, 0.05)).hasMessageContaining("rate must");
    assertThatThrownBy(() -> BernoulliMixture.ofRates(0.1)).hasMessageContaining("component");
  }
}
