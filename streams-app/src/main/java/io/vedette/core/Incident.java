package io.vedette.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One activity (create, update or close) of an incident; the fields are those of CONTRACT.
 *
 * @param incidentId deterministic id
 * @param activity what happened to the incident
 * @param sequence 0 for Create, then counting up
 * @param timeMicros stream time of this activity
 * @param openedAtMicros stream time of its Create
 * @param firstSeenMicros first exchange that counts towards it
 * @param lastSeenMicros last finding that counts towards it
 * @param tenant tenant, empty for models shared by tenants
 * @param principals members, at most 50
 * @param model model name
 * @param detectors detectors that contributed, first the one that title and summary are from
 * @param techniques ATLAS techniques of them
 * @param severity impact if true
 * @param confidence 0..1, how sure the evidence is
 * @param riskScore 0..100, triage order: severity, confidence and stages in one number
 * @param logEvidence log10 of the fused e-value
 * @param exchanges exchanges of the subject seen when it opened
 * @param title one line
 * @param summary one sentence: what, who, why
 * @param evidence at most 3 measurements with limits, most telling first
 * @param samples at most 5 exemplars
 * @param closeReason why it was closed, null unless CLOSE
 * @param details counts, stages, members, what was checked and what to do
 */
public record Incident(
    String incidentId,
    Activity activity,
    int sequence,
    long timeMicros,
    long openedAtMicros,
    long firstSeenMicros,
    long lastSeenMicros,
    String tenant,
    List<String> principals,
    String model,
    List<String> detectors,
    List<Technique> techniques,
    Severity severity,
    double confidence,
    double riskScore,
    double logEvidence,
    long exchanges,
    String title,
    String summary,
    List<Measurement> evidence,
    List<Sample> samples,
    @Nullable String closeReason,
    IncidentDetails details) {

  /** An activity without details. */
  public Incident(
      String incidentId,
      Activity activity,
      int sequence,
      long timeMicros,
      long openedAtMicros,
      long firstSeenMicros,
      long lastSeenMicros,
      String tenant,
      List<String> principals,
      String model,
      List<String> detectors,
      List<Technique> techniques,
      Severity severity,
      double confidence,
      double riskScore,
      double logEvidence,
      long exchanges,
      String title,
      String summary,
      List<Measurement> evidence,
      List<Sample> samples,
      @Nullable String closeReason) {
    this(
        incidentId,
        activity,
        sequence,
        timeMicros,
        openedAtMicros,
        firstSeenMicros,
        lastSeenMicros,
        tenant,
        principals,
        model,
        detectors,
        techniques,
        severity,
        confidence,
        riskScore,
        logEvidence,
        exchanges,
        title,
        summary,
        evidence,
        samples,
        closeReason,
        IncidentDetails.NONE);
  }

  /** The same activity at another stream time. */
  public Incident at(long micros) {
    return new Incident(
        incidentId,
        activity,
        sequence,
        micros,
        openedAtMicros,
        firstSeenMicros,
        lastSeenMicros,
        tenant,
        principals,
        model,
        detectors,
        techniques,
        severity,
        confidence,
        riskScore,
        logEvidence,
        exchanges,
        title,
        summary,
        evidence,
        samples,
        closeReason,
        details);
  }

  /** What happened to the incident, as in OCSF. */
  public enum Activity {
    CREATE,
    UPDATE,
    CLOSE
  }
}
