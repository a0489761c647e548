package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry client against a registry on the loopback address. */
class RegistryClientTest {

  private static final String PASSWORD = "changeit";
  private static final Schema STRING = Schema.create(Schema.Type.STRING);

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private final String url = start();

  private record Answer(int status, String body) {}

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void shouldAskOnceWhenTheSameSchemaIsRegisteredAgain() {
    // Given
    answers.put("POST /subjects/a%20b-value/versions?normalize=true", ok("{\"id\":7}"));
    RegistryClient client = client(Map.of("normalize.schemas", "true"));
    client.register("a b-value", STRING);

    // When
    int id = client.register("a b-value", STRING);

    // Then
    assertThat(id).isEqualTo(7);
    assertThat(calls).hasSize(1);
  }

  @Test
  void shouldPostToTheSubjectWhenLookingUp() {
    // Given
    answers.put("POST /subjects/s?normalize=false&deleted=false", ok("{\"id\":9}"));

    // When
    int id = client(Map.of()).lookUp("s", STRING);

    // Then
    assertThat(id).isEqualTo(9);
  }

  @Test
  void shouldKeepTheSchemaWhenAskedById() {
    // Given
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"\\\"string\\\"\"}"));
    RegistryClient client = client(Map.of());
    client.byId(3);

    // When
    Schema schema = client.byId(3);

    // Then
    assertThat(schema).isEqualTo(STRING);
    assertThat(calls).hasSize(1);
  }

  @Test
  void shouldRememberWhenIdIsUnknown() {
    // Given
    answers.put("GET /schemas/ids/3", new Answer(404, "{\"error_code\":40403,\"message\":\"x\"}"));
    RegistryClient client = client(Map.of());
    catchThrowable(() -> client.byId(3));

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(thrown).isInstanceOf(SchemaRegistryException.class);
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(calls).hasSize(1);
  }

  @Test
  void shouldGiveIdAndSchemaWhenAskedForTheLatest() {
    // Given
    answers.put(
        "GET /subjects/s/versions/latest",
        ok("{\"subject\":\"s\",\"version\":2,\"id\":5,\"schema\":\"\\\"string\\\"\"}"));

    // When
    SchemaRegistry.Registered latest = client(Map.of()).latest("s");

    // Then
    assertThat(latest).isEqualTo(new SchemaRegistry.Registered(5, STRING));
  }

  @Test
  void shouldGoToTheNextUrlWhenOneFails() {
    // Given
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"\\\"string\\\"\"}"));
    Map<String, String> settings = settings(Map.of());
    settings.put("schema.registry.url", "http://127.0.0.1:1," + url + "/");

    // When
    Schema schema = RegistryClient.from(settings).byId(3);

    // Then
    assertThat(schema).isEqualTo(STRING);
  }

  @Test
  void shouldTryAgainABoundedNumberOfTimesWhenServerFails() {
    // Given
    answers.put("GET /schemas/ids/3", new Answer(503, "busy"));
    RegistryClient client = client(Map.of("max.retries", "2"));

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(calls).hasSize(3);
  }

  @Test
  void shouldNotTryAgainWhenRefused() {
    // Given
    answers.put(
        "POST /subjects/s/versions?normalize=false",
        new Answer(409, "{\"error_code\":409,\"message\":\"incompatible\"}"));
    RegistryClient client = client(Map.of());

    // When
    Throwable thrown = catchThrowable(() -> client.register("s", STRING));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.REFUSED);
    assertThat(thrown).hasMessageContaining("409");
    assertThat(calls).hasSize(1);
  }

  @Test
  void shouldRefuseWhenSchemaDoesNotParse() {
    // Given
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"{\\\"type\\\":\"}"));
    RegistryClient client = client(Map.of());

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void shouldRefuseWhenSchemaIsNestedWithoutEnd() {
    // Given
    String deep = "[".repeat(300_000);
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"" + deep + "\"}"));
    RegistryClient client = client(Map.of());

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void shouldNotBlameTheRecordWhenAccessIsDenied() {
    // Given
    answers.put("GET /schemas/ids/3", new Answer(401, "{\"error_code\":40101}"));
    RegistryClient client = client(Map.of());
    catchThrowable(() -> client.byId(3));
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"\\\"string\\\"\"}"));

    // When
    Schema schema = client.byId(3);

    // Then
    assertThat(schema).isEqualTo(STRING);
  }

  @Test
  void shouldNotBlameTheRecordWhenUrlLeadsElsewhere() {
    // Given
    answers.put("GET /schemas/ids/3", new Answer(404, "<html/>"));
    RegistryClient client = client(Map.of());

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void shouldGiveUpWhenAnswerIsTooLong() {
    // Given
    answers.put("GET /schemas/ids/3", ok("x".repeat(5 << 20)));
    RegistryClient client = client(Map.of("max.retries", "0"));

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(thrown).isInstanceOf(SchemaRegistryException.class).hasMessageContaining("exceeds");
  }

  @Test
  void shouldSendBasicCredentialsWhenUserInfoIsSet() {
    // Given
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"\\\"string\\\"\"}"));
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
    assertThat(authorizations).containsExactly("Basic " + base64("ana:pass"));
  }

  @Test
  void shouldSendBasicCredentialsWhenUrlHoldsThem() {
    // Given
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"\\\"string\\\"\"}"));
    Map<String, String> settings = settings(Map.of("basic.auth.credentials.source", "URL"));
    settings.put("schema.registry.url", url.replace("http://", "http://bob:word@"));

    // When
    RegistryClient.from(settings).byId(3);

    // Then
    assertThat(authorizations).containsExactly("Basic " + base64("bob:word"));
  }

  @Test
  void shouldSendBearerTokenWhenSet() {
    // Given
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"\\\"string\\\"\"}"));
    RegistryClient client =
        client(
            Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0k"));

    // When
    client.byId(3);

    // Then
    assertThat(authorizations).containsExactly("Bearer t0k");
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
        settings(Map.of("schema.registry.ssl.truststore.location", "/no/such/store.p12"));

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
    answers.put("GET /schemas/ids/3", ok("{\"schema\":\"\\\"string\\\"\"}"));
    Path store = selfSigned(directory);
    String secure = startTls(store);
    Map<String, String> settings =
        settings(
            Map.of(
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD,
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
                PASSWORD,
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

  private String startTls(Path store) throws IOException {
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

  private RegistryClient client(Map<String, String> more) {
    return RegistryClient.from(settings(more));
  }

  private Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("schema.registry.url", url);
    settings.put("retries.wait.ms", "0");
    return settings;
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

  private static Answer ok(String body) {
    return new Answer(200, body);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
