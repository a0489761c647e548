package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayResetTest {

  private static final long DAY = 86_400_000_000L;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "86399999999, 0",
    "86400000000, 1",
    "-1, -1",
    "-86400000000, -1",
    "1764000000000000, 20416"
  })
  void shouldCountDaysOfUtc(long timeMicros, long expected) {
    // When
    long day = DayReset.day(timeMicros);
    // Then
    assertThat(day).isEqualTo(expected);
  }

  @Test
  void shouldPlaceEventsAroundTheBoundary() {
    // Given
    long ledgerDay = 5;
    // When
    DayReset last = DayReset.of(ledgerDay, 6 * DAY - 1);
    // Then
    assertThat(last).isEqualTo(DayReset.SAME_DAY);
    assertThat(DayReset.of(ledgerDay, 6 * DAY)).isEqualTo(DayReset.NEW_DAY);
    assertThat(DayReset.of(ledgerDay, 5 * DAY)).isEqualTo(DayReset.SAME_DAY);
    assertThat(DayReset.of(ledgerDay, 5 * DAY - 1)).isEqualTo(DayReset.LATE);
    assertThat(DayReset.of(DayReset.NO_DAY, -DAY)).isEqualTo(DayReset.NEW_DAY);
  }

  @Test
  void shouldNotBringBackYesterdaysEvidenceWhenEventsComeLate() {
    // Given
    Ledger ledger = new Ledger();
    for (int i = 0; i < 3; i++) {
      ledger.observe(DAY - 10 + i); // three hits just before midnight
    }
    ledger.observe(DAY + 1); // the next day opens with one hit
    // When
    for (int i = 0; i < 5; i++) {
      ledger.observe(DAY - 5); // late hits of yesterday
    }
    // Then
    assertThat(ledger.logE()).isCloseTo(Math.log(7.5), offset(1e-12));
    assertThat(ledger.day).isEqualTo(1);
    assertThat(ledger.late).isEqualTo(5);
  }

  @Test
  void shouldGiveTheSameEvidenceOfADayWithOrWithoutLateEvents() {
    // Given
    Ledger disturbed = new Ledger();
    Ledger clean = new Ledger();
    // When
    for (int i = 0; i < 4; i++) {
      clean.observe(DAY + i);
      disturbed.observe(DAY + i);
      disturbed.observe(i);
    }
    // Then
    assertThat(disturbed.logE()).isEqualTo(clean.logE());
  }

  @Test
  void shouldKeepTheBoundOfADayWhenTheDayBeforeWasAnAttackAndItsEventsStillCome() {
    // When // Then
    FalseAlarms.assertVille(
        4_000,
        71,
        random -> {
          Ledger ledger = new Ledger();
          for (int i = 0; i < 50; i++) {
            ledger.observe(DAY - 100 + i); // all hits
          }
          double sup = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < 200; i++) {
            ledger.observe(DAY + i, random.nextDouble() < 0.02);
            ledger.observe(DAY - 1 - i); // late hits of yesterday
            sup = Math.max(sup, ledger.logE());
          }
          return sup;
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "86399999999, 0", "86400000001, 86400000000", "-1, -86400000000"})
  void shouldFindTheMidnightBefore(long timeMicros, long expected) {
    // When
    long midnight = DayReset.midnight(timeMicros);
    // Then
    assertThat(midnight).isEqualTo(expected);
  }

  /** The ledger every detector keeps: day, logs, count of late events. */
  private static final class Ledger {
    private final BernoulliMixture bet = BernoulliMixture.of(0.02);
    private final double[] logs = new double[bet.size()];
    private long day = DayReset.NO_DAY;
    private int late;

    void observe(long timeMicros) {
      observe(timeMicros, true);
    }

    void observe(long timeMicros, boolean hit) {
      DayReset place = DayReset.of(day, timeMicros);
      if (place == DayReset.LATE) {
        late++;
        return;
      }
      if (place == DayReset.NEW_DAY) {
        Arrays.fill(logs, 0);
        day = DayReset.day(timeMicros);
      }
      bet.update(logs, 0, hit);
    }

    double logE() {
      return bet.logE(logs, 0);
    }
  }
}
