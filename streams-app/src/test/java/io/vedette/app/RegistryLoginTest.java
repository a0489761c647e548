package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vedette.wire.WireSerdes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryLoginTest {

  private static final String PROVIDER =
      "org.apache.kafka.common.config.provider.DirectoryConfigProvider";

  @TempDir Path secrets;

  @ParameterizedTest
  @ValueSource(strings = {"KAFKA", "REGISTRY"})
  void shouldSendTheSecretAndNotItsNameWhenAConfigProviderHoldsIt(String section) throws Exception {
    // Given
    Files.writeString(secrets.resolve("login"), "vedette:pa$$ word");
    Queue<String> logins = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          logins.add(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Settings settings = settings(section, "http://127.0.0.1:" + server.getAddress().getPort());

    // When
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings())) {
      wire.ensureRegistered(Map.of("incidents", "vedette.incidents"));
    } finally {
      server.stop(0);
    }

    // Then
    assertThat(RegistryLogin.unresolved(settings)).isEmpty();
    assertThat(logins)
        .isNotEmpty()
        .containsOnly(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("vedette:pa$$ word".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void shouldNameThePropertyAndSendNothingWhenTheSecretIsNotThere() throws Exception {
    // Given
    Settings settings = settings("KAFKA", "http://127.0.0.1:1");

    // When
    List<String> problems = StartCheck.problems(settings);

    // Then
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("registry.properties.basic.auth.user.info names a secret")
        .doesNotContain(secrets.toString());
    Wiring wiring = new Wiring(settings);
    assertThatThrownBy(wiring::wireSettings)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(problems.get(0));
  }

  @Test
  void shouldNameTheProviderWhenItCannotBeMade() throws Exception {
    // Given
    Map<String, String> environment = environment("REGISTRY", "http://127.0.0.1:1");
    environment.put("VEDETTE_REGISTRY_PROPERTIES_CONFIG_PROVIDERS_DIR_CLASS", "no.such.Provider");
    Settings settings = SettingsLoader.load(null, environment);

    // When, then
    assertThat(RegistryLogin.unresolved(settings))
        .singleElement()
        .asString()
        .startsWith("registry.properties: ")
        .contains("no.such.Provider");
  }

  private Settings settings(String section, String url) throws SettingsException {
    return SettingsLoader.load(null, environment(section, url));
  }

  private Map<String, String> environment(String section, String url) {
    Map<String, String> environment = new HashMap<>();
    String prefix = "VEDETTE_" + section + "_PROPERTIES_CONFIG_PROVIDERS";
    environment.put(prefix, "dir");
    environment.put(prefix + "_DIR_CLASS", PROVIDER);
    environment.put("VEDETTE_REGISTRY_URL", url);
    environment.put(
        "VEDETTE_REGISTRY_PROPERTIES_BASIC_AUTH_USER_INFO", "${dir:" + secrets + ":login}");
    return environment;
  }
}
