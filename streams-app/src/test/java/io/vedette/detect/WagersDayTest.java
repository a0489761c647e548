package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vedette.stats.MixtureGrid;
import io.vedette.stats.RestartedMixture;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WagersDayTest {

  private static final MixtureGrid GRID = new MixtureGrid();
  private static final double RATE = 0.05;
  private static final RestartedMixture MIXTURE = GRID.atLeast(RATE);

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void shouldCarryATenthWhenADayBegins(int hits) {
    // Given
    Wagers yesterday = hit(new Wagers(2, GRID.size()), hits);
    double evidence = yesterday.evidence(0, MIXTURE);

    // When
    Wagers today = yesterday.nextDay();

    // Then the stakes that were not placed yesterday are not carried
    assertThat(evidence).isBetween(10.0, 10_000.0);
    assertThat(today.carried()).isCloseTo((float) Math.log10(evidence / 9), within(0.05f));
    assertThat(today.carried()).isLessThanOrEqualTo((float) Math.log10(evidence / 9));
    assertThat(today.steps()).isZero();
    assertThat(today.hits(0)).isZero();
    assertThat(today.samples()).isEmpty();
    double unspent = 0.9 * (evidence / 9 + 1);
    assertThat(today.evidence(0, MIXTURE))
        .isLessThanOrEqualTo(unspent)
        .isGreaterThan(0.9 * unspent);
  }

  @Test
  void shouldCarryNothingWhenThereWasHardlyAnything() {
    // Given
    Wagers yesterday = hit(new Wagers(2, GRID.size()), 1);

    // When
    Wagers today = yesterday.nextDay();

    // Then
    assertThat(yesterday.evidence(0, MIXTURE)).isGreaterThan(1);
    assertThat(CleanModel.bytes(today)).isEqualTo(CleanModel.bytes(new Wagers(2, GRID.size())));
  }

  @Test
  void shouldCarryAThousandAtMostAndLessEachDayWhenThereWasAnAlarm() {
    // Given
    Wagers state = hit(new Wagers(2, GRID.size()), 40);

    // When, Then
    for (float expected : new float[] {3, 2, 1}) {
      state = state.nextDay();
      assertThat(state.carried()).isCloseTo(expected, within(1e-3f));
    }
    state = state.nextDay().nextDay();
    assertThat(state.bytes()).isEqualTo(new Wagers(2, GRID.size()).bytes());
  }

  @Test
  void shouldReportOnlyWhatIsNewWhenEvidenceWasCarried() {
    // Given
    Wagers state = hit(new Wagers(1, GRID.size()), 40).nextDay();

    // When
    double before = Math.log10(state.evidence(0, MIXTURE));

    // Then
    assertThat(before).isGreaterThan(2.9);
    assertThat(state.worthReporting(before)).isFalse();
    hit(state, 2);
    assertThat(state.worthReporting(Math.log10(state.evidence(0, MIXTURE)))).isTrue();
  }

  @Test
  void shouldReadWhatWasCarriedWhenWritten() {
    // Given
    Wagers state = hit(new Wagers(3, GRID.size()), 5).nextDay();

    // When
    Wagers read = CleanModel.reread(state, in -> Wagers.read(in, 3, GRID.size()));

    // Then
    assertThat(read.carried()).isEqualTo(state.carried()).isPositive();
    assertThat(read.evidence(0, MIXTURE)).isEqualTo(state.evidence(0, MIXTURE));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100})
  void shouldKeepVillesBoundOnEachDayWhenEvidenceIsCarried(int level) {
    // Given keys at the limit, on days one after the other
    SplittableRandom random = new SplittableRandom(level);
    int keys = 3_000;
    int days = 6;
    int[] alarms = new int[days];

    // When
    for (int key = 0; key < keys; key++) {
      Wagers state = new Wagers(1, GRID.size());
      for (int day = 0; day < days; day++) {
        double best = 0;
        for (int step = 0; step < 120; step++) {
          state.step();
          state.place(0, MIXTURE, random.nextDouble() < RATE);
          best = Math.max(best, state.evidence(0, MIXTURE));
        }
        alarms[day] += best >= level ? 1 : 0;
        state = state.nextDay();
      }
    }

    // Then
    double bound = 1.0 / level;
    double slack = 3 * Math.sqrt(bound * (1 - bound) / keys);
    for (int day = 0; day < days; day++) {
      assertThat(alarms[day] / (double) keys).as("day %d", day).isLessThanOrEqualTo(bound + slack);
    }
  }

  private static Wagers hit(Wagers wagers, int hits) {
    for (int i = 0; i < hits; i++) {
      wagers.step();
      wagers.place(0, MIXTURE, true);
    }
    return wagers;
  }
}
