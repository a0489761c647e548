package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgementsTest {

  private final Judgements judgements = new Judgements(3);

  @Test
  void shouldKeepTheExceptionInForceWhenManyVerdictsFollow() {
    // Given
    judgements.accept(judgement("excepted", 1, 1_000L));

    // When
    for (int i = 0; i < 100; i++) {
      judgements.accept(judgement("i-" + i, 2 + i, null));
    }

    // Then
    assertThat(judgements.exceptions("acme", "svc", 500)).hasSize(1);
    assertThat(judgements.on("excepted")).isNotNull();
  }

  @Test
  void shouldForgetTheOldestWhenThereAreTooMany() {
    // Given: not in the order of time, as partitions are read
    int[] times = {50, 10, 40, 20, 30};

    // When
    for (int time : times) {
      judgements.accept(judgement("i-" + time, time, null));
      judgements.accept(judgement("x-" + time, time, time + 100L));
    }

    // Then
    assertThat(judgements.on("i-10")).isNull();
    assertThat(judgements.on("i-20")).isNull();
    assertThat(judgements.on("i-30")).isNotNull();
    assertThat(judgements.exceptions("acme", "svc", 0))
        .extracting(Judgement::incidentId)
        .containsExactly("x-50", "x-40", "x-30");
  }

  @Test
  void shouldLiftTheExceptionWhenALaterVerdictHasNone() {
    // Given
    judgements.accept(judgement("i", 5, 1_000L));

    // When
    judgements.accept(judgement("i", 6, null));
    judgements.accept(judgement("i", 4, 1_000L)); // older: changes nothing

    // Then
    assertThat(judgements.exceptions("acme", "svc", 500)).isEmpty();
    assertThat(judgements.on("i")).isEqualTo(judgement("i", 6, null));
  }

  private static Judgement judgement(String id, long time, @Nullable Long until) {
    return new Judgement(
        id,
        Judgement.Kind.BENIGN,
        "ana",
        "n",
        time,
        until == null ? null : new Judgement.Scope("acme", "svc", "m", "drift"),
        until);
  }
}
