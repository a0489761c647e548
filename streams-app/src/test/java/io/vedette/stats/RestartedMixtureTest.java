package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartedMixtureTest {

  private static final MixtureGrid GRID = new MixtureGrid();

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.1, 0.5, 0.8})
  void shouldKeepVillesBoundWhenStoppedAtTheBestMoment(double rate) {
    // Given
    RestartedMixture mixture = GRID.atLeast(rate);

    // When
    FalseAlarms.Run run = random -> Math.log(highest(mixture, mixture.p0(), 1000, random));

    // Then
    FalseAlarms.assertVille(10_000, 71, run);
  }

  @Test
  void shouldKeepVillesBoundWhenHitsComeInBursts() {
    // Given a null whose rate depends on the past but never exceeds p0
    RestartedMixture mixture = GRID.atLeast(0.1);

    // When
    FalseAlarms.Run run =
        random -> {
          double[] capital = new double[mixture.size()];
          double best = 1;
          boolean last = false;
          for (int step = 1; step <= 1000; step++) {
            last = random.nextDouble() < (last ? mixture.p0() : mixture.p0() / 4);
            mixture.update(capital, 0, step, last);
            best = Math.max(best, mixture.evidence(capital, 0, step));
          }
          return Math.log(best);
        };

    // Then
    FalseAlarms.assertVille(10_000, 72, run);
  }

  @ParameterizedTest
  @CsvSource({"0.02, 0.5, 30", "0.02, 0.9, 12", "0.1, 0.9, 20", "0.5, 0.9, 75"})
  void shouldReachAMillionSoonWhenAnAttackComesLate(double p0, double attack, int most) {
    // Given
    RestartedMixture mixture = GRID.atLeast(p0);
    SplittableRandom random = new SplittableRandom(73);
    double[] delays = new double[201];

    // When the first 500 steps are benign
    for (int i = 0; i < delays.length; i++) {
      double[] capital = new double[mixture.size()];
      int step = 0;
      while (step < 500 || mixture.evidence(capital, 0, step) < 1e6) {
        step++;
        boolean hit = random.nextDouble() < (step <= 500 ? p0 / 2 : attack);
        mixture.update(capital, 0, step, hit);
      }
      delays[i] = step - 500;
    }

    // Then
    Arrays.sort(delays);
    assertThat(delays[100]).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3})
  void shouldKeepItsMeanBelowOneWhenStepsAreFair(double rate) {
    // Given every sequence of ten steps with its probability
    RestartedMixture mixture = GRID.atLeast(rate);
    double mean = 0;

    // When
    for (int bits = 0; bits < 1 << 10; bits++) {
      double[] capital = new double[mixture.size()];
      double probability = 1;
      for (int step = 1; step <= 10; step++) {
        boolean hit = (bits >>> (step - 1) & 1) == 1;
        probability *= hit ? mixture.p0() : 1 - mixture.p0();
        mixture.update(capital, 0, step, hit);
      }
      mean += probability * mixture.evidence(capital, 0, 10);
    }

    // Then
    assertThat(mean).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldStayFiniteWhenEveryStepIsAHit() {
    // Given
    RestartedMixture mixture = GRID.atLeast(0.01);
    double[] capital = new double[mixture.size()];

    // When
    for (int step = 1; step <= 10_000; step++) {
      mixture.update(capital, 0, step, true);
    }

    // Then
    assertThat(mixture.evidence(capital, 0, 10_000)).isBetween(1e199, 1e201);
  }

  @ParameterizedTest
  @CsvSource({"0.02, 0", "0.02, 1", "0.02, 16", "0.1, 37", "0.1, 512", "0.5, 1000", "0.8, 4096"})
  void shouldHoldWhatExplicitMissesLeaveWhenTheyAreTakenAtOnce(double rate, int last) {
    // Given
    RestartedMixture mixture = GRID.atLeast(rate);
    double[] explicit = new double[2 * mixture.size()];
    double[] atOnce = new double[2 * mixture.size()];

    // When
    for (int step = 1; step <= last; step++) {
      mixture.update(explicit, mixture.size(), step, false);
    }
    mixture.misses(atOnce, mixture.size(), last);

    // Then
    assertThat(atOnce).isEqualTo(explicit);
  }

  @ParameterizedTest
  @CsvSource({"0.005, 5000", "0.02, 20000", "0.5, 100000"})
  void shouldHoldHardlyLessWhenTheFirstOfManyMissesAreLeftOut(double rate, int last) {
    // Given
    RestartedMixture mixture = GRID.atLeast(rate);
    double[] explicit = new double[mixture.size()];
    double[] atOnce = new double[mixture.size()];

    // When
    for (int step = 1; step <= last; step++) {
      mixture.update(explicit, 0, step, false);
    }
    mixture.misses(atOnce, 0, last);

    // Then never more, so the bet stays valid
    for (int j = 0; j < explicit.length; j++) {
      assertThat(atOnce[j]).isBetween(0.999 * explicit[j], explicit[j]);
    }
  }

  @Test
  void shouldLeaveTheNeighboursAloneWhenCapitalIsShared() {
    // Given
    RestartedMixture mixture = GRID.atLeast(0.05);
    double[] capital = new double[3 * mixture.size()];

    // When
    mixture.update(capital, mixture.size(), 1, true);

    // Then
    for (int i = 0; i < capital.length; i++) {
      assertThat(capital[i] > 0).isEqualTo(i / mixture.size() == 1);
    }
  }

  @Test
  void shouldServeARateByTheNextHigherOneWhenAskedFromTheGrid() {
    // Given
    SplittableRandom random = new SplittableRandom(74);

    // When
    double[] rates = random.doubles(1000, 0.005, 0.8).toArray();

    // Then
    for (double rate : rates) {
      assertThat(GRID.atLeast(rate).p0()).isBetween(rate * (1 - 1e-9), rate * 1.0501);
    }
    assertThat(GRID.atLeast(0).p0()).isEqualTo(0.005);
    assertThat(GRID.atLeast(0.99).p0()).isEqualTo(0.8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 0.9, 1.5, Double.NaN})
  void shouldRefuseARateWhenNothingCanBeBetAgainstIt(double p0) {
    // When / Then
    assertThatThrownBy(() -> new RestartedMixture(p0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p0 must be above 0 and below 0.9");
  }

  private static double highest(
      RestartedMixture mixture, double rate, int steps, SplittableRandom random) {
    double[] capital = new double[mixture.size()];
    double best = 1;
    for (int step = 1; step <= steps; step++) {
      mixture.update(capital, 0, step, random.nextDouble() < rate);
      best = Math.max(best, mixture.evidence(capital, 0, step));
    }
    return best;
  }
}
