package io.vedette.edge.http;

import org.jspecify.annotations.Nullable;

/**
 * An analyst's verdict on an incident, and the exception that follows from it.
 *
 * @param incidentId the incident that was judged
 * @param kind the judgement
 * @param analyst who judged
 * @param note why, at most 4000 characters
 * @param timeMicros when, microseconds since the epoch
 * @param scope what the exception applies to, null for no exception
 * @param untilMicros when the exception ends, null for no exception
 */
public record Judgement(
    String incidentId,
    Kind kind,
    String analyst,
    String note,
    long timeMicros,
    @Nullable Scope scope,
    @Nullable Long untilMicros) {

  /** What an analyst may say. */
  public enum Kind {
    /** An attack. */
    TRUE_POSITIVE,
    /** No attack: the detector was wrong. */
    FALSE_POSITIVE,
    /** As it was found, and allowed. */
    BENIGN,
    /** The same as another incident. */
    DUPLICATE,
    /** A test or an exercise. */
    TEST
  }

  /**
   * What an exception applies to; null matches everything.
   *
   * @param tenant tenant, empty for models shared by tenants
   * @param principal caller
   * @param model model name
   * @param detector detector id
   */
  public record Scope(
      String tenant,
      @Nullable String principal,
      @Nullable String model,
      @Nullable String detector) {}

  /**
   * The same, its exception ending at most so long after the verdict: what the topic holds may say
   * more than the service believes.
   *
   * @param longestMicros microseconds
   */
  public Judgement endingWithin(long longestMicros) {
    return untilMicros == null || untilMicros <= timeMicros + longestMicros
        ? this
        : new Judgement(
            incidentId, kind, analyst, note, timeMicros, scope, timeMicros + longestMicros);
  }

  /** True for an exception that still holds. */
  boolean excepts(long nowMicros) {
    return scope != null && untilMicros != null && untilMicros > nowMicros;
  }
}
