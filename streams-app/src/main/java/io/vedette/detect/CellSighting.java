package io.vedette.detect;

import io.vedette.core.CallerId;
import io.vedette.core.ModelRef;
import io.vedette.core.Sample;
import org.jspecify.annotations.Nullable;

/**
 * One row seen in one fingerprint cell: all that leaves the caller's partition.
 *
 * @param cell salted hash of model, table and cell; the key of the cell stage
 * @param caller who sent it
 * @param model what was called
 * @param timeMicros event time
 * @param content salted hash of the row, equal for exact repeats
 * @param label salted hash of the answer's label, 0 when there is none
 * @param confidence of the answer, 0..1, NaN when not disclosed
 * @param sketch projections of the row relative to the cell, {@code short[12]}, 1/4096 of a
 *     standard deviation; owned, not copied
 * @param sample reference to the exchange, null when it was not kept
 */
public record CellSighting(
    long cell,
    CallerId caller,
    ModelRef model,
    long timeMicros,
    long content,
    int label,
    float confidence,
    short[] sketch,
    @Nullable Sample sample) {}
