package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vedette.edge.http.login.Access;
import io.vedette.edge.http.login.OidcConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs of an OpenID provider, right ones and all the wrong ones. */
class HttpJwtTest {

  private static final String ISSUER = "https://idp.example";
  private static final AtomicInteger ASKED = new AtomicInteger();

  private static RsaJsonWebKey key;
  private static RsaJsonWebKey foreign;
  private static HttpServer provider;
  private static Access access;

  private HttpEdge edge;
  private TestClient client;

  @BeforeAll
  static void serve() throws Exception {
    key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("k1");
    foreign = RsaJwkGenerator.generateJwk(2048);
    foreign.setKeyId("k1");
    byte[] jwks =
        ("{\"keys\":[" + key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}")
            .getBytes(StandardCharsets.UTF_8);
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/jwks",
        exchange -> {
          ASKED.incrementAndGet();
          exchange.sendResponseHeaders(200, jwks.length);
          exchange.getResponseBody().write(jwks);
          exchange.close();
        });
    provider.start();
    OidcConfig oidc =
        new OidcConfig(
            ISSUER,
            URI.create("http://localhost:" + provider.getAddress().getPort() + "/jwks"),
            "vedette",
            List.of("RS256"),
            "preferred_username",
            "realm_access.roles",
            List.of("soc-read"),
            List.of("soc"),
            List.of("soc-lead"),
            null,
            Duration.ofSeconds(5));
    access = new Access(Set.of(Access.Method.OIDC), List.of(), null, oidc);
  }

  @BeforeEach
  void open() throws Exception {
    edge =
        new HttpEdge(
            new HttpConfig("127.0.0.1", 0, "127.0.0.1", 0, null, access, true, 10_000),
            new TestSources().sources());
    client = new TestClient(edge.port(), null);
  }

  @AfterEach
  void shut() {
    edge.close();
  }

  @AfterAll
  static void close() {
    provider.stop(0);
  }

  private static JwtClaims claims(String role) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience("other", "vedette");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setSubject("s");
    claims.setClaim("preferred_username", "ana");
    claims.setClaim("realm_access", Map.of("roles", List.of("x", role)));
    return claims;
  }

  private static String signed(JwtClaims claims, RsaJsonWebKey by, String algorithm)
      throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setKeyIdHeaderValue(by.getKeyId());
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setKey(by.getPrivateKey());
    return jws.getCompactSerialization();
  }

  private int status(String token) throws Exception {
    return client.get("/", "Authorization", "Bearer " + token).statusCode();
  }

  @Test
  void shouldLetInByRoleWhenTheTokenIsRight() throws Exception {
    // Given
    int before = ASKED.get();
    String token = "Bearer " + signed(claims("soc"), key, "RS256");

    // When
    String page = client.get("/", "Authorization", token).body();

    // Then
    assertThat(page).contains("Reading as <bdi>ana</bdi>, analyst");
    assertThat(client.get("/", "Authorization", token).statusCode()).isEqualTo(200);
    assertThat(ASKED.get() - before).as("keys are kept").isEqualTo(1);
  }

  @Test
  void shouldSpareTheProviderWhenKeyIdsAreMadeUp() throws Exception {
    // Given
    int before = ASKED.get();
    for (int i = 0; i < 5; i++) {
      foreign.setKeyId("made-up-" + i);

      // When
      int status = status(signed(claims("soc"), foreign, "RS256"));

      // Then
      assertThat(status).isEqualTo(401);
    }
    foreign.setKeyId("k1");
    assertThat(ASKED.get() - before).isEqualTo(1);
  }

  private static Consumer<JwtClaims> damage(String kind) {
    return switch (kind) {
      case "expired" -> c -> c.setExpirationTime(NumericDate.fromSeconds(1_700_000_000));
      case "no expiry" -> c -> c.unsetClaim("exp");
      case "not yet" -> c -> c.setNotBefore(NumericDate.fromSeconds(32_000_000_000L));
      case "wrong audience" -> c -> c.setAudience("other");
      case "no audience" -> c -> c.unsetClaim("aud");
      case "wrong issuer" -> c -> c.setIssuer("https://evil.example");
      case "no role" -> c -> c.setClaim("realm_access", Map.of("roles", List.of("x")));
      case "role is an object" -> c -> c.setClaim("realm_access", "soc");
      case "no name" -> c -> c.unsetClaim("preferred_username");
      case "hostile name" -> c -> c.setClaim("preferred_username", "ana\u202e\u001b[2J");
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expired",
        "no expiry",
        "not yet",
        "wrong audience",
        "no audience",
        "wrong issuer",
        "no role",
        "role is an object",
        "no name",
        "hostile name"
      })
  void shouldRefuseWhenAClaimIsWrong(String kind) throws Exception {
    // Given
    JwtClaims claims = claims("soc");
    damage(kind).accept(claims);

    // When
    int status = status(signed(claims, key, "RS256"));

    // Then
    assertThat(status).isEqualTo(401);
    assertThat(status(signed(claims("soc"), key, "RS256"))).isEqualTo(200);
  }

  @Test
  void shouldRefuseWhenTheSignatureProvesNothing() throws Exception {
    // Given
    JsonWebSignature none = new JsonWebSignature();
    none.setAlgorithmConstraints(AlgorithmConstraints.ALLOW_ONLY_NONE);
    none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    none.setPayload(claims("soc-lead").toJson());
    JsonWebSignature confused = new JsonWebSignature();
    confused.setAlgorithmHeaderValue("HS256");
    confused.setKeyIdHeaderValue("k1");
    confused.setKey(new HmacKey(key.getPublicKey().getEncoded()));
    confused.setPayload(claims("soc-lead").toJson());
    String right = signed(claims("soc-lead"), key, "RS256");
    List<String> wrong =
        List.of(
            none.getCompactSerialization(),
            confused.getCompactSerialization(),
            signed(claims("soc-lead"), foreign, "RS256"),
            signed(claims("soc-lead"), key, "PS256"), // not on the list
            right.substring(0, right.lastIndexOf('.') + 1),
            right + "x".repeat(13_000));

    for (String token : wrong) {
      // When
      int status = status(token);

      // Then
      assertThat(status).as(token.substring(0, 40)).isEqualTo(401);
    }
  }
}
