package io.vedette.core;

import org.jspecify.annotations.Nullable;

/**
 * A reference to an exemplar exchange; never its payload.
 *
 * @param requestId the client's id
 * @param origin where it was read
 * @param trace its trace, null when unknown
 */
public record Sample(String requestId, Origin origin, @Nullable TraceId trace) {

  /** An exemplar whose trace is unknown. */
  public Sample(String requestId, Origin origin) {
    this(requestId, origin, null);
  }

  /** An exchange as an exemplar. */
  public static Sample of(Exchange exchange) {
    return new Sample(exchange.requestId(), exchange.origin(), exchange.trace());
  }
}
