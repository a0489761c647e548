package io.vedette.edge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The API of a running service, over HTTP. Follows no redirects and reads at most 32 MiB. */
public final class RemoteApi implements Api {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int LARGEST = 32 << 20; // bytes

  private final HttpClient client;
  private final String base;
  private final String authorization;

  /**
   * An API at an address.
   *
   * @param base for example {@code https://vedette.example.com:8080}
   * @param authorization value of that header, empty for none
   * @param tls whom to trust, null for Java's own list
   * @throws IOException when a login would go over a network in the clear
   */
  public RemoteApi(URI base, String authorization, @Nullable SSLContext tls) throws IOException {
    String host = base.getHost();
    boolean secure = "https".equals(base.getScheme());
    if (!authorization.isEmpty()
        && !secure
        && (host == null || !InetAddress.getByName(host).isLoopbackAddress())) {
      throw new IOException("a login is sent to https or loopback addresses only, was " + base);
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.client = builder.build();
    this.base = base.toString().replaceAll("/+$", "");
    this.authorization = authorization;
  }

  @Override
  public String address() {
    return base;
  }

  @Override
  public String get(String target) throws IOException {
    return send(request(target).GET().build());
  }

  @Override
  public String post(String target, String json) throws IOException {
    return send(
        request(target)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder request(String target) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target)).timeout(TIMEOUT);
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  private String send(HttpRequest request) throws IOException {
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking the service");
    }
    try (InputStream in = response.body()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("the answer is larger than 32 MiB");
      }
      String body = new String(bytes, StandardCharsets.UTF_8);
      if (response.statusCode() / 100 != 2) {
        throw new ApiException(response.statusCode(), body);
      }
      return body;
    }
  }

  @Override
  public void close() {
    // The client ends with its last reference; Java 17 has no close for it.
  }
}
