package io.vedette.app;

import io.vedette.edge.http.HttpConfig;
import io.vedette.edge.http.login.Access;
import io.vedette.edge.http.login.Credential;
import io.vedette.edge.http.login.OidcConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What settings of the HTTP edge must be together, and what the edge makes of them. */
final class HttpRules {

  private HttpRules() {}

  /** What is wrong, one error each. */
  static List<String> problems(Settings.Http http) {
    List<String> problems = new ArrayList<>();
    boolean exposed = !loopback(http.host());
    Settings.HttpAuth auth = http.auth();
    boolean login = !auth.methods().isEmpty();
    boolean files = !http.tls().certificateFile().isEmpty();
    if (exposed && !login && !auth.openBeyondLoopback()) {
      problems.add(
          "http.auth.methods must name basic, bearer or oidc when http.host is not a loopback"
              + " address, was empty for "
              + http.host()
              + "; http.auth.openBeyondLoopback: true lets everybody read");
    }
    boolean apart = http.managementPort() != 0 && http.managementPort() != http.port();
    boolean managed = !http.managementHost().isEmpty();
    boolean exposedMetrics = apart && managed && !loopback(http.managementHost());
    boolean sent = exposed || (exposedMetrics && auth.metrics());
    if (sent && login && !files && !http.tls().atProxy()) {
      problems.add(
          "http.tls.certificateFile must be set when users log in beyond loopback, was empty for "
              + (exposed ? http.host() : http.managementHost())
              + "; http.tls.atProxy: true says that a proxy in front ends TLS");
    }
    if (managed && http.managementPort() == 0) {
      problems.add(
          "http.managementPort must be a port when http.managementHost is set, was 0 for "
              + http.managementHost());
    }
    if (files == http.tls().keyFile().isEmpty()) {
      problems.add("http.tls.certificateFile and http.tls.keyFile must be set together");
    }
    if (login && auth.openBeyondLoopback()) {
      problems.add("http.auth.openBeyondLoopback must be false when http.auth.methods is set");
    }
    accounts(auth, problems);
    if (auth.methods().contains("oidc")) {
      oidc(auth.oidc(), problems);
    }
    return problems;
  }

  private static void accounts(Settings.HttpAuth auth, List<String> problems) {
    boolean needed = auth.methods().contains("basic") || auth.methods().contains("bearer");
    if (needed && auth.credentials().isEmpty() && auth.credentialsFile().isEmpty()) {
      problems.add(
          "http.auth.credentialsFile or http.auth.credentials must hold accounts for basic and"
              + " bearer, both were empty");
    }
    int number = 0;
    for (String line : auth.credentials()) {
      try {
        Credential.parse(line);
      } catch (IllegalArgumentException e) {
        problems.add("http.auth.credentials[" + number + "]: " + e.getMessage());
      }
      number++;
    }
  }

  private static void oidc(Settings.HttpOidc oidc, List<String> problems) {
    required("issuer", oidc.issuer(), problems);
    required("jwksUrl", oidc.jwksUrl(), problems);
    required("audience", oidc.audience(), problems);
  }

  private static void required(String key, String value, List<String> problems) {
    if (value.isBlank()) {
      problems.add("http.auth.oidc." + key + " must be set when http.auth.methods has oidc");
    }
  }

  /** A name that cannot be resolved counts as one that others can reach. */
  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  static HttpConfig config(Settings.Http http) {
    String managementHost = http.managementHost().isEmpty() ? http.host() : http.managementHost();
    Settings.HttpTls tls = http.tls();
    return new HttpConfig(
        http.host(),
        http.port(),
        managementHost,
        http.managementPort(),
        tls.certificateFile().isEmpty()
            ? null
            : new HttpConfig.Tls(Path.of(tls.certificateFile()), Path.of(tls.keyFile())),
        access(http.auth()),
        http.auth().metrics(),
        http.requestsPerSecond());
  }

  private static Access access(Settings.HttpAuth auth) {
    Set<Access.Method> methods = EnumSet.noneOf(Access.Method.class);
    auth.methods().forEach(m -> methods.add(Access.Method.valueOf(m.toUpperCase(Locale.ROOT))));
    return new Access(
        methods,
        auth.credentials(),
        path(auth.credentialsFile()),
        methods.contains(Access.Method.OIDC) ? oidc(auth.oidc()) : null);
  }

  private static OidcConfig oidc(Settings.HttpOidc oidc) {
    return new OidcConfig(
        oidc.issuer(),
        URI.create(oidc.jwksUrl()),
        oidc.audience(),
        oidc.algorithms(),
        oidc.nameClaim(),
        oidc.rolesClaim(),
        oidc.viewers(),
        oidc.analysts(),
        oidc.admins(),
        path(oidc.caFile()),
        oidc.clockSkew());
  }

  private static @Nullable Path path(String file) {
    return file.isEmpty() ? null : Path.of(file);
  }
}
