package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.edge.http.login.Access;
import io.vedette.edge.http.login.Access.Method;
import io.vedette.edge.http.login.Credential;
import io.vedette.edge.http.login.Role;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins over TLS, as browsers and scripts send them. */
class HttpLoginTest {

  private static final int FEW = 10_000; // iterations: tests need no slow hash
  private static final String TOKEN = Credential.newToken();
  private static final Access ACCESS =
      new Access(
          Set.of(Method.BASIC, Method.BEARER),
          List.of(
              Credential.ofPassword("vic", Role.VIEWER, "p\u00e4ss:word", FEW),
              Credential.ofPassword("ana", Role.ANALYST, "secret", FEW),
              Credential.ofToken("bot", Role.VIEWER, TOKEN)),
          null,
          null);

  @TempDir private static Path directory;

  private static TestPem pem;
  private static SSLContext tls;

  private final TestSources given = new TestSources();
  private HttpEdge edge;
  private TestClient client;

  @BeforeAll
  static void keys() throws Exception {
    pem = new TestPem(directory, "EC");
    tls = pem.trusting();
  }

  @BeforeEach
  void serve() throws Exception {
    // A clock that stands still: guesses are counted by the minute, and a busy machine needs long.
    edge = new HttpEdge(config(pem.files, ACCESS, true), given.sources(), () -> 0);
    client = new TestClient(edge.port(), tls);
    given.incidents.accept(TestSources.incident("i-1", 0, "t"));
  }

  @AfterEach
  void close() {
    edge.close();
  }

  private static HttpConfig config(HttpConfig.Tls files, Access access, boolean metrics) {
    return new HttpConfig("127.0.0.1", 0, "127.0.0.1", 0, files, access, metrics, 1000);
  }

