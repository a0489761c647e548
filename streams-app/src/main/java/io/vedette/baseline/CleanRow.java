package io.vedette.baseline;

import java.util.List;

/**
 * One row of clean traffic, as it is kept to learn from.
 *
 * @param order pseudo-random rank: the rows with the lowest ranks form the sample, whatever the
 *     order in which they came
 * @param timeMicros event time
 * @param caller hash of the caller's key
 * @param values numeric columns, NaN where missing; owned, not copied
 * @param categories values of the categorical columns, in the order of their names
 * @param label hash of the answer's label, {@code Long.MIN_VALUE} when there is none
 * @param confidence top class's probability, NaN when not disclosed
 */
public record CleanRow(
    long order,
    long timeMicros,
    long caller,
    float[] values,
    List<String> categories,
    long label,
    float confidence) {}
