package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** All of an exchange as text, arrays included: two are equal when their texts are. */
final class ExchangeText {

  private ExchangeText() {}

  static String of(Exchange exchange) {
    StringBuilder text = new StringBuilder();
    for (Object part :
        new Object[] {
          exchange.requestId(),
          exchange.caller(),
          exchange.model(),
          exchange.timeMicros(),
          exchange.text(),
          exchange.finishReason(),
          exchange.status(),
          exchange.latencyMicros(),
          exchange.inputTokens(),
          exchange.outputTokens(),
          exchange.sessionId(),
          exchange.subjectId(),
          exchange.auth(),
          new TreeMap<>(exchange.groups()),
          new TreeMap<>(exchange.parameters()),
          exchange.pairing(),
          exchange.origin(),
          exchange.pairingScope(),
          exchange.trace(),
          input(exchange.input()),
          answers(exchange.answers())
        }) {
      text.append(part).append('\n');
    }
    return text.toString();
  }

  private static String input(Payload input) {
    if (input instanceof Payload.Features features) {
      return Arrays.toString(features.values())
          + features.rows()
          + 'x'
          + features.columns()
          + Arrays.toString(features.shape())
          + features.categorical()
          + features.embedding();
    }
    return input.toString();
  }

  private static String answers(List<Answer> answers) {
    StringBuilder text = new StringBuilder();
    for (Answer answer : answers) {
      text.append(answer.label())
          .append(Arrays.toString(answer.probabilities()))
          .append(answer.value())
          .append(';');
    }
    return text.toString();
  }
}
