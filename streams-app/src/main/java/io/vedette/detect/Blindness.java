package io.vedette.detect;

import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import java.util.List;
import java.util.Map;

/** The finding that a detector could not look: what nobody watches is itself news. */
final class Blindness {

  private Blindness() {}

  static Finding of(String detector, Exchange exchange, Track track) {
    String principal = exchange.caller().principal();
    return new Finding(
        "coverage",
        Scope.CALLER,
        exchange.caller().key(),
        exchange.caller().tenant(),
        principal,
        List.of(principal),
        exchange.model(),
        exchange.timeMicros(),
        exchange.timeMicros(),
        0,
        0,
        track.exchanges,
        Maturity.INCUBATING,
        Severity.LOW,
        List.of(),
        List.of(),
        List.of(Sample.of(exchange)),
        "detector " + detector + " failed on an exchange of this caller and saw nothing of it",
        Map.of("failed", detector));
  }
}
