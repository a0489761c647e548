package io.vedette.core;

import org.jspecify.annotations.Nullable;

/**
 * An analyst's judgement of an incident, and the exception that may follow from it.
 *
 * @param incidentId the incident judged
 * @param kind the judgement
 * @param analyst who judged
 * @param note reason in the analyst's words
 * @param timeMicros when it was judged, microseconds since the epoch
 * @param scope what an exception applies to, null when there is none
 * @param untilMicros end of the exception, microseconds since the epoch; null when there is none
 */
public record Verdict(
    String incidentId,
    Kind kind,
    String analyst,
    String note,
    long timeMicros,
    @Nullable Reach scope,
    @Nullable Long untilMicros) {

  /** The judgement; a word of a later version reads as {@link #UNKNOWN}. */
  public enum Kind {
    UNKNOWN,
    TRUE_POSITIVE,
    FALSE_POSITIVE,
    BENIGN,
    DUPLICATE,
    TEST
  }

  /**
   * What an exception applies to; null matches everything.
   *
   * @param tenant the tenant it is confined to, empty for findings without one
   * @param principal account
   * @param model model name
   * @param detector detector id
   */
  public record Reach(
      String tenant,
      @Nullable String principal,
      @Nullable String model,
      @Nullable String detector) {}
}
