package io.vedette.app;

import io.vedette.edge.cli.Api;
import io.vedette.edge.cli.ApiException;
import io.vedette.edge.http.Health;
import io.vedette.edge.http.LocalApi;
import io.vedette.edge.http.Response;
import io.vedette.edge.http.login.Role;
import io.vedette.edge.http.login.User;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/**
 * The API over the topics themselves, without a service. Kafka's rights decide what may be read and
 * written; the author of verdicts is the user of this machine.
 */
final class TopicApi implements Api {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2); // to read what is there
  private static final long LOOK_MILLIS = 50;

  private final WireSerdes wire;
  private final SocView view;
  private final LocalApi api;
  private boolean caughtUp;

  TopicApi(Settings settings, String user, boolean findings) {
    wire = new WireSerdes(new Wiring(settings).wireSettings());
    view = new SocView(settings, wire, findings, incident -> {});
    Health health = new Health(true, true, true, "topics");
    api = new LocalApi(view.sources(() -> health, () -> ""), new User(user, Role.ADMIN));
    view.start();
  }

  @Override
  public String get(String target) throws IOException {
    catchUp();
    return body(api.get(target));
  }

  @Override
  public String post(String target, String json) throws IOException {
    catchUp();
    return body(api.post(target, json));
  }

  private static String body(Response response) throws ApiException {
    if (response.status() / 100 != 2) {
      throw new ApiException(response.status(), response.body());
    }
    return response.body();
  }

  private void catchUp() throws IOException {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!caughtUp) {
      caughtUp = view.caughtUp();
      RuntimeException failure = view.failure();
      if (failure != null) {
        throw new IOException("the topics cannot be read", failure);
      }
      if (System.nanoTime() - end > 0) {
        throw new IOException("the topics were not read within two minutes");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while reading the topics");
      }
    }
  }

  @Override
  public void close() {
    view.close();
    wire.close();
  }
}
