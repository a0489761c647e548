package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vedette.edge.http.login.Credential;
import io.vedette.edge.http.login.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that would open the edge to others are refused before anything listens. */
class HttpRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_HOST=0.0.0.0 | http.auth.methods must name basic, bearer or oidc",
        "HTTP_HOST=no.such.host.invalid | http.auth.methods must name basic, bearer or oidc",
        "HTTP_AUTH_METHODS=basic | http.auth.credentialsFile or http.auth.credentials must hold",
        "HTTP_AUTH_METHODS=none | http.auth.methods must be a list of basic, bearer, oidc",
        "HTTP_AUTH_METHODS=oidc | http.auth.oidc.audience must be set",
        "HTTP_AUTH_OIDC_ALGORITHMS=none | http.auth.oidc.algorithms must be a list of RS256",
        "HTTP_AUTH_OIDC_ALGORITHMS=HS256 | http.auth.oidc.algorithms must be a list of RS256",
        "HTTP_AUTH_OIDC_JWKSURL=http://idp.example/jwks | http.auth.oidc.jwksUrl must be an https",
        "HTTP_TLS_KEYFILE=/k | http.tls.certificateFile and http.tls.keyFile must be set together",
        "HTTP_HOST=0.0.0.0;HTTP_AUTH_METHODS=basic;HTTP_AUTH_CREDENTIALSFILE=/f"
            + " | http.tls.certificateFile must be set when users log in beyond loopback",
        "HTTP_MANAGEMENTHOST=0.0.0.0;HTTP_MANAGEMENTPORT=8081;HTTP_AUTH_METHODS=basic;"
            + "HTTP_AUTH_CREDENTIALSFILE=/f"
            + " | http.tls.certificateFile must be set when users log in beyond loopback, was empty"
            + " for 0.0.0.0",
        "HTTP_MANAGEMENTHOST=0.0.0.0 | http.managementPort must be a port when",
        "HTTP_AUTH_CREDENTIALS=hidden:secret | http.auth.credentials[0]: an account must be"
      })
  void shouldNameTheKeyWhenTheSettingsAreNotSafe(String variables, String message) {
    // Given
    Map<String, String> environment = environment(variables);

    // When
    SettingsException error =
        catchThrowableOfType(SettingsException.class, () -> SettingsLoader.load(null, environment));

    // Then
    assertThat(error.errors()).anyMatch(e -> e.startsWith(message.strip()));
    assertThat(error.errors()).noneMatch(e -> e.contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_HOST=127.0.0.1",
    "HTTP_HOST=::1",
    "HTTP_HOST=0.0.0.0;HTTP_AUTH_OPENBEYONDLOOPBACK=true",
    "HTTP_HOST=0.0.0.0;HTTP_AUTH_METHODS=bearer;HTTP_AUTH_CREDENTIALSFILE=/f;HTTP_TLS_ATPROXY=true",
    "HTTP_MANAGEMENTHOST=0.0.0.0;HTTP_MANAGEMENTPORT=8081",
    "HTTP_MANAGEMENTHOST=0.0.0.0;HTTP_MANAGEMENTPORT=8081;HTTP_AUTH_METHODS=bearer;"
        + "HTTP_AUTH_CREDENTIALSFILE=/f;HTTP_AUTH_METRICS=false",
    "HTTP_MANAGEMENTHOST=::1;HTTP_MANAGEMENTPORT=8081;HTTP_AUTH_METHODS=bearer;"
        + "HTTP_AUTH_CREDENTIALSFILE=/f"
  })
  void shouldBeTakenWhenTheSettingsAreSafe(String variables) throws SettingsException {
    // When
    Settings settings = SettingsLoader.load(null, environment(variables));

    // Then
    assertThat(settings.problems()).isEmpty();
    assertThat(HttpRules.config(settings.http()).requestsPerSecond()).isEqualTo(50);
  }

  @Test
  void shouldHideHashesWhenSettingsAreDescribed() throws SettingsException {
    // Given
    String account = Credential.ofPassword("ana", Role.ANALYST, "pw", 10_000);

    // When
    Settings settings =
        SettingsLoader.load(
            null,
            Map.of("VEDETTE_HTTP_AUTH_METHODS", "basic", "VEDETTE_HTTP_AUTH_CREDENTIALS", account));

    // Then
    assertThat(settings.http().auth().credentials()).isEqualTo(List.of(account));
    assertThat(settings.describe())
        .contains("http.auth.credentials: (hidden)")
        .doesNotContain("pbkdf2");
    assertThat(HttpRules.config(settings.http()).toString()).doesNotContain("pbkdf2");
  }

  private static Map<String, String> environment(String variables) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.strip().split(";")) {
      String[] pair = variable.split("=", 2);
      environment.put("VEDETTE_" + pair[0], pair[1]);
    }
    return environment;
  }
}
