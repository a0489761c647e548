package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.FreePorts;
import io.vedette.edge.http.login.Access;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send too much, too slowly or too often. */
class HttpLimitsTest {

  private static final String VERDICT = "/api/incidents/i-1/verdict";

  private final TestSources given = new TestSources();
  private HttpEdge edge;
  private TestClient client;

  @BeforeEach
  void serve() throws Exception {
    edge = new HttpEdge(TestSources.apart(FreePorts.one()), given.sources());
    client = new TestClient(edge.port(), null);
    given.incidents.accept(TestSources.incident("i-1", 0, "t"));
  }

  @AfterEach
  void close() {
    edge.close();
  }

  @Test
  void shouldCutSlowClientsOffWhenTheyNeverEndTheirHeaders() throws Exception {
    // Given: more of them than there are threads
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      slow.add(send("GET /api/incidents HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
    }

    // When
    int health = new TestClient(edge.managementPort(), null).get("/health/live").statusCode();
    int incidents = client.get("/api/incidents").statusCode();

    // Then: probes are not held up, others wait until the slow ones are thrown out
    assertThat(health).isEqualTo(200);
    assertThat(incidents).isEqualTo(200);
    for (Socket socket : slow) {
      assertThat(answer(socket)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 20000", "100, 10", "1, 2000000"})
  void shouldRefuseWhenHeadersAreTooManyOrTooLong(int number, int length) throws Exception {
    // Given
    StringBuilder request =
        new StringBuilder("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (int i = 0; i < number; i++) {
      request.append("X-").append(i).append(": ").append("a".repeat(length)).append("\r\n");
    }

    // When
    String answer = answer(send(request + "\r\n"));

    // Then: an error, or no answer at all
    assertThat(answer).doesNotContain("HTTP/1.1 200").doesNotContain("aaaa");
    assertThat(client.get("/").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type: text/plain| Content-Length: 2| 415",
        "Content-Type: application/x-www-form-urlencoded| Content-Length: 2| 415",
        "Content-Type: application/json| Transfer-Encoding: chunked| 411",
        "Content-Type: application/json| X-No: length| 411",
        "Content-Type: application/json| Content-Length: 16385| 413",
        "Content-Type: application/json| Content-Length: 99999999999| 413"
      })
  void shouldRefuseAPostWhenItsBodyIsNotAShortJson(String type, String length, int status)
      throws Exception {
    // When
    String answer =
        statusLine(
            send(
                "POST "
                    + VERDICT
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + type
                    + "\r\n"
                    + length.strip()
                    + "\r\n\r\n"));

    // Then
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(given.written).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Origin, https://evil.example", "Sec-Fetch-Site, cross-site", "Origin, null"})
  void shouldRefuseAPostWhenAnotherPageSentIt(String header, String value) throws Exception {
    // When
    String answer =
        answer(
            send(
                "POST "
                    + VERDICT
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 0\r\n"
                    + header
                    + ": "
                    + value
                    + "\r\n\r\n"));

    // Then
    assertThat(answer).startsWith("HTTP/1.1 403");
    assertThat(given.written).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/incidents", "/metrics"})
  void shouldSlowAClientDownWhenItAsksTooOften(String path) throws Exception {
    // Given
    edge.close();
    edge =
        new HttpEdge(
            new HttpConfig("127.0.0.1", 0, "127.0.0.1", 0, null, Access.OPEN, false, 1),
            given.sources());
    client = new TestClient(edge.port(), null);

    // When
    List<Integer> statuses = new ArrayList<>();
    HttpResponse<String> last = client.get(path);
    for (int i = 0; i < 200 && last.statusCode() == 200; i++) {
      last = client.get(path);
      statuses.add(last.statusCode());
    }

    // Then
    assertThat(statuses).endsWith(429);
    assertThat(last.headers().firstValue("retry-after")).contains("1");
    assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
  }

  private Socket send(String request) throws IOException {
    Socket socket = new Socket("127.0.0.1", edge.port());
    socket.setSoTimeout(30_000);
    OutputStream out = socket.getOutputStream();
    try {
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (SocketException e) {
      return socket; // thrown out while it was still sending
    }
    return socket;
  }

  /** The first line of the answer; the server waits for the rest of a body before it hangs up. */
  private static String statusLine(Socket socket) throws IOException {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      return String.valueOf(in.readLine());
    }
  }

  /** All that comes until the server ends the connection. */
  private static String answer(Socket socket) throws IOException {
    try (socket) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }
}
