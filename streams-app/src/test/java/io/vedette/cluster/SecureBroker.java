package io.vedette.cluster;

import io.vedette.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler;
import org.jspecify.annotations.Nullable;

/**
 * A broker with a listener that wants TLS and SCRAM-SHA-512, one that wants TLS and a plain
 * password, one that wants TLS and a token, one that wants a client's certificate, and Kafka's own
 * authorizer that allows nothing unless told. A listener without all of these is the
 * administrator's.
 */
public final class SecureBroker implements AutoCloseable {

  private static final String BEARER =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

  private final Node node;
  private final String address;
  private final String passwordAddress;
  private final String certificateAddress;
  private final String tokenAddress;
  private final Admin admin;
  private final Certificates certificates;
  private final Map<String, Certificates> clients = new TreeMap<>();

  /**
   * Starts it.
   *
   * @param directory for its data and certificates
   * @param users logins; the password of each is its name with {@code -secret} behind it
   * @param certified those of them that have a certificate as well
   * @param tokens whose tokens are believed, if any; Kafka reads the keys only if the process
   *     {@linkplain TokenIssuer#ALLOWED allows} it
   */
  public SecureBroker(
      Path directory, List<String> users, List<String> certified, @Nullable TokenIssuer tokens)
      throws Exception {
    Files.createDirectories(directory);
    certificates = Certificates.make(directory, "broker");
    StringBuilder trusted = new StringBuilder();
    for (String user : certified) {
      Certificates made = Certificates.make(directory, user);
      clients.put(user, made);
      trusted.append(Files.readString(made.certificate()));
    }
    List<Integer> ports = FreePorts.some(6);
    address = "127.0.0.1:" + ports.get(0);
    String administrator = "127.0.0.1:" + ports.get(1);
    String controller = "127.0.0.1:" + ports.get(2);
    passwordAddress = "127.0.0.1:" + ports.get(3);
    certificateAddress = "127.0.0.1:" + ports.get(4);
    tokenAddress = "127.0.0.1:" + ports.get(5);
    var p = new Properties();
    p.putAll(Node.SMALL);
    p.put("node.id", "1");
    p.put("log.dirs", directory.resolve("data").toString());
    List<String> each = new ArrayList<>();
    each.add("SECURE://" + address);
    each.add("ADMIN://" + administrator);
    each.add("PASSWORD://" + passwordAddress);
    each.add("CERTIFICATE://" + certificateAddress);
    if (tokens != null) {
      each.add("TOKEN://" + tokenAddress);
      tokens(p, tokens);
    }
    String listeners = String.join(",", each);
    p.put("listeners", listeners + ",CONTROLLER://" + controller);
    p.put("advertised.listeners", listeners);
    p.put("inter.broker.listener.name", "ADMIN");
    p.put(
        "listener.security.protocol.map",
        "SECURE:SASL_SSL,PASSWORD:SASL_SSL,TOKEN:SASL_SSL,CERTIFICATE:SSL,ADMIN:PLAINTEXT,"
            + "CONTROLLER:PLAINTEXT");
    p.put("controller.quorum.voters", "1@" + controller);
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      p.put(topic + ".replication.factor", "1");
    }
    p.put("transaction.state.log.min.isr", "1");
    p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.put("super.users", "User:ANONYMOUS"); // who comes by the other two listeners
    p.put("listener.name.secure.sasl.enabled.mechanisms", "SCRAM-SHA-512");
    p.put(
        "listener.name.secure.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    p.put("listener.name.password.sasl.enabled.mechanisms", "PLAIN");
    StringBuilder passwords = new StringBuilder(PLAIN + " required");
    users.forEach(u -> passwords.append(" user_" + u + "=\"" + password(u) + '"'));
    p.put("listener.name.password.plain.sasl.jaas.config", passwords + ";");
    for (String listener : List.of("secure", "password", "token", "certificate")) {
      String ssl = "listener.name." + listener + ".ssl.";
      p.put(ssl + "keystore.type", "PEM");
      p.put(ssl + "keystore.location", certificates.keyAndCertificate().toString());
    }
    p.put("listener.name.certificate.ssl.client.auth", "required");
    p.put("listener.name.certificate.ssl.truststore.type", "PEM");
    p.put(
        "listener.name.certificate.ssl.truststore.location",
        Files.writeString(
                directory.resolve("clients.crt"),
                certified.isEmpty() ? Files.readString(certificate()) : trusted)
            .toString());
    // The common name is the user.
    p.put("listener.name.certificate.ssl.principal.mapping.rules", "RULE:^CN=([^,]+)$/$1/,DEFAULT");
    List<String> logins = new ArrayList<>();
    for (String user : users) {
      logins.add("SCRAM-SHA-512=[name=" + user + ",password=" + password(user) + "]");
    }
    node = new Node(p, Uuid.randomUuid().toString(), logins);
    admin = Admin.create(Map.of("bootstrap.servers", administrator));
  }

