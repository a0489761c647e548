package io.vedette.edge.http;

import org.jspecify.annotations.Nullable;

/** Health and metrics: open to probes, so free of content. */
final class ManagementRoutes implements Routes {

  private static final String HEALTH = "/health/";
  private static final String METRICS = "/metrics";

  private final HttpSources sources;
  private final boolean metricsLogin;

  ManagementRoutes(HttpSources sources, boolean metricsLogin) {
    this.sources = sources;
    this.metricsLogin = metricsLogin;
  }

  @Override
  public @Nullable Response get(Call call) {
    return switch (call.path()) {
      case "/health/live" -> health(sources.health().get().live());
      case "/health/ready" -> health(sources.health().get().ready());
      case "/health/started" -> health(sources.health().get().started());
      case METRICS -> new Response(200, Response.METRICS, sources.metrics().get());
      default -> null;
    };
  }

  @Override
  public boolean open(String path) {
    return probes(path) || (path.equals(METRICS) && !metricsLogin);
  }

  @Override
  public boolean probes(String path) {
    return path.startsWith(HEALTH);
  }

  private static Response health(boolean up) {
    return new Response(
        up ? 200 : 503, Response.JSON, "{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}");
  }
}
