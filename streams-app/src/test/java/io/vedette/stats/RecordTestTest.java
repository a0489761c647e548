package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTestTest {

  private final RecordTest test = new RecordTest();
  private final double[] state = new double[RecordTest.SIZE];

  @ParameterizedTest
  @CsvSource({"5, 6.71", "8, 122.96", "10, 1166.5", "11, 3868.9", "12, 13402"})
  void shouldGiveTheReferenceEvidenceWhenEveryValueIsARecord(int n, double expected) {
    // When
    for (int i = 0; i < n; i++) {
      test.update(state, 0, i);
    }
    // Then
    assertThat(Math.exp(test.logE(state, 0))).isCloseTo(expected, withinPercentage(0.03));
  }

  @Test
  void shouldKeepVillesBoundWhenWatchedAtEveryStep() {
    // When // Then
    FalseAlarms.assertVille(
        20_000,
        2,
        random -> {
          Arrays.fill(state, 0);
          double sup = 0;
          for (int i = 0; i < 800; i++) {
            test.update(state, 0, random.nextDouble());
            sup = Math.max(sup, test.logE(state, 0));
          }
          return sup;
        });
  }

  @Test
  void shouldKeepVillesBoundWhenValuesTie() {
    // When // Then
    FalseAlarms.assertVille(
        5_000,
        4,
        random -> {
          Arrays.fill(state, 0);
          double sup = 0;
          for (int i = 0; i < 400; i++) {
            test.update(state, 0, random.nextInt(10));
            sup = Math.max(sup, test.logE(state, 0));
          }
          return sup;
        });
  }

  @ParameterizedTest
  @CsvSource({"0.1, 121", "0.2, 57", "0.3, 36"})
  void shouldFindAClimberInTheReferenceTime(double share, int median) {
    // Given
    SplittableRandom random = new SplittableRandom(9);
    int[] steps = new int[1_001];
    // When
    for (int run = 0; run < steps.length; run++) {
      Arrays.fill(state, 0);
      while (test.logE(state, 0) < Math.log(1e4) && state[0] < 5_000) {
        boolean climb = random.nextDouble() < share;
        test.update(state, 0, climb ? state[1] + 1 : -1);
      }
      steps[run] = (int) state[0];
    }
    // Then
    Arrays.sort(steps);
    assertThat((double) steps[steps.length / 2]).isCloseTo(median, withinPercentage(12));
  }

  @Test
  void shouldAlarmOnRandomWalksBecauseTheyAreNotExchangeable() {
    // Given
    SplittableRandom random = new SplittableRandom(10);
    int runs = 2_000;
    int alarms = 0;
    // When
    for (int run = 0; run < runs; run++) {
      Arrays.fill(state, 0);
      double position = 0;
      double sup = 0;
      for (int i = 0; i < 800; i++) {
        position += random.nextGaussian();
        test.update(state, 0, position);
        sup = Math.max(sup, test.logE(state, 0));
      }
      alarms += sup >= Math.log(1e4) ? 1 : 0;
    }
    // Then: the blind spot that the class comment states
    assertThat(alarms / (double) runs).isCloseTo(0.71, within(0.04));
  }

  @Test
  void shouldReportOnlyStrictRecordsAfterTheFirstValue() {
    // Given
    double[] values = {3, 3, 4, Double.NaN, 2, 5};
    boolean[] records = new boolean[values.length];
    // When
    for (int i = 0; i < values.length; i++) {
      records[i] = test.update(state, 0, values[i]);
    }
    // Then
    assertThat(records).containsExactly(false, false, true, false, false, true);
    assertThat(state[0]).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"100, 5.187, 3.552", "800, 7.262, 5.619"})
  void shouldCountRecordsAsTheHarmonicNumbersSay(int n, double mean, double variance) {
    // Given
    SplittableRandom random = new SplittableRandom(12);
    int runs = 4_000;
    double sum = 0;
    double squares = 0;
    // When
    for (int run = 0; run < runs; run++) {
      Arrays.fill(state, 0);
      int records = 1; // the first value
      for (int i = 0; i < n; i++) {
        records += test.update(state, 0, random.nextDouble()) ? 1 : 0;
      }
      sum += records;
      squares += (double) records * records;
    }
    // Then
    double average = sum / runs;
    assertThat(average).isCloseTo(mean, offset(4 * Math.sqrt(variance / runs)));
    assertThat(squares / runs - average * average).isCloseTo(variance, withinPercentage(12));
  }

  @Test
  void shouldRefuseAnImpossibleSlope() {
    // When // Then
    assertThatThrownBy(() -> new RecordTest(0)).hasMessageContaining("c must be > 0, was 0.0");
  }
}
