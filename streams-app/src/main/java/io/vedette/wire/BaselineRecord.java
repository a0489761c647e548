package io.vedette.wire;

/**
 * A baseline as its topic carries it.
 *
 * @param model served model name
 * @param version model version, empty when the source names none
 * @param createdAtMicros stream time of the last row in it, microseconds since the epoch
 * @param calibrationId calibration that its thresholds follow from
 * @param finished false while it still grows
 * @param rows rows learnt
 * @param columns numeric features per row
 * @param profile Vedette's compact form of the profile; owned, not copied
 */
public record BaselineRecord(
    String model,
    String version,
    long createdAtMicros,
    String calibrationId,
    boolean finished,
    long rows,
    int columns,
    byte[] profile) {}
