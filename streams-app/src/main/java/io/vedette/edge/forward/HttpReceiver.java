package io.vedette.edge.forward;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages by HTTP POST; any 2xx is an acknowledgement.
 *
 * <p>400, 406, 409, 410, 411, 413, 414, 415, 422 and 431 are the message's fault and refuse it. All
 * other answers are the receiver's or its configuration's (a wrong token or path, a busy indexer):
 * they lose nothing, the delivery is repeated until they end.
 */
public final class HttpReceiver implements Receiver {

  private static final List<Integer> REFUSALS =
      List.of(400, 406, 409, 410, 411, 413, 414, 415, 422, 431);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final URI address;
  private final HttpBody body;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * A receiver.
   *
   * @param headers sent with each request, such as Authorization
   * @param tls null for the JDK's own trust
   * @param timeout of one request
   */
  public HttpReceiver(
      URI address,
      HttpBody body,
      Map<String, String> headers,
      @Nullable SSLContext tls,
      Duration timeout) {
    this.address = address;
    this.body = body;
    this.headers = Map.copyOf(headers);
    this.timeout = timeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // a token goes where it was meant to
            .connectTimeout(timeout);
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.client = builder.build();
  }

  @Override
  public void deliver(List<Message> messages) throws IOException, RejectedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", body.contentType())
            .POST(BodyPublishers.ofString(body.of(messages), StandardCharsets.UTF_8));
    headers.forEach(request::header);
    if (messages.size() == 1) {
      request.header("Idempotency-Key", messages.get(0).id().replaceAll("[^!-~]", "_"));
    }
    HttpResponse<Void> response;
    try {
      response = client.send(request.build(), BodyHandlers.discarding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while sending");
    }
    judge(response);
  }

  private static void judge(HttpResponse<Void> response) throws IOException, RejectedException {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    String reason = "HTTP " + status;
    if (REFUSALS.contains(status)) {
      throw new RejectedException(reason);
    }
    throw new BusyException(reason, pause(response));
  }

  private static Duration pause(HttpResponse<Void> response) {
    String after = response.headers().firstValue("Retry-After").orElse("");
    if (!after.matches("\\d{1,6}")) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(after));
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  @Override
  public int mostAtOnce() {
    return body.mostAtOnce();
  }

  @Override
  public void close() {
    // the client ends with the process; it holds no messages
  }
}
