package io.vedette.edge.http;

/**
 * How the service is.
 *
 * @param started true once it has ever been ready
 * @param ready true while it processes traffic
 * @param live false when only a restart can help
 * @param detail one line for the console; no payload, no secret
 */
public record Health(boolean started, boolean ready, boolean live, String detail) {}
