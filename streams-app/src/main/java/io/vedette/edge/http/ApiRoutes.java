package io.vedette.edge.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.core.CallerId;
import io.vedette.core.Incident;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Recent incidents, verdicts, callers and detectors as JSON, and the console. */
final class ApiRoutes implements Routes {

  private static final String INCIDENTS = "/api/incidents";
  private static final String VERDICT = "/verdict";
  private static final String CALLERS = "/api/callers/";

  private final HttpSources sources;
  private final Verdicts verdicts;
  private final Clock clock;

  ApiRoutes(HttpSources sources, Clock clock) {
    this.sources = sources;
    this.verdicts = new Verdicts(sources, clock);
    this.clock = clock;
  }

  @Override
  public @Nullable Response get(Call call) {
    String path = call.path();
    if (path.startsWith(INCIDENTS + '/')) {
      return incident(decode(path.substring(INCIDENTS.length() + 1)));
    }
    if (path.startsWith(CALLERS)) {
      return caller(path.substring(CALLERS.length()));
    }
    return switch (path) {
      case "/" -> console(call);
      case "/style.css" -> new Response(200, Response.CSS, ConsolePage.STYLE);
      case INCIDENTS -> incidents(call.query());
      case "/api/detectors" -> Response.json(sources.detectors().get());
      default -> null;
    };
  }

  @Override
  public boolean posts(String path) {
    return path.startsWith(INCIDENTS + '/')
        && path.endsWith(VERDICT)
        && path.length() > INCIDENTS.length() + 1 + VERDICT.length();
  }

  @Override
  public @Nullable Response post(Call call) {
    String path = call.path();
    if (!posts(path)) {
      return null;
    }
    String id = decode(path.substring(INCIDENTS.length() + 1, path.length() - VERDICT.length()));
    RecentIncidents.Entry entry = sources.incidents().find(id);
    return entry == null ? unknown() : verdicts.write(entry.latest(), call);
  }

  private Response console(Call call) {
    List<Incident> latest = sources.incidents().latest(Query.DEFAULT_LIMIT, i -> true);
    return new Response(
        200, Response.HTML, ConsolePage.render(sources.health().get(), latest, call.user()));
  }

  private Response incidents(String raw) {
    Query query;
    try {
      query = Query.parse(raw);
    } catch (IllegalArgumentException e) {
      return Response.error(400, String.valueOf(e.getMessage()));
    }
    List<RecentIncidents.Entry> page =
        sources.incidents().page(query.limit(), query.before(), query.filter());
    Response response = Response.json(list(page));
    return page.size() < query.limit()
        ? response
        : response.with("X-Next-Before", Long.toString(page.get(page.size() - 1).move()));
  }

  private Response incident(String id) {
    RecentIncidents.Entry entry = sources.incidents().find(id);
    if (entry == null) {
      return unknown();
    }
    ObjectNode more = more(entry);
    ArrayNode timeline = more.putArray("timeline");
    entry.steps().forEach(step -> timeline.add(ApiJson.step(step)));
    ObjectNode runbooks = more.putObject("runbooks");
    for (String detector : entry.latest().detectors()) {
      String address = sources.runbook().apply(detector);
      if (!address.isEmpty()) {
        runbooks.put(detector, address);
      }
    }
    return Response.json(ApiJson.with(sources.json().apply(entry.latest()), more));
  }

  private static Response unknown() {
    return Response.error(404, "no such incident among the recent ones");
  }

  /** The dossier of a caller: findings, incidents that it is a member of, exceptions. */
  private Response caller(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length != 2) {
      return Response.error(404, "callers are named by tenant and principal");
    }
    CallerId caller = new CallerId(decode(parts[0]), decode(parts[1]));
    Predicate<Incident> member =
        i -> i.tenant().equals(caller.tenant()) && i.principals().contains(caller.principal());
    ObjectNode json = ApiJson.object();
    json.put("tenant", caller.tenant()).put("principal", caller.principal());
    json.setAll(ApiJson.dossier(sources.dossiers().find(caller)));
    ArrayNode exceptions = json.putArray("exceptions");
    long now = Math.multiplyExact(clock.millis(), 1000L);
    sources
        .judgements()
        .exceptions(caller.tenant(), caller.principal(), now)
        .forEach(judgement -> exceptions.add(ApiJson.judgement(judgement)));
    List<RecentIncidents.Entry> incidents =
        sources.incidents().page(Query.DEFAULT_LIMIT, Long.MAX_VALUE, member);
    String object = json.toString();
    return Response.json(
        object.substring(0, object.length() - 1) + ",\"incidents\":" + list(incidents) + '}');
  }

  private String list(List<RecentIncidents.Entry> entries) {
    return entries.stream()
        .map(entry -> ApiJson.with(sources.json().apply(entry.latest()), more(entry)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private ObjectNode more(RecentIncidents.Entry entry) {
    ObjectNode more = ApiJson.object();
    more.put("sequence", entry.latest().sequence()).put("cursor", entry.move());
    if (entry.latest().closeReason() != null) {
      more.put("closeReason", entry.latest().closeReason());
    }
    Judgement judgement = sources.judgements().on(entry.latest().incidentId());
    if (judgement != null) {
      more.set("verdict", ApiJson.judgement(judgement));
    }
    return more;
  }

  /** Percent-decodes one path segment; the server has refused broken escapes. */
  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
