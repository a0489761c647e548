package io.vedette.edge.siem;

import java.util.Map;

/**
 * One rendered record for a SIEM.
 *
 * @param text the record's value: one line, no control characters
 * @param headers what routers need without parsing it; {@code vedette-id} is unique per document
 *     and equal in every replay
 */
public record View(String text, Map<String, String> headers) {

  /** Header: id of the document, for idempotent sinks. */
  public static final String ID = "vedette-id";

  /** Header: severity, in lower case. */
  public static final String SEVERITY = "severity";
}
