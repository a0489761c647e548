package io.vedette.core;

/**
 * What the platform team says of a model, as far as incidents follow from it.
 *
 * @param model served model name
 * @param critical whether incidents on it are one severity higher
 * @param updatedAtMicros when it was last changed, microseconds since the epoch
 */
public record Policy(String model, boolean critical, long updatedAtMicros) {}
