package io.vedette.edge.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves health, metrics, recent incidents and the console on one port, or health and metrics on a
 * port of their own. Answers GET only; threads, waiting requests, headers and times are bounded.
 */
public final class HttpEdge implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
  private static final int THREADS = 4;
  private static final int WAITING = 64; // requests; further ones are refused
  private static final int BACKLOG = 64; // connections
  private static final int LONGEST_TARGET = 2048; // characters of path and query
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final ThreadPoolExecutor threads;
  private final HttpServer main;
  private final @Nullable HttpServer management;
  private final boolean loopback;

  /**
   * Binds and serves at once.
   *
   * @param host address to listen on
   * @param port port, 0 for a free one
   * @param managementPort port of health and metrics; 0 or {@code port} for the same port
   * @param sources what is shown
   * @throws IOException when a port cannot be bound
   */
  public HttpEdge(String host, int port, int managementPort, HttpSources sources)
      throws IOException {
    limits();
    InetAddress address = InetAddress.getByName(host);
    loopback = address.isLoopbackAddress();
    threads = threads();
    Routes managed = new ManagementRoutes(sources);
    Routes api = new ApiRoutes(sources);
    boolean apart = managementPort != 0 && managementPort != port;
    main = server(new InetSocketAddress(address, port), apart ? api : managed.or(api));
    try {
      management = apart ? server(new InetSocketAddress(address, managementPort), managed) : null;
    } catch (IOException e) {
      close(main);
      threads.shutdownNow();
      throw e;
    }
    main.start();
    if (management != null) {
      management.start();
    }
  }

  /** The port of the console and the API. */
  public int port() {
    return main.getAddress().getPort();
  }

  /** The port of health and metrics. */
  public int managementPort() {
    return (management == null ? main : management).getAddress().getPort();
  }

  /** Stops listening and drops open requests. */
  @Override
  public void close() {
    close(main);
    if (management != null) {
      close(management);
    }
    threads.shutdownNow();
  }

  private static void close(HttpServer server) {
    server.stop(0);
  }

  /**
   * The JDK's server takes its limits from system properties alone; what the operator has set
   * stays.
   */
  private static void limits() {
    limit("sun.net.httpserver.maxReqTime", "10"); // seconds to send a request
    limit("sun.net.httpserver.maxRspTime", "30"); // seconds to take the answer
    limit("sun.net.httpserver.idleInterval", "30"); // seconds
    limit("sun.net.httpserver.maxIdleConnections", "32");
    limit("sun.net.httpserver.maxReqHeaders", "64");
    limit("sun.net.httpserver.maxReqHeaderSize", "16384"); // bytes
    limit("jdk.httpserver.maxConnections", "256");
  }

  private static void limit(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static ThreadPoolExecutor threads() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "vedette-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private HttpServer server(InetSocketAddress address, Routes routes) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, routes));
    return server;
  }

  private void serve(HttpExchange exchange, Routes routes) throws IOException {
    try (exchange) {
      Response response = answer(exchange, routes);
      byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
      secure(exchange.getResponseHeaders(), response);
      boolean head = exchange.getRequestMethod().equals("HEAD"); // an answer to it has no body
      exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? -1 : body.length);
      if (!head && body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Response answer(HttpExchange exchange, Routes routes) {
    Headers headers = exchange.getRequestHeaders();
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      return Response.error(405, "only GET is served");
    }
    String length = headers.getFirst("Content-Length");
    if (headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"))) {
      return Response.error(413, "requests must not have a body");
    }
    if (loopback && !LOOPBACK.contains(hostOf(headers.getFirst("Host")))) {
      return Response.error(421, "host must be localhost"); // a page elsewhere re-bound its name
    }
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    if (path == null || path.length() + (query == null ? 0 : query.length()) > LONGEST_TARGET) {
      return Response.error(414, "path and query must have at most 2048 characters");
    }
    try {
      Response response = routes.get(path, query == null ? "" : query);
      return response == null ? Response.error(404, "no such page") : response;
    } catch (RuntimeException e) {
      LOG.error("HTTP request failed", e);
      return Response.error(500, "internal error");
    }
  }

  private static String hostOf(@Nullable String header) {
    String host = header == null ? "" : header.toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static void secure(Headers headers, Response response) {
    headers.set("Content-Type", response.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'");
  }
}
