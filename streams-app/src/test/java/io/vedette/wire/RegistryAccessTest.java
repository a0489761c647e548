package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the registry client gets in: credentials, TLS, and settings that are wrong. */
class RegistryAccessTest {

  private static final Schema STRING = Schema.create(Schema.Type.STRING);

  private final FakeRegistry registry = new FakeRegistry();

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void shouldSendBasicCredentialsWhenUserInfoIsSet() {
    // Given
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"\\\"string\\\"\"}"));
    RegistryClient client =
        client(
            Map.of(
                "schema.registry.basic.auth.credentials.source",
                "USER_INFO",
                "schema.registry.basic.auth.user.info",
                "ana:pass"));

    // When
    client.byId(3);

    // Then
    assertThat(registry.authorizations()).containsExactly("Basic " + base64("ana:pass"));
  }

  @Test
  void shouldSendBasicCredentialsWhenUrlHoldsThem() {
    // Given
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"\\\"string\\\"\"}"));
    Map<String, String> settings =
        registry.settings(Map.of("basic.auth.credentials.source", "URL"));
    settings.put("schema.registry.url", registry.url().replace("http://", "http://bob:word@"));

    // When
    RegistryClient.from(settings).byId(3);

    // Then
    assertThat(registry.authorizations()).containsExactly("Basic " + base64("bob:word"));
  }

  @Test
  void shouldSendBearerTokenWhenSet() {
    // Given
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"\\\"string\\\"\"}"));
    RegistryClient client =
        client(
            Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0k"));

    // When
    client.byId(3);

    // Then
    assertThat(registry.authorizations()).containsExactly("Bearer t0k");
  }

  @Test
  void shouldNameTheKeyButNoSecretWhenUrlIsWrong() {
    // Given
    Map<String, String> settings = Map.of("schema.registry.url", "ftp://bob:word@host");

    // When
    Throwable thrown = catchThrowable(() -> RegistryClient.from(settings));

    // Then
    assertThat(thrown)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url")
        .hasMessageNotContaining("word");
  }

  @Test
  void shouldNameTheKeyWhenTruststoreIsMissing() {
    // Given
    Map<String, String> settings =
        registry.settings(Map.of("schema.registry.ssl.truststore.location", "/no/such/store.p12"));

    // When
    Throwable thrown = catchThrowable(() -> RegistryClient.from(settings));

    // Then
    assertThat(thrown)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.ssl.truststore.location");
  }

  @Test
  void shouldTrustTheStoreWhenRegistrySpeaksTls(@TempDir Path directory) throws Exception {
    // Given
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"\\\"string\\\"\"}"));
    Path store = selfSigned(directory);
    String secure = registry.startTls(store);
    Map<String, String> settings =
        registry.settings(
            Map.of(
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.password",
                FakeRegistry.PASSWORD,
                "schema.registry.ssl.truststore.type",
                "PKCS12"));
    settings.put("schema.registry.url", secure);

    // When
    Schema schema = RegistryClient.from(settings).byId(3);

    // Then
    assertThat(schema).isEqualTo(STRING);
    settings.remove("schema.registry.ssl.truststore.location");
    settings.put("max.retries", "0");
    assertThat(catchThrowable(() -> RegistryClient.from(settings).byId(3)))
        .isInstanceOf(SchemaRegistryException.class);
  }

  private static Path selfSigned(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                FakeRegistry.PASSWORD,
                "-alias",
                "registry",
                "-dname",
                "CN=registry",
                "-ext",
                "SAN=ip:127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  private RegistryClient client(Map<String, String> more) {
    return RegistryClient.from(registry.settings(more));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
