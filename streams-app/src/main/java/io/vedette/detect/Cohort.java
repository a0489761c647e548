package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import java.util.List;

/**
 * Rows of callers that are new to a model, as the model detectors see them.
 *
 * @param baseline the baseline they were held against
 * @param timeMicros event time of the latest
 * @param rows in order
 */
public record Cohort(Baseline baseline, long timeMicros, List<CohortDelta.Member> rows) {

  /** One key per caller, for counting. */
  public static String key(CallerId caller) {
    return caller.key();
  }
}
