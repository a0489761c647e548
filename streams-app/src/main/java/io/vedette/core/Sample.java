package io.vedette.core;

/**
 * A reference to an exemplar exchange; never its payload.
 *
 * @param requestId the client's id
 * @param origin where it was read
 */
public record Sample(String requestId, Origin origin) {}
