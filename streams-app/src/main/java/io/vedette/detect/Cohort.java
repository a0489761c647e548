package io.vedette.detect;

import io.vedette.baseline.Baseline;
import java.util.List;

/**
 * Rows of callers that are new to a model, as the model detectors see them.
 *
 * @param baseline the baseline they were held against
 * @param timeMicros event time of the latest
 * @param rows in order
 */
public record Cohort(Baseline baseline, long timeMicros, List<CohortDelta.Member> rows) {}
