package io.vedette.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to a list of registries. A connection error or a 5xx answer moves on to the next URL, and
 * after the last one waits and starts over, a bounded number of times; any other answer is final.
 */
final class RegistryHttp {

  private static final int MAX_BODY_BYTES = 4 << 20;
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private final HttpClient client;
  private final List<URI> urls;
  private final RegistryAuth auth;
  private final Duration requestTimeout;
  private final int retries;
  private final Duration backoff;
  private volatile int preferred;

  private RegistryHttp(
      HttpClient client,
      List<URI> urls,
      RegistryAuth auth,
      Duration requestTimeout,
      int retries,
      Duration backoff) {
    this.client = client;
    this.urls = urls;
    this.auth = auth;
    this.requestTimeout = requestTimeout;
    this.retries = retries;
    this.backoff = backoff;
  }

  static RegistryHttp from(Map<String, ?> settings) {
    int connect = WireConfig.number(settings, "http.connect.timeout.ms", 5_000, 1, 600_000);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofMillis(connect));
    RegistryTls.context(settings).ifPresent(builder::sslContext);
    return new RegistryHttp(
        builder.build(),
        RegistryAuth.urls(settings),
        RegistryAuth.from(settings),
        Duration.ofMillis(WireConfig.number(settings, "http.read.timeout.ms", 10_000, 1, 600_000)),
        WireConfig.number(settings, "max.retries", 3, 0, 20),
        Duration.ofMillis(WireConfig.number(settings, "retries.wait.ms", 200, 0, 60_000)));
  }

  /**
   * Makes one call.
   *
   * @return the JSON answer of a 200
   * @throws SchemaRegistryException for anything else
   */
  JsonNode call(String method, String path, @Nullable String body) {
    String last = "";
    for (int round = 0; round <= retries; round++) {
      if (round > 0) {
        pause(round);
      }
      int first = preferred;
      for (int i = 0; i < urls.size(); i++) {
        int index = (first + i) % urls.size();
        Outcome outcome = attempt(urls.get(index), method, path, body);
        if (outcome.answer() != null) {
          preferred = index;
          return outcome.answer();
        }
        last = outcome.problem();
      }
    }
    throw new SchemaRegistryException(
        Kind.UNAVAILABLE, "no registry answered " + method + " " + path + ": " + last);
  }

  /** An answer, or the reason to go on trying. */
  private record Outcome(@Nullable JsonNode answer, String problem) {}

  private Outcome attempt(URI base, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(requestTimeout)
            .header("Accept", MEDIA_TYPE + ", application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE);
    }
    auth.headers(base).forEach(request::header);
    try {
      HttpResponse<byte[]> response =
          client
              .sendAsync(request.build(), info -> new BoundedBody(MAX_BODY_BYTES))
              .get(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
      return answer(response.statusCode(), response.body(), method, path);
    } catch (ExecutionException e) {
      return new Outcome(null, String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return new Outcome(null, "no whole answer in " + requestTimeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SchemaRegistryException(Kind.UNAVAILABLE, "interrupted", e);
    }
  }

  private static Outcome answer(int status, byte[] body, String method, String path) {
    JsonNode json = RegistryClient.parse(body);
    if (status == 200) {
      return json == null || json.isMissingNode()
          ? new Outcome(null, "answer is not JSON")
          : new Outcome(json, "");
    }
    if (status >= 500) {
      return new Outcome(null, "status " + status);
    }
    int code = json == null ? status : json.path("error_code").asInt(status);
    throw new SchemaRegistryException(
        kind(status, code),
        status,
        "registry refused " + method + " " + path + ": status " + status + ", code " + code);
  }

  /** Only a registry's own "not found" speaks about the schema; a wrong path does not. */
  private static Kind kind(int status, int code) {
    return switch (status) {
      case 401, 403, 429 -> Kind.UNAVAILABLE;
      case 404 -> code >= 40401 && code <= 40403 ? Kind.NOT_FOUND : Kind.UNAVAILABLE;
      default -> Kind.REFUSED;
    };
  }

  private void pause(int round) {
    try {
      Thread.sleep(backoff.toMillis() << Math.min(round - 1, 4));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SchemaRegistryException(Kind.UNAVAILABLE, "interrupted", e);
    }
  }
}
