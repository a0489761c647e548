package io.vedette.edge.http;

import java.util.Map;

/**
 * An answer of the HTTP edge.
 *
 * @param status HTTP status
 * @param type content type
 * @param body text, sent as UTF-8
 * @param headers further headers, never with text of the request
 */
public record Response(int status, String type, String body, Map<String, String> headers) {

  static final String JSON = "application/json; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";
  static final String CSS = "text/css; charset=utf-8";
  static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  Response(int status, String type, String body) {
    this(status, type, body, Map.of());
  }

  static Response json(String body) {
    return new Response(200, JSON, body);
  }

  /** An error; the text is constant, it never echoes the request. */
  static Response error(int status, String text) {
    return new Response(status, JSON, "{\"error\":\"" + text + "\"}");
  }

  Response with(String header, String value) {
    return new Response(status, type, body, Map.of(header, value));
  }
}
