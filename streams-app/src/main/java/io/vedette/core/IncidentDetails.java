package io.vedette.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an incident says beyond its first fields.
 *
 * @param findings findings that count towards it, 0 or more
 * @param suppressed findings that an exception kept out of it, 0 or more
 * @param members accounts that belong to it, also those beyond the 50 that are named
 * @param reopened how often it was opened again after a Close
 * @param stages stages seen, in order of their first finding
 * @param campaign id of the incident that it went into, null when it stands alone
 * @param joined ids of incidents that went into it, at most 50
 * @param verdict analyst's verdict, one of {@link Verdict.Kind}; null while there is none
 * @param checked innocent explanations that the detectors hold their evidence against
 * @param nextSteps what to do next, in order
 * @param runbook address of the runbook or analyst's page of the detector whose finding is the
 *     strongest, which the summary is from as well
 */
public record IncidentDetails(
    long findings,
    long suppressed,
    int members,
    int reopened,
    List<IncidentStage> stages,
    @Nullable String campaign,
    List<String> joined,
    Verdict.@Nullable Kind verdict,
    List<String> checked,
    List<String> nextSteps,
    String runbook) {

  /** Says nothing. */
  public static final IncidentDetails NONE =
      new IncidentDetails(0, 0, 0, 0, List.of(), null, List.of(), null, List.of(), List.of(), "");
}
