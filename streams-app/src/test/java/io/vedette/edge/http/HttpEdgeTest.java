package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.FreePorts;
import io.vedette.core.Incident;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEdgeTest {

  private final TestSources given = new TestSources();
  private final RecentIncidents incidents = given.incidents;
  private final AtomicReference<Health> health = given.health;
  private final HttpSources sources = given.sources();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private HttpEdge edge;

  @BeforeEach
  void serve() throws IOException {
    edge = new HttpEdge(HttpConfig.loopback(0), sources);
  }

  @AfterEach
  void close() {
    edge.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/health/live, 200, {\"status\":\"UP\"}",
    "/health/ready, 503, {\"status\":\"DOWN\"}",
    "/health/started, 200, {\"status\":\"UP\"}",
    "/metrics, 200, vedette_exchanges_total 3",
    "/api/detectors, 200, [{\"id\":\"drift\"}]",
    "/api/incidents, 200, []",
    "/nothing, 404, {\"error\":\"no such page\"}",
    "/api/incidents/none, 404, {\"error\":\"no such incident among the recent ones\"}",
    "/api/incidents/%ff, 404, {\"error\":\"no such incident among the recent ones\"}"
  })
  void shouldAnswerByPathWhenAsked(String path, int status, String body) throws Exception {
    // Given
    health.set(new Health(true, false, true, "restoring"));

    // When
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .endsWith(body.strip() + lineEnd(path));
  }

  @Test
  void shouldGiveLatestActivityFirstWhenIncidentsMove() throws Exception {
    // Given
    incidents.accept(TestSources.incident("i-1", 0, "t"));
    incidents.accept(TestSources.incident("i-2", 0, "t"));
    incidents.accept(TestSources.incident("i-1", 1, "t"));
    incidents.accept(TestSources.incident("i-1", 0, "t"));

    // When
    String all = get("/api/incidents").body();

    // Then
    assertThat(all)
        .isEqualTo(
            "[{\"incidentId\":\"i-1\",\"sequence\":1,\"cursor\":3},"
                + "{\"incidentId\":\"i-2\",\"sequence\":0,\"cursor\":2}]");
    assertThat(get("/api/incidents?limit=1").body()).contains("i-1").doesNotContain("i-2");
    assertThat(get("/api/incidents/i-2").body()).contains("i-2");
    assertThat(get("/api/callers/acme/p%2F%C3%A4").body()).contains("i-1", "i-2");
    assertThat(get("/api/callers/acme/other").body()).contains("\"incidents\":[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "limit=-1", "x=1", "limit=1&limit=2"})
  void shouldRefuseWhenTheLimitIsWrong(String query) throws Exception {
    // When
    int status = get("/api/incidents?" + query).statusCode();

    // Then
    assertThat(status).isEqualTo(400);
  }

  @Test
  void shouldEscapeEverythingWhenTheConsoleShowsHostileNames() throws Exception {
    // Given
    incidents.accept(
        TestSources.incident("i\"><script>", 0, "<script>alert('x')</script>\u202e&\u0000"));

    // When
    HttpResponse<String> page = get("/");

    // Then
    assertThat(page.body())
        .doesNotContain("<script", "\u202e", "\u0000")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\ufffd&amp;\ufffd")
        .contains("href=\"/api/incidents/i%22%3E%3Cscript%3E\"");
    assertThat(page.headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("x-frame-options", List.of("DENY"));
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .startsWith("default-src 'none'");
    assertThat(get("/style.css").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"})
  void shouldRefuseWhenTheMethodIsNotGet(String method) throws Exception {
    // When
    String answer = raw(method + " / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answer).startsWith("HTTP/1.1 405").contains("Allow: GET");
  }

  @Test
  void shouldRefuseWhenARequestHasABody() throws Exception {
    // When
    String answer =
        raw(
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab");

    // Then
    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void shouldRefuseWhenAnotherNameWasBoundToLoopback() throws Exception {
    // When
    String answer = raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answer).startsWith("HTTP/1.1 421");
  }

  @Test
  void shouldRefuseWhenThePathIsEndless() throws Exception {
    // When
    int status = get("/" + "a".repeat(4000)).statusCode();

    // Then
    assertThat(status).isEqualTo(414);
  }

  @Test
  void shouldHideTheCauseWhenASourceFails() throws Exception {
    // Given
    given.metrics =
        () -> {
          throw new IllegalStateException("secret");
        };
    edge.close();
    edge = new HttpEdge(HttpConfig.loopback(0), given.sources());

    // When
    HttpResponse<String> answer = get("/metrics");

    // Then
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"error\":\"internal error\"}");
  }

  @Test
  void shouldKeepManagementApartWhenItHasItsOwnPort() throws Exception {
    // Given
    int free = FreePorts.one();
    edge.close();
    edge = new HttpEdge(TestSources.apart(free), sources);

    // When
    int onMain = get("/metrics").statusCode();

    // Then
    assertThat(onMain).isEqualTo(404);
    assertThat(edge.managementPort()).isEqualTo(free);
    assertThat(get(free, "/metrics").statusCode()).isEqualTo(200);
    assertThat(get(free, "/api/incidents").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldForgetTheQuietestWhenTheRingIsFull() {
    // Given
    RecentIncidents ring = new RecentIncidents(2);
    ring.accept(TestSources.incident("i-1", 0, "t"));
    ring.accept(TestSources.incident("i-2", 0, "t"));
    ring.accept(TestSources.incident("i-1", 1, "t"));

    // When
    ring.accept(TestSources.incident("i-3", 0, "t"));

    // Then
    assertThat(ring.latest(10, i -> true))
        .extracting(Incident::incidentId)
        .containsExactly("i-3", "i-1");
    assertThat(ring.find("i-2")).isNull();
  }

  private static String lineEnd(String path) {
    return path.equals("/metrics") ? "\n" : "";
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(edge.port(), path);
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Sends what no well-behaved client would. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", edge.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
