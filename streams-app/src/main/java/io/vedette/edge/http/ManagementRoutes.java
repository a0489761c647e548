package io.vedette.edge.http;

import org.jspecify.annotations.Nullable;

/** Health and metrics: open to probes, so free of content. */
final class ManagementRoutes implements Routes {

  private final HttpSources sources;

  ManagementRoutes(HttpSources sources) {
    this.sources = sources;
  }

  @Override
  public @Nullable Response get(String path, String query) {
    return switch (path) {
      case "/health/live" -> health(sources.health().get().live());
      case "/health/ready" -> health(sources.health().get().ready());
      case "/health/started" -> health(sources.health().get().started());
      case "/metrics" -> new Response(200, Response.METRICS, sources.metrics().get());
      default -> null;
    };
  }

  private static Response health(boolean up) {
    return new Response(
        up ? 200 : 503, Response.JSON, "{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}");
  }
}
