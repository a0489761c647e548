package io.vedette.edge.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP around {@link RegistryRoutes}: path and body in, JSON out, every error as JSON too. */
final class RegistryHandler implements HttpHandler {

  static final int MAX_BODY_BYTES = 1 << 20;
  private static final int MAX_REFUSED_BYTES = 16 << 20; // read only to be able to answer

  private static final Logger LOG = LoggerFactory.getLogger(RegistryHandler.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private final RegistryRoutes routes;

  RegistryHandler(RegistryRoutes routes) {
    this.routes = routes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        answer =
            routes.answer(
                exchange.getRequestMethod(),
                segments(exchange.getRequestURI().getRawPath()),
                exchange.getRequestURI().getRawQuery(),
                body(exchange));
      } catch (RegistryException e) {
        status = e.status();
        answer = error(e.code(), String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("registry request failed: method={}", exchange.getRequestMethod(), e);
        status = 500;
        answer = error(50001, "Internal Server Error");
      }
      send(exchange, status, answer);
    }
  }

  private static JsonNode error(int code, String message) {
    return JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message);
  }

  private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      discard(in);
      throw RegistryException.tooLarge(MAX_BODY_BYTES);
    }
    return body;
  }

  // Most clients read no answer before they have sent everything.
  private static void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    int left = MAX_REFUSED_BYTES;
    int read;
    while (left > 0 && (read = in.read(buffer)) > 0) {
      left -= read;
    }
  }

  /** The decoded segments of a path; slashes inside a subject are written %2F. */
  static List<String> segments(String rawPath) {
    var segments = new ArrayList<String>();
    for (String raw : rawPath.substring(1).split("/", -1)) {
      try {
        // In a path a plus is a plus; the decoder is made for forms, where it is a blank.
        segments.add(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw RegistryException.badRequest("Request path is not percent-encoded");
      }
    }
    return segments;
  }
}
