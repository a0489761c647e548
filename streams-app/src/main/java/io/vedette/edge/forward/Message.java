package io.vedette.edge.forward;

/**
 * One rendered record to forward.
 *
 * @param id unique per document and equal when it is sent again; receivers drop repeats by it
 * @param text one line without control characters
 * @param severity informational, low, medium, high or critical
 * @param tenant tenant, may be empty
 * @param detector detector id, may be empty
 * @param timeMillis event time
 */
public record Message(
    String id, String text, String severity, String tenant, String detector, long timeMillis) {}
