package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordBetTest {

  private static final int RUNS = 20_000;
  private static final int STEPS = 400;

  @ParameterizedTest
  @ValueSource(ints = {STEPS, 30, 4})
  void shouldKeepVillesBoundWhenValuesAreExchangeableAndTheBestMomentCounts(int stay) {
    // Given series of so many values, one after the other
    SplittableRandom random = new SplittableRandom(stay);

    // When
    double[] best = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      best[run] = highest(stay, false, random);
    }

    // Then
    assertVille(best);
  }

  @Test
  void shouldKeepVillesBoundWhenOnlyValuesAfterAMissCount() {
    // Given what a stay bets on: a choice that the past makes
    SplittableRandom random = new SplittableRandom(5);

    // When
    double[] best = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      best[run] = highest(100, true, random);
    }

    // Then
    assertVille(best);
  }

  @Test
  void shouldKeepItsMeanAtOneWhenStepsAreFair() {
    // Given every sequence of ten steps with its probability
    double mean = 0;

    // When
    for (int bits = 0; bits < 1 << 10; bits++) {
      double[] capital = new double[1];
      double probability = 1;
      for (int step = 1; step <= 10; step++) {
        boolean record = (bits >>> (step - 1) & 1) == 1;
        probability *= record ? 1.0 / (step + 1) : 1 - 1.0 / (step + 1);
        RecordBet.update(capital, 0, step, step + 1, record);
      }
      mean += probability * evidence(capital, 10);
    }

    // Then
    assertThat(mean).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5, 25", "0, 0.3, 40", "100, 0.5, 25", "100, 0.3, 30"})
  void shouldReachTenThousandSoonWhenTheSeriesClimbs(int before, double climb, int most) {
    // Given so many values without aim, then records in so large a share of the steps
    SplittableRandom random = new SplittableRandom(7);
    double[] delays = new double[501];

    // When
    for (int run = 0; run < delays.length; run++) {
      double[] capital = new double[1];
      int step = 0;
      while (step < before || evidence(capital, step) < 1e4) {
        step++;
        double share = step <= before ? 1.0 / (step + 1) : climb;
        RecordBet.update(capital, 0, step, step + 1, random.nextDouble() < share);
      }
      delays[run] = step - before;
    }

    // Then
    Arrays.sort(delays);
    assertThat(delays[250]).isLessThanOrEqualTo(most);
  }

  @Test
  void shouldStayFiniteWhenEveryValueIsARecord() {
    // Given
    double[] capital = new double[1];

    // When
    for (int step = 1; step <= 10_000; step++) {
      RecordBet.update(capital, 0, step, step + 1, true);
    }

    // Then
    assertThat(capital[0]).isEqualTo(1e200);
  }

  @Test
  void shouldLeaveTheNeighboursAloneWhenCapitalIsShared() {
    // Given
    double[] capital = {1, 2, 3};

    // When
    RecordBet.update(capital, 1, 1, 2, true);

    // Then two values: a record is as likely as none, so nothing is won
    assertThat(capital).containsExactly(1, 2.5, 3);
  }

  /** Highest evidence over {@link #STEPS} values, which start anew every {@code stay} values. */
  private static double highest(int stay, boolean afterMisses, SplittableRandom random) {
    double[] capital = new double[1];
    double best = 1;
    double top = 0;
    boolean last = false;
    int rank = 0;
    long step = 0;
    for (int i = 0; i < STEPS; i++) {
      double value = random.nextDouble();
      rank = rank == stay ? 1 : rank + 1;
      boolean record = rank > 1 && value > top;
      if (rank > 1 && !(afterMisses && last)) {
        RecordBet.update(capital, 0, ++step, rank, record);
        best = Math.max(best, evidence(capital, step));
      }
      last = record;
      top = rank == 1 ? value : Math.max(top, value);
    }
    return best;
  }

  private static double evidence(double[] capital, long step) {
    return capital[0] + (step == 0 ? 1 : 0.5 / step);
  }

  private static void assertVille(double[] best) {
    for (double alpha : new double[] {0.1, 1e-2, 1e-3}) {
      double share = Arrays.stream(best).filter(e -> e >= 1 / alpha).count() / (double) RUNS;
      assertThat(share)
          .as("share of runs with E >= %s", 1 / alpha)
          .isLessThanOrEqualTo(alpha + 3 * Math.sqrt(alpha * (1 - alpha) / RUNS));
    }
  }
}
