package io.vedette.edge.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.vedette.edge.http.login.BusyException;
import io.vedette.edge.http.login.Logins;
import io.vedette.edge.http.login.Role;
import io.vedette.edge.http.login.User;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a request is let in: its form, its size, its rate, who asks and what the user
 * may. Every refusal has a constant text. Thread-safe.
 */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final int LONGEST_TARGET = 2048; // characters of path and query
  private static final int LARGEST_BODY = 16 * 1024; // bytes
  private static final int WRONG_PASSWORDS = 10; // per client and minute
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Logins logins;
  private final boolean loopback;
  private final String scheme;
  private final ClientRates requests;
  private final ClientRates wrongPasswords;

  Gate(Logins logins, boolean loopback, boolean tls, int requestsPerSecond, LongSupplier nanos) {
    this.logins = logins;
    this.loopback = loopback;
    this.scheme = tls ? "https" : "http";
    this.requests = new ClientRates(2.0 * requestsPerSecond, Duration.ofSeconds(2), nanos);
    this.wrongPasswords = new ClientRates(WRONG_PASSWORDS, Duration.ofMinutes(1), nanos);
  }

  /** The answer, by the routes if the request is let in. */
  Response answer(HttpExchange exchange, Routes routes) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    if (path == null || path.length() + (query == null ? 0 : query.length()) > LONGEST_TARGET) {
      return Response.error(414, "path and query must have at most 2048 characters");
    }
    Response refusal = malformed(exchange, path, routes);
    if (refusal != null) {
      return refusal;
    }
    boolean post = exchange.getRequestMethod().equals("POST");
    // Before anybody is refused: over TLS, the JDK's server reads what it still has to skip of a
    // body together with the client's next request, and forgets that one until the client gives up.
    String body = post ? body(exchange) : "";
    if (body == null) {
      return Response.error(413, "the body must have at most 16384 bytes");
    }
    Object login = login(exchange, path, routes);
    if (login instanceof Response refused) {
      return refused;
    }
    User user = (User) login;
    if (post && !user.role().includes(Role.ANALYST)) {
      return Response.error(403, "this needs the role analyst");
    }
    Call call = new Call(path, query == null ? "" : query, body, user);
    try {
      Response response = post ? routes.post(call) : routes.get(call);
      return response == null ? Response.error(404, "no such page") : response;
    } catch (RuntimeException e) {
      LOG.error("HTTP request failed", e);
      return Response.error(500, "internal error");
    }
  }

  private @Nullable Response malformed(HttpExchange exchange, String path, Routes routes) {
    Headers headers = exchange.getRequestHeaders();
    boolean posts = routes.posts(path);
    boolean post = exchange.getRequestMethod().equals("POST");
    if (!exchange.getRequestMethod().equals("GET") && !(post && posts)) {
      String allowed = posts ? "GET, POST" : "GET";
      return Response.error(405, "only " + allowed + " is served here").with("Allow", allowed);
    }
    if (loopback && !LOOPBACK.contains(hostOf(headers.getFirst("Host")))) {
      return Response.error(421, "host must be localhost"); // a page elsewhere re-bound its name
    }
    return post ? malformedPost(headers) : malformedGet(headers);
  }

  private static @Nullable Response malformedGet(Headers headers) {
    String length = headers.getFirst("Content-Length");
    boolean body =
        headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
    return body ? Response.error(413, "requests must not have a body") : null;
  }

  private @Nullable Response malformedPost(Headers headers) {
    String type = headers.getFirst("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return Response.error(415, "the body must be application/json"); // forms cannot send it
    }
    String length = headers.getFirst("Content-Length");
    if (headers.containsKey("Transfer-Encoding") || length == null) {
      return Response.error(411, "the body must have a Content-Length");
    }
    if (!length.matches("[0-9]{1,5}") || Integer.parseInt(length) > LARGEST_BODY) {
      return Response.error(413, "the body must have at most 16384 bytes");
    }
    return foreign(headers) ? Response.error(403, "requests of other pages are not taken") : null;
  }

  /** True when a browser says that another site's page sent this. */
  private boolean foreign(Headers headers) {
    String origin = headers.getFirst("Origin");
    String site = headers.getFirst("Sec-Fetch-Site");
    String own = scheme + "://" + headers.getFirst("Host");
    return (origin != null && !origin.equalsIgnoreCase(own))
        || (site != null && !List.of("same-origin", "none").contains(site));
  }

  /** A {@link User}, or the {@link Response} that refuses. */
  private Object login(HttpExchange exchange, String path, Routes routes) {
    if (routes.probes(path)) {
      return User.ANYBODY;
    }
    InetAddress client = exchange.getRemoteAddress().getAddress();
    if (!requests.take(client)) {
      return Response.error(429, "too many requests").with("Retry-After", "1");
    }
    if (routes.open(path)) {
      return User.ANYBODY;
    }
    if (logins.open()) {
      return loopback ? User.LOCAL : User.ANYBODY;
    }
    List<String> given = exchange.getRequestHeaders().get("Authorization");
    if (given == null || given.size() != 1) {
      return unknown();
    }
    User known = logins.known(given.get(0));
    if (known != null) {
      return known;
    }
    // Nobody guesses a token, so guesses of a neighbour behind the same address hold up none.
    boolean guessable = Logins.password(given.get(0));
    if (guessable && !wrongPasswords.has(client)) {
      return Response.error(429, "too many wrong logins").with("Retry-After", "60");
    }
    try {
      User user = logins.user(given.get(0));
      if (user != null) {
        return user;
      }
    } catch (BusyException e) {
      return Response.error(503, "too many logins at once").with("Retry-After", "5");
    }
    if (guessable) {
      wrongPasswords.take(client);
    }
    LOG.warn("login from {} was refused", client.getHostAddress());
    return unknown();
  }

  private Response unknown() {
    return Response.error(401, "a login is needed").with("WWW-Authenticate", logins.challenge());
  }

  /** The body as text, null when it is longer than it may be. */
  private static @Nullable String body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
      return bytes.length > LARGEST_BODY ? null : new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static String hostOf(@Nullable String header) {
    String host = header == null ? "" : header.toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
