package io.vedette.edge.http;

import io.vedette.edge.http.login.Access;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the HTTP edge listens, and to whom.
 *
 * @param host address of the console and the API
 * @param port their port, 0 for a free one
 * @param managementHost address of health and metrics when they have their own port
 * @param managementPort their port; 0 or {@code port} for the same port
 * @param tls key and certificate; null for plain HTTP
 * @param access how users are recognised
 * @param metricsLogin whether metrics need a login where there is one
 * @param requestsPerSecond of one client, in the long run
 */
public record HttpConfig(
    String host,
    int port,
    String managementHost,
    int managementPort,
    @Nullable Tls tls,
    Access access,
    boolean metricsLogin,
    int requestsPerSecond) {

  /**
   * PEM files.
   *
   * @param certificates the certificate, then its chain
   * @param key private key, PKCS #8
   */
  public record Tls(Path certificates, Path key) {}

  /** A loopback port for this machine, without TLS and login. */
  public static HttpConfig loopback(int port) {
    return new HttpConfig("127.0.0.1", port, "127.0.0.1", 0, null, Access.OPEN, true, 50);
  }
}
