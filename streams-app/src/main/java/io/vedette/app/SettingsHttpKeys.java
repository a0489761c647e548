package io.vedette.app;

import static io.vedette.app.SettingsKeys.add;
import static io.vedette.app.SettingsKeys.any;
import static io.vedette.app.SettingsKeys.range;
import static io.vedette.app.SettingsKeys.span;
import static io.vedette.app.SettingsKeys.text;

import io.vedette.edge.http.login.OidcConfig;
import java.util.List;
import java.util.Map;

/** The settings of the HTTP edge. */
final class SettingsHttpKeys {

  private static final List<String> METHODS = List.of("basic", "bearer", "oidc");

  private SettingsHttpKeys() {}

  static void addAll(Map<String, SettingsKeys.Key> keys) {
    text(keys, "http.host", "Address of the console and the API; 0.0.0.0 for all", 1);
    range(keys, "http.port", "Port of the console and the API; 0 picks a free one", 0, 65_535);
    text(
        keys,
        "http.managementHost",
        "Address of health and metrics on their own port; empty is http.host",
        0);
    range(keys, "http.managementPort", "Port of health and metrics; 0 is the same port", 0, 65_535);
    range(
        keys,
        "http.requestsPerSecond",
        "Requests of one client, twice as many at once; health is not counted",
        1,
        10_000);
    range(
        keys,
        "http.dossiers",
        "Callers whose findings are kept for their dossiers; 0 reads no findings",
        0,
        1_000_000);
    text(keys, "http.tls.certificateFile", "PEM certificate and its chain; empty is no TLS", 0);
    text(keys, "http.tls.keyFile", "PEM file of its private key, PKCS #8", 0);
    any(
        keys,
        "http.tls.atProxy",
        "TLS ends at a proxy in front, so logins may come in the clear from it",
        "true or false");
    auth(keys);
    oidc(keys);
  }

  private static void auth(Map<String, SettingsKeys.Key> keys) {
    add(
        keys,
        "http.auth.methods",
        "Ways to log in; empty asks for no login and is for loopback addresses",
        "a list of basic, bearer, oidc",
        v -> METHODS.containsAll((List<?>) v));
    add(
        keys,
        "http.auth.credentials",
        "Accounts for basic and bearer, name:role:hash, as the hash command prints them",
        "a list of at most 1000 accounts",
        v -> ((List<?>) v).size() <= 1000);
    text(
        keys,
        "http.auth.credentialsFile",
        "File with such accounts, one a line; read anew when it changes",
        0);
    any(
        keys,
        "http.auth.openBeyondLoopback",
        "Let anybody who reaches the port read without a login",
        "true or false");
    any(
        keys,
        "http.auth.metrics",
        "Whether metrics need a login where there is one",
        "true or false");
  }

  private static void oidc(Map<String, SettingsKeys.Key> keys) {
    text(keys, "http.auth.oidc.issuer", "Issuer of JWTs, as in their claim iss", 0);
    add(
        keys,
        "http.auth.oidc.jwksUrl",
        "Address of the issuer's keys",
        "an https:// address, http:// on loopback, or empty",
        v ->
            ((String) v)
                .matches("(https://\\S{1,1000}|http://(localhost|127\\.0\\.0\\.1)[:/]\\S*)?"));
    text(keys, "http.auth.oidc.audience", "Audience that the claim aud must hold", 0);
    add(
        keys,
        "http.auth.oidc.algorithms",
        "Signature algorithms that are accepted",
        "a list of " + String.join(", ", OidcConfig.ALGORITHMS),
        v -> OidcConfig.ALGORITHMS.containsAll((List<?>) v) && !((List<?>) v).isEmpty());
    text(keys, "http.auth.oidc.nameClaim", "Claim with the user's name", 1);
    text(
        keys,
        "http.auth.oidc.rolesClaim",
        "Claim with roles or groups; dots go into objects, as in realm_access.roles",
        1);
    any(keys, "http.auth.oidc.viewers", "Values of it that make a viewer", "a list of texts");
    any(keys, "http.auth.oidc.analysts", "Values of it that make an analyst", "a list of texts");
    any(keys, "http.auth.oidc.admins", "Values of it that make an admin", "a list of texts");
    text(
        keys,
        "http.auth.oidc.caFile",
        "PEM certificates to trust for the keys; empty is Java's own",
        0);
    span(keys, "http.auth.oidc.clockSkew", "Tolerated difference of clocks", "PT0S", "PT5M");
  }
}
