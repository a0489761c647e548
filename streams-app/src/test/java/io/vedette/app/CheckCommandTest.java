package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {

  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    for (int status : new int[] {200, 204, 302, 404, 503}) {
      server.createContext(
          "/" + status,
          exchange -> {
            exchange.getResponseHeaders().set("Location", "/200");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
    }
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"200, 0", "204, 1", "302, 1", "404, 1", "503, 1"})
  void shouldSayByExitCodeWhenThePageAnswers(int status, int code) {
    // When
    int exit = Main.execute("check", "--url", url("/" + status));

    // Then
    assertThat(exit).isEqualTo(code);
  }

  @Test
  void shouldFailWhenNobodyListens() {
    // Given
    String url = url("/200");
    server.stop(0);

    // When
    int exit = Main.execute("check", "--url", url, "--timeout", "PT2S");

    // Then
    assertThat(exit).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x/", "file:///etc/passwd", "nonsense", "http:///path"})
  void shouldRefuseWhenTheAddressIsNotHttp(String url) {
    // When
    int exit = Main.execute("check", "--url", url);

    // Then
    assertThat(exit).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "-PT1S", "PT11M", "5"})
  void shouldRefuseWhenTheTimeoutIsOutOfRange(String timeout) {
    // When
    int exit = Main.execute("check", "--url", url("/200"), "--timeout", timeout);

    // Then
    assertThat(exit).isEqualTo(2);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }
}