  @Test
  void shouldLetInWhenPasswordOrTokenIsRight() throws Exception {
    // When
    HttpResponse<String> password =
        client.get("/api/incidents", "Authorization", TestClient.basic("vic", "p\u00e4ss:word"));
    HttpResponse<String> again =
        client.get("/", "Authorization", TestClient.basic("vic", "p\u00e4ss:word"));
    HttpResponse<String> token = client.get("/metrics", "Authorization", "Bearer " + TOKEN);

    // Then
    assertThat(password.statusCode()).isEqualTo(200);
    assertThat(password.body()).contains("i-1");
    assertThat(again.body()).contains("Reading as <bdi>vic</bdi>, viewer");
    assertThat(token.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic %%%",
        "Basic dmlj", // no colon
        "Basic dmljOndyb25n", // wrong password
        "Basic bm9ib2R5Og==", // an account that is none
        "Bearer",
        "Bearer vdt_wrong",
        "Bearer a.b.c",
        "Digest username=vic"
      })
  void shouldRefuseWhenCredentialsAreWrong(String authorization) throws Exception {
    // When
    HttpResponse<String> answer =
        authorization.isEmpty()
            ? client.get("/api/incidents")
            : client.get("/api/incidents", "Authorization", authorization);

    // Then
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"error\":\"a login is needed\"}");
    assertThat(answer.headers().firstValue("www-authenticate"))
        .contains("Basic realm=\"vedette\", charset=\"UTF-8\"");
  }

  @Test
  void shouldAskNobodyWhenHealthIsProbed() throws Exception {
    // When
    HttpResponse<String> health = client.get("/health/ready");

    // Then
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(client.get("/metrics").statusCode()).isEqualTo(401);
    assertThat(client.get("/style.css").statusCode()).isEqualTo(401);
    assertThat(client.get("/nothing").statusCode()).isEqualTo(401);
  }

  @Test
  void shouldOpenMetricsAloneWhenTheyNeedNoLogin() throws Exception {
    // Given
    edge.close();
    edge = new HttpEdge(config(null, ACCESS, false), given.sources());
    TestClient plain = new TestClient(edge.port(), null);

    // When
    int metrics = plain.get("/metrics").statusCode();

    // Then
    assertThat(metrics).isEqualTo(200);
    assertThat(plain.get("/api/incidents").statusCode()).isEqualTo(401);
  }

  @Test
  void shouldNotSpeakInTheClearWhenThereIsTls() {
    // Given
    TestClient plain = new TestClient(edge.port(), null);

    // When, then
    Assertions.assertThatThrownBy(() -> plain.get("/health/live")).isInstanceOf(IOException.class);
  }

  @Test
  void shouldTakeVerdictsFromAnalystsAloneWhenRolesDiffer() throws Exception {
    // Given
    String path = "/api/incidents/i-1/verdict";
    String body = "{\"verdict\":\"TRUE_POSITIVE\"}";
    String json = "application/json";

    // When
    int viewer =
        client
            .post(path, body, "Content-Type", json, "Authorization", "Bearer " + TOKEN)
            .statusCode();
    int nobody = client.post(path, body, "Content-Type", json).statusCode();
    HttpResponse<String> analyst =
        client.post(
            path, body, "Content-Type", json, "Authorization", TestClient.basic("ana", "secret"));

    // Then
    assertThat(List.of(viewer, nobody, analyst.statusCode())).containsExactly(403, 401, 201);
    assertThat(given.written)
        .singleElement()
        .satisfies(
            judgement -> {
              assertThat(judgement.analyst()).isEqualTo("ana");
              assertThat(judgement.kind()).isEqualTo(Judgement.Kind.TRUE_POSITIVE);
              assertThat(judgement.scope()).isNull();
            });
  }

  /**
   * A refusal that comes before the body is read has the JDK's server lose the next request over
   * TLS, whenever that one comes together with the rest of the body.
   */
  @Test
  void shouldReadTheBodyBeforeItRefuses() throws Exception {
    // Given
    edge.close();
    edge = new HttpEdge(config(null, ACCESS, true), given.sources());
    try (Socket socket = new Socket("127.0.0.1", edge.port())) {
      socket.setSoTimeout(200);
      String headers =
          "POST /api/incidents/i-1/verdict HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n";
      socket.getOutputStream().write(headers.getBytes(StandardCharsets.US_ASCII));

      // Then
      Assertions.assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      // When
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));

      // Then
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 401");
    }
  }

  @Test
  void shouldStopGuessingWhenManyLoginsAreWrong() throws Exception {
    // Given
    String known = TestClient.basic("ana", "secret");
    client.get("/api/incidents", "Authorization", known);

    // When
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      statuses.add(
          client
              .get("/api/incidents", "Authorization", TestClient.basic("ana", "guess" + i))
              .statusCode());
    }

    // Then: those who were in stay in
    assertThat(statuses).startsWith(401, 401).endsWith(429);
    assertThat(client.get("/api/incidents", "Authorization", known).statusCode()).isEqualTo(200);
    assertThat(
            client
                .get("/api/incidents", "Authorization", TestClient.basic("vic", "p\u00e4ss:word"))
                .statusCode())
        .isEqualTo(429);
    assertThat(client.get("/", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldTakeAPasswordWhenManyTokensWereWrong() throws Exception {
    // Given
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      statuses.add(client.get("/", "Authorization", "Bearer vdt_wrong" + i).statusCode());
    }

    // When
    int status = client.get("/", "Authorization", TestClient.basic("ana", "secret")).statusCode();

    // Then
    assertThat(statuses).containsOnly(401);
    assertThat(status).isEqualTo(200);
  }

  @Test
  void shouldEndTheHandshakeWhenTheClientTrustsSomebodyElse() throws Exception {
    // Given
    SSLContext other = new TestPem(Files.createTempDirectory(directory, "other"), "EC").trusting();

    // When, then
    Assertions.assertThatThrownBy(() -> new TestClient(edge.port(), other).get("/health/live"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void shouldSendSecureHeadersWhenItRefuses() throws Exception {
    // When
    HttpResponse<String> answer = client.get("/<script>".replace("<", "%3C").replace(">", "%3E"));

    // Then
    assertThat(answer.body()).doesNotContain("script");
    assertThat(answer.headers().map())
        .containsEntry("cache-control", List.of("no-store"))
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("x-frame-options", List.of("DENY"))
        .containsEntry("cross-origin-opener-policy", List.of("same-origin"))
        .containsKey("content-security-policy");
  }
}
