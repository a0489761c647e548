package io.vedette.core;

import org.jspecify.annotations.Nullable;

/**
 * Advice to a gateway about one caller; the gateway decides.
 *
 * @param tenant tenant of the caller
 * @param principal the caller
 * @param model model name, null for every model
 * @param kind the advice
 * @param incidentId incident that gave the reason
 * @param confidence 0..1, confidence of that incident
 * @param issuedAtMicros when it was issued, microseconds since the epoch
 * @param untilMicros when it lapses by itself, microseconds since the epoch
 */
public record Action(
    String tenant,
    String principal,
    @Nullable String model,
    Kind kind,
    String incidentId,
    double confidence,
    long issuedAtMicros,
    long untilMicros) {

  /** What a gateway is advised to do, the mildest first. */
  public enum Kind {
    OBSERVE,
    LABEL_ONLY,
    THROTTLE,
    CHALLENGE,
    DENY
  }
}
