package io.vedette.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A registry on the loopback address that gives the answers it is told. */
final class FakeRegistry implements AutoCloseable {

  static final String PASSWORD = "changeit";

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private final String url = start();

  record Answer(int status, String body) {}

  static Answer ok(String body) {
    return new Answer(200, body);
  }

  String url() {
    return url;
  }

  /** What it answers from now on: method, blank and path with query. */
  void answer(String call, Answer answer) {
    answers.put(call, answer);
  }

  /** What it was asked so far. */
  List<String> calls() {
    return calls;
  }

  /** The credentials it was shown so far. */
  List<String> authorizations() {
    return authorizations;
  }

  /** Settings of a client that asks it. */
  Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("schema.registry.url", url);
    settings.put("retries.wait.ms", "0");
    return settings;
  }

  /** Gives the same answers over TLS, at the address that is returned. */
  String startTls(Path store) throws IOException {
    SSLContext context =
        RegistryTls.context(
                Map.of(
                    "schema.registry.ssl.keystore.location",
                    store.toString(),
                    "schema.registry.ssl.keystore.password",
                    PASSWORD,
                    "schema.registry.ssl.keystore.type",
                    "PKCS12"))
            .orElseThrow();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", this::answer);
    server.start();
    servers.add(server);
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  private String start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.start();
      servers.add(server);
      return "http://127.0.0.1:" + server.getAddress().getPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + ' ' + exchange.getRequestURI();
    calls.add(call);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null) {
      authorizations.add(authorization);
    }
    Answer answer = answers.getOrDefault(call, new Answer(404, "{\"error_code\":404}"));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
  }
}
