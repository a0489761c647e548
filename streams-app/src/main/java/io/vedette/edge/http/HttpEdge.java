package io.vedette.edge.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import io.vedette.edge.http.login.Logins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves health, metrics, incidents, callers and the console on one port, or health and metrics on
 * a port of their own, with threads of their own: whoever drowns the one leaves the other. Threads,
 * waiting requests, headers, bodies, rates and times are bounded.
 */
public final class HttpEdge implements AutoCloseable {

  private static final int THREADS = 16; // a client that is slow to send its headers holds one
  private static final int MANAGEMENT_THREADS = 4;
  private static final int WAITING = 64; // requests; further ones are refused
  private static final int BACKLOG = 64; // connections

  private final Port main;
  private final @Nullable Port management;

  private record Port(HttpServer server, ThreadPoolExecutor threads) {
    int number() {
      return server.getAddress().getPort();
    }

    void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  /**
   * Binds and serves at once.
   *
   * @param config where, and to whom
   * @param sources what is shown
   * @throws IOException when a port cannot be bound or a file cannot be used
   */
  public HttpEdge(HttpConfig config, HttpSources sources) throws IOException {
    this(config, sources, System::nanoTime);
  }

  /** With a clock for rates and for looks at files. */
  HttpEdge(HttpConfig config, HttpSources sources, LongSupplier nanos) throws IOException {
    limits();
    Logins logins = new Logins(config.access());
    ReloadingTls tls = config.tls() == null ? null : new ReloadingTls(config.tls(), nanos);
    Routes managed = new ManagementRoutes(sources, config.metricsLogin());
    Routes api = new RunbookRoutes().or(new ApiRoutes(sources, Clock.systemUTC()));
    boolean apart = config.managementPort() != 0 && config.managementPort() != config.port();
    main =
        port(
            config,
            tls,
            logins,
            config.host(),
            config.port(),
            threads("vedette-http-", THREADS),
            apart ? api : managed.or(api),
            nanos);
    try {
      management =
          apart
              ? port(
                  config,
                  tls,
                  logins,
                  config.managementHost(),
                  config.managementPort(),
                  threads("vedette-management-", MANAGEMENT_THREADS),
                  managed,
                  nanos)
              : null;
    } catch (IOException e) {
      main.close();
      throw e;
    }
    main.server().start();
    if (management != null) {
      management.server().start();
    }
  }

  /** The port of the console and the API. */
  public int port() {
    return main.number();
  }

  /** The port of health and metrics. */
  public int managementPort() {
    return (management == null ? main : management).number();
  }

  /** Stops listening and drops open requests. */
  @Override
  public void close() {
    main.close();
    if (management != null) {
      management.close();
    }
  }

  /**
   * Bounds what clients may send and how long they may take. The JDK's server takes its limits from
   * system properties alone, when the first of a process starts, so this comes before any; what the
   * operator has set stays.
   */
  public static void limits() {
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

  private static Port port(
      HttpConfig config,
      @Nullable ReloadingTls tls,
      Logins logins,
      String host,
      int number,
      ThreadPoolExecutor threads,
      Routes routes,
      LongSupplier nanos)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), number);
    boolean loopback = address.getAddress().isLoopbackAddress();
    HttpServer server;
    if (tls == null) {
      server = HttpServer.create(address, BACKLOG);
    } else {
      HttpsServer secure = HttpsServer.create(address, BACKLOG);
      secure.setHttpsConfigurator(tls.configurator());
      server = secure;
    }
    server.setExecutor(threads);
    Gate gate = new Gate(logins, loopback, tls != null, config.requestsPerSecond(), nanos);
    boolean strict = tls != null && !loopback;
    server.createContext("/", exchange -> serve(exchange, gate, routes, strict));
    return new Port(server, threads);
  }

  private static ThreadPoolExecutor threads(String name, int most) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, name + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static void serve(HttpExchange exchange, Gate gate, Routes routes, boolean strict)
      throws IOException {
    try (exchange) {
      Response response = gate.answer(exchange, routes);
      byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
      secure(exchange.getResponseHeaders(), response, strict);
      boolean head = exchange.getRequestMethod().equals("HEAD"); // an answer to it has no body
      exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? -1 : body.length);
      if (!head && body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static void secure(Headers headers, Response response, boolean strict) {
    response.headers().forEach(headers::set);
    headers.set("Content-Type", response.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'");
    if (strict) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
