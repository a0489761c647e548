package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.control.v1.Verdict;
import io.vedette.edge.http.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the console believes of verdicts that anybody with the right may have written. */
class SocViewTest {

  private static final Instant TIME = Instant.parse("2026-03-01T09:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(90);

  @Test
  void shouldEndAnExceptionAsTheServiceDoesWhenItIsLongerThanAllowed() {
    assertThat(until(TIME.plus(LONGEST).plusSeconds(1))).isEqualTo(TIME.plus(LONGEST));
    assertThat(until(Instant.parse("9999-01-01T00:00:00Z"))).isEqualTo(TIME.plus(LONGEST));
    assertThat(until(TIME.plusSeconds(5))).isEqualTo(TIME.plusSeconds(5));
  }

  @Test
  void shouldReadAnyTimeThatARecordCanHold() {
    // Given: else one record would end the reader of all verdicts
    for (long micros : new long[] {Long.MAX_VALUE, Long.MIN_VALUE + 1_000_000, -1, 0}) {
      Instant any = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      Verdict verdict = verdict(any);
      verdict.setTime(any);

      // When
      Judgement judgement = SocView.judgement(verdict, LONGEST);

      // Then
      assertThat(judgement.timeMicros()).isEqualTo(micros);
      assertThat(judgement.untilMicros()).isLessThanOrEqualTo(micros);
    }
  }

  @Test
  void shouldChangeNothingElse() {
    // Given
    Judgement given = VerdictRecords.judgement(verdict(Instant.parse("9999-01-01T00:00:00Z")));

    // When
    Judgement believed = given.endingWithin(LONGEST.toMillis() * 1000L);

    // Then
    assertThat(believed).usingRecursiveComparison().ignoringFields("untilMicros").isEqualTo(given);
    Judgement plain = VerdictRecords.judgement(verdict(null));
    assertThat(SocView.judgement(verdict(null), LONGEST)).isEqualTo(plain);
  }

  @Test
  void shouldNameThePagesOfTheServiceWhenNoRunbookIsSet() {
    assertThat(SocView.runbook("", "extraction")).isEqualTo("/runbooks/extraction");
    assertThat(SocView.runbook("", "../x")).isEmpty();
    assertThat(SocView.runbook("https://soc.example/{detector}", "a/b"))
        .isEqualTo("https://soc.example/a_b");
  }

  private static Instant until(Instant said) {
    Judgement judgement = SocView.judgement(verdict(said), LONGEST);
    return Instant.EPOCH.plus(Objects.requireNonNull(judgement.untilMicros()), ChronoUnit.MICROS);
  }

  private static Verdict verdict(@Nullable Instant until) {
    return VerdictRecords.record(
        new Judgement(
            "i-1",
            Judgement.Kind.BENIGN,
            "ana",
            "a test",
            Wiring.micros(TIME),
            until == null ? null : new Judgement.Scope("acme", "svc", null, null),
            until == null ? null : (@Nullable Long) Wiring.micros(until)));
  }
}
