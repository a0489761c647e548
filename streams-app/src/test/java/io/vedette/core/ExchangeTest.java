package io.vedette.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "0, 1, 1", "0, 7, 7", "3, 0, 3", "3, 7, 3"})
  void shouldCountTheAnswersWhenTheInputWasNotRecorded(int rows, int answers, int expected) {
    // Given
    Payload input =
        rows == 0
            ? Payload.NONE
            : new Payload.Features(new float[rows], rows, 1, new int[] {1}, List.of(), false);

    // When
    Exchange exchange = exchange(input, Collections.nCopies(answers, Answer.UNKNOWN));

    // Then
    assertThat(exchange.rows()).isEqualTo(expected);
    assertThat(exchange.pairingScope()).isEmpty();
  }

  private static Exchange exchange(Payload input, List<Answer> answers) {
    return new Exchange(
        "r-1",
        new CallerId("acme", "ann"),
        new ModelRef("credit", "1", null),
        0,
        input,
        answers,
        null,
        null,
        200,
        -1,
        0,
        0,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        Exchange.Pairing.SINGLE_EVENT,
        new Origin("t", 0, 0));
  }
}
