package io.vedette.app;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** What stands between us and the brokers: secrets, TLS and the login, each named when it fails. */
final class KafkaLogin {

  private KafkaLogin() {}

  /**
   * Properties whose value still names a config provider, one line each: Kafka leaves what it
   * cannot resolve as it is, and would log in with the text.
   */
  static List<String> unresolved(Settings.Kafka kafka) {
    Map<String, Object> properties = new TreeMap<>(kafka.properties());
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    try {
      return SecretReferences.unread(
          "kafka.properties.", new AdminClientConfig(properties).originals());
    } catch (ConfigException e) {
      return List.of("kafka.properties: " + e.getMessage());
    }
  }

  /** Says which of address, TLS, login or time is why a broker gave no answer. */
  static IllegalStateException unanswered(Settings.Kafka kafka, Throwable error) {
    String at = " at kafka.bootstrapServers = " + kafka.bootstrapServers() + ": ";
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SaslAuthenticationException) {
        return new IllegalStateException(
            "the login is refused" + at + text(cause) + keys(kafka), error);
      }
      if (cause instanceof ConfigException || cause instanceof LoginException) {
        return new IllegalStateException("no login" + at + text(cause) + keys(kafka), error);
      }
      if (cause instanceof SslAuthenticationException) {
        return new IllegalStateException(
            "no TLS"
                + at
                + text(root(cause))
                + " (kafka.properties: ssl.truststore.*, ssl.keystore.*)",
            error);
      }
    }
    String protocol = kafka.properties().getOrDefault("security.protocol", "PLAINTEXT");
    return new IllegalStateException(
        "no broker answers" + at + text(error) + " (security.protocol is " + protocol + ")", error);
  }

  private static String keys(Settings.Kafka kafka) {
    boolean byToken = "OAUTHBEARER".equals(kafka.properties().get("sasl.mechanism"));
    return " (kafka.properties: "
        + (byToken ? "sasl.oauthbearer.*" : "sasl.mechanism, sasl.jaas.config")
        + ")";
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String text(Throwable error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }
}
