package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.edge.http.login.Access;
import io.vedette.edge.http.login.Access.Method;
import io.vedette.edge.http.login.Credential;
import io.vedette.edge.http.login.Role;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runbooks over a real connection to an edge that wants a login. */
class RunbookRoutesTest {

  private static final Access ACCESS =
      new Access(
          Set.of(Method.BASIC),
          List.of(Credential.ofPassword("ana", Role.ANALYST, "secret", 10_000)),
          null,
          null);

  private HttpEdge edge;
  private TestClient client;

  @BeforeEach
  void serve() throws Exception {
    HttpConfig config = new HttpConfig("127.0.0.1", 0, "127.0.0.1", 0, null, ACCESS, true, 10_000);
    edge = new HttpEdge(config, new TestSources().sources());
    client = new TestClient(edge.port(), null);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"extraction", "evasion", "inversion", "membership", "drift"})
  void shouldServeThePageToAnybodyWhenTheDetectorHasOne(String detector) throws Exception {
    // When
    HttpResponse<String> page = client.get("/runbooks/" + detector);

    // Then
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<h1>", "<h2>Triage</h2>", "<ol>", "<table>", "<code>")
        .contains("href=\"/runbooks/style.css\"")
        .doesNotContain("**")
        .doesNotContain("|---")
        .doesNotContain("<script");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(client.get("/runbooks/style.css").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "",
        "extraction/",
        "extraction/README.md",
        "Extraction",
        "..%2f..%2flogback",
        "%65xtraction"
      })
  void shouldServeNothingElseWhenAskedBelow(String path) throws Exception {
    assertThat(client.get("/runbooks/" + path).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldStillWantALoginWhenIncidentsAreAsked() throws Exception {
    assertThat(client.get("/api/incidents").statusCode()).isEqualTo(401);
    assertThat(client.get("/style.css").statusCode()).isEqualTo(401);
  }
}