  private static void tokens(Properties p, TokenIssuer tokens) {
    String token = "listener.name.token.";
    String oauth = token + "oauthbearer.";
    p.put(token + "sasl.enabled.mechanisms", "OAUTHBEARER");
    p.put(oauth + "sasl.jaas.config", BEARER + " required;");
    p.put(
        oauth + "sasl.server.callback.handler.class",
        OAuthBearerValidatorCallbackHandler.class.getName());
    p.put(oauth + "sasl.oauthbearer.jwks.endpoint.url", tokens.keysUrl());
    p.put(oauth + "sasl.oauthbearer.expected.audience", TokenIssuer.AUDIENCE);
    p.put(oauth + "sasl.oauthbearer.expected.issuer", TokenIssuer.ISSUER);
  }

  /** Where clients log in by SCRAM. */
  public String address() {
    return address;
  }

  /** Where clients log in by a plain password. */
  public String passwordAddress() {
    return passwordAddress;
  }

  /** Where clients log in by a token. */
  public String tokenAddress() {
    return tokenAddress;
  }

  /** Where clients show a certificate. */
  public String certificateAddress() {
    return certificateAddress;
  }

  /** Key and certificate of a user that has one, PEM. */
  public Path clientCertificate(String user) {
    Certificates made = clients.get(user);
    if (made == null) {
      throw new IllegalArgumentException(
          "user must be one of " + clients.keySet() + ", was " + user);
    }
    return made.keyAndCertificate();
  }

  /** May do everything. */
  public Admin admin() {
    return admin;
  }

  /** The certificate that clients trust, PEM. */
  public Path certificate() {
    return certificates.certificate();
  }

  /** A certificate that the broker does not show, PEM. */
  public static Path strangersCertificate(Path directory) throws Exception {
    return Certificates.make(directory, "stranger").certificate();
  }

  /** Key and certificate of somebody whom the broker does not know, PEM. */
  public static Path strangersKey(Path directory) throws Exception {
    return Certificates.make(directory, "stranger").keyAndCertificate();
  }

  /** The password of a user. */
  public static String password(String user) {
    return user + "-secret";
  }

  /** Kafka properties of a client that logs in as a user. */
  public Map<String, String> client(String user) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
            + user
            + "\" password=\""
            + password(user)
            + "\";",
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        certificate().toString());
  }

  /** Allows one operation. */
  public void allow(String user, ResourcePattern resource, AclOperation operation)
      throws InterruptedException {
    done(admin.createAcls(List.of(binding(user, resource, operation))).all());
  }

  /** Allows all of these. */
  public void allow(String user, List<AclScript.Right> rights) throws InterruptedException {
    List<AclBinding> bindings = new ArrayList<>();
    rights.forEach(right -> bindings.add(binding(user, right.resource(), right.operation())));
    done(admin.createAcls(bindings).all());
  }

  /** Takes one right away. */
  public void forbid(String user, ResourcePattern resource, AclOperation operation)
      throws InterruptedException {
    done(admin.deleteAcls(List.of(binding(user, resource, operation).toFilter())).all());
  }

  private static AclBinding binding(String user, ResourcePattern resource, AclOperation operation) {
    return new AclBinding(
        resource, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
  }

  private static void done(KafkaFuture<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("rights cannot be changed", e);
    }
  }

  @Override
  public void close() {
    admin.close();
    node.close();
  }

  /** The same properties as environment variables of the service. */
  public static Map<String, String> environment(Map<String, String> properties) {
    Map<String, String> environment = new TreeMap<>();
    properties.forEach(
        (key, value) ->
            environment.put(
                "VEDETTE_KAFKA_PROPERTIES_" + key.replace('.', '_').toUpperCase(Locale.ROOT),
                value));
    return environment;
  }
}
