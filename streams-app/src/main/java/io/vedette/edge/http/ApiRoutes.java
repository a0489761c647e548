package io.vedette.edge.http;

import io.vedette.core.Incident;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Recent incidents, callers and detectors as JSON, and the console. */
final class ApiRoutes implements Routes {

  private static final String INCIDENTS = "/api/incidents";
  private static final String CALLERS = "/api/callers/";
  private static final int DEFAULT_LIMIT = 100;

  private final HttpSources sources;

  ApiRoutes(HttpSources sources) {
    this.sources = sources;
  }

  @Override
  public @Nullable Response get(String path, String query) {
    if (path.startsWith(INCIDENTS + '/')) {
      return incident(decode(path.substring(INCIDENTS.length() + 1)));
    }
    if (path.startsWith(CALLERS)) {
      return caller(path.substring(CALLERS.length()));
    }
    return switch (path) {
      case "/" -> console();
      case "/style.css" -> new Response(200, Response.CSS, ConsolePage.STYLE);
      case INCIDENTS -> incidents(query);
      case "/api/detectors" -> Response.json(sources.detectors().get());
      default -> null;
    };
  }

  private Response console() {
    List<Incident> latest = sources.incidents().latest(DEFAULT_LIMIT, i -> true);
    return new Response(200, Response.HTML, ConsolePage.render(sources.health().get(), latest));
  }

  private Response incidents(String query) {
    int limit = DEFAULT_LIMIT;
    if (!query.isEmpty()) {
      if (!query.matches("limit=[0-9]{1,4}")) {
        return Response.error(400, "query must be limit=1 to limit=" + RecentIncidents.CAPACITY);
      }
      limit = Integer.parseInt(query.substring("limit=".length()));
    }
    if (limit < 1 || limit > RecentIncidents.CAPACITY) {
      return Response.error(400, "limit must be 1 to " + RecentIncidents.CAPACITY);
    }
    return Response.json(list(limit, i -> true));
  }

  private Response incident(String id) {
    Incident incident = sources.incidents().find(id);
    return incident == null
        ? Response.error(404, "no such incident among the recent ones")
        : Response.json(sources.json().apply(incident));
  }

  /** The dossier of a caller: the recent incidents it is a member of. */
  private Response caller(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length != 2) {
      return Response.error(404, "callers are named by tenant and principal");
    }
    String tenant = decode(parts[0]);
    String principal = decode(parts[1]);
    Predicate<Incident> member =
        i -> i.tenant().equals(tenant) && i.principals().contains(principal);
    return Response.json("{\"incidents\":" + list(RecentIncidents.CAPACITY, member) + "}");
  }

  private String list(int limit, Predicate<Incident> filter) {
    return sources.incidents().latest(limit, filter).stream()
        .map(sources.json())
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Percent-decodes one path segment; the server has refused broken escapes. */
  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
