package io.vedette.correlate;

import java.util.List;

/**
 * What an incident of a detector tells its reader, beside the evidence.
 *
 * @param title what it is called, for example {@code Model extraction}
 * @param checked innocent explanations that the detector holds its evidence against
 * @param nextSteps what to do next, in order
 * @param runbook address of the runbook or analyst's page, empty for none
 */
public record Advice(String title, List<String> checked, List<String> nextSteps, String runbook) {

  /** For detectors that nobody advises on. */
  public static final Advice NONE = new Advice("Suspicious traffic", List.of(), List.of(), "");
}
