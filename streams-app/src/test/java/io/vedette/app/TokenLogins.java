package io.vedette.app;

import io.vedette.cluster.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Logins by the token of a service account, with the properties and the Java option that the chart
 * renders for them; only the directory of the token is another.
 */
final class TokenLogins implements AutoCloseable {

  /** What the chart makes of its values for OAUTHBEARER. */
  private static final Path RENDERED =
      Path.of("..", "helm", "src", "test", "resources", "golden", "oauth-values.yaml");

  private static final String MOUNTED = "/var/run/vedette/kafka-token";

  private final Path directory;
  private final TokenIssuer issuer;
  private final String option;
  private final Map<String, String> properties = new TreeMap<>();

  TokenLogins(Path directory) throws Exception {
    this.directory = Files.createDirectories(directory);
    issuer = new TokenIssuer(directory);
    String rendered = Files.readString(RENDERED);
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(rendered)) {
      if (document instanceof Map<?, ?> map
          && map.get("data") instanceof Map<?, ?> data
          && data.get("vedette.yaml") instanceof String settings) {
        login(settings);
      }
    }
    String start = "-D" + TokenIssuer.ALLOWED + "=";
    int from = rendered.indexOf(start) + start.length();
    option = rendered.substring(from, rendered.indexOf('"', from)).split(" ", 2)[0];
    allow();
  }

  private void login(String settings) {
    Map<String, Map<String, Map<String, Object>>> read =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(settings);
    read.get("kafka")
        .get("properties")
        .forEach(
            (key, value) -> {
              if (key.startsWith("sasl.") || key.equals("security.protocol")) {
                properties.put(key, value.toString().replace(MOUNTED, directory.toString()));
              }
            });
  }

  TokenIssuer issuer() {
    return issuer;
  }

  /** Properties of the client. */
  Map<String, String> properties() {
    return properties;
  }

  /** Lets this process read what the chart lets the service read, and what the broker reads. */
  void allow() {
    String token = option.replace(MOUNTED, directory.toString());
    System.setProperty(TokenIssuer.ALLOWED, token + "," + issuer.keysUrl());
  }

  /** Takes the chart's option away. */
  void forbid() {
    System.setProperty(TokenIssuer.ALLOWED, issuer.keysUrl());
  }

  /** Puts a token where the cluster would. */
  void project(String token) throws IOException {
    Files.writeString(file(), token);
  }

  Path file() {
    return directory.resolve("token");
  }

  @Override
  public void close() {
    System.clearProperty(TokenIssuer.ALLOWED);
  }
}
