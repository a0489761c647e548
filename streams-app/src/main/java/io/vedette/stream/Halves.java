package io.vedette.stream;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Exchange.Pairing;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts request and response together, and copies exchanges with other marks. */
final class Halves {

  private static final String NOBODY = "anon:"; // how the serde names a caller that is not there
  private static final int MAX_KEY = 2048;

  private Halves() {}

  /** One exchange of two halves; what only the request can know is the request's. */
  static Exchange merge(Exchange request, Exchange response) {
    long between = response.timeMicros() - request.timeMicros();
    long latency = response.latencyMicros() >= 0 ? response.latencyMicros() : between;
    return new Exchange(
        request.requestId(),
        request.caller(),
        model(request.model(), response.model()),
        request.timeMicros(),
        request.input() instanceof Payload.None ? response.input() : request.input(),
        response.answers(),
        response.text(),
        response.finishReason(),
        response.status(),
        Math.max(-1, latency),
        known(response.inputTokens(), request.inputTokens()),
        known(response.outputTokens(), request.outputTokens()),
        first(request.sessionId(), response.sessionId()),
        first(request.subjectId(), response.subjectId()),
        first(request.auth(), response.auth()),
        filled(request.groups(), response.groups()),
        filled(request.parameters(), response.parameters()),
        Pairing.PAIRED,
        request.origin(),
        request.pairingScope(),
        first(request.trace(), response.trace()));
  }

  /** The same exchange, read at another place or paired otherwise. */
  static Exchange stamped(Exchange e, Origin origin, Pairing pairing) {
    return new Exchange(
        e.requestId(),
        e.caller(),
        e.model(),
        e.timeMicros(),
        e.input(),
        e.answers(),
        e.text(),
        e.finishReason(),
        e.status(),
        e.latencyMicros(),
        e.inputTokens(),
        e.outputTokens(),
        e.sessionId(),
        e.subjectId(),
        e.auth(),
        e.groups(),
        e.parameters(),
        pairing,
        origin,
        e.pairingScope(),
        e.trace());
  }

  /** A response that does not repeat its caller has the one that its record's key names. */
  static Exchange named(Exchange e, byte @Nullable [] key) {
    if (e.pairing() != Pairing.RESPONSE_ONLY
        || key == null
        || !e.caller().principal().startsWith(NOBODY)) {
      return e;
    }
    String text = new String(key, StandardCharsets.UTF_8);
    int bar = text.indexOf('|');
    if (bar < 0 || bar == text.length() - 1 || text.length() > MAX_KEY) {
      return e;
    }
    return e.by(new CallerId(text.substring(0, bar), text.substring(bar + 1)));
  }

  /** Upper estimate of an exchange's heap, bytes. */
  static int bytes(Exchange e) {
    long bytes =
        512
            + 2L * (e.requestId().length() + e.pairingScope().length())
            + 64L * (e.groups().size() + 1);
    for (Map.Entry<String, String> parameter : e.parameters().entrySet()) {
      bytes += 64 + 2L * (parameter.getKey().length() + parameter.getValue().length());
    }
    bytes += 2L * (e.text() == null ? 0 : e.text().length());
    for (var answer : e.answers()) {
      bytes += 64 + 4L * answer.probabilities().length;
    }
    if (e.input() instanceof Payload.Features f) {
      bytes += 4L * f.values().length;
      for (Payload.Categorical c : f.categorical()) {
        bytes += 64 + 64L * c.values().size();
      }
    } else if (e.input() instanceof Payload.Text t) {
      for (Payload.Message m : t.messages()) {
        bytes += 96 + 2L * m.content().length();
      }
    }
    return (int) Math.min(bytes, 1 << 28);
  }

  private static ModelRef model(ModelRef asked, ModelRef answered) {
    String version = asked.version().isEmpty() ? answered.version() : asked.version();
    return new ModelRef(asked.name(), version, first(asked.digest(), answered.digest()));
  }

  private static int known(int preferred, int other) {
    return preferred > 0 ? preferred : other;
  }

  private static <T> @Nullable T first(@Nullable T preferred, @Nullable T other) {
    return preferred != null ? preferred : other;
  }

  private static Map<String, String> filled(Map<String, String> one, Map<String, String> other) {
    return one.isEmpty() ? other : one;
  }
}
