package io.vedette.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vedette.core.Incident;
import io.vedette.edge.http.login.Role;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes verdicts. An exception must end in time, have a reason, and stay inside the incident that
 * was judged; one for a whole tenant needs an admin.
 */
final class Verdicts {

  private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);
  private static final int LONGEST_NOTE = 4000; // characters
  private static final Set<String> FIELDS = Set.of("verdict", "note", "until", "scope");
  private static final Set<String> SCOPE = Set.of("tenant", "principal", "model", "detector");
  private static final EnumSet<Judgement.Kind> EXCEPTING =
      EnumSet.of(Judgement.Kind.FALSE_POSITIVE, Judgement.Kind.BENIGN);
  private static final ObjectReader READER =
      ApiJson.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final HttpSources sources;
  private final Clock clock;

  /** Why a verdict is not taken; the text is constant. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    RefusedException(int status, String text) {
      super(text);
      this.status = status;
    }

    Response response() {
      return Response.error(status, String.valueOf(getMessage()));
    }
  }

  Verdicts(HttpSources sources, Clock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  Response write(Incident incident, Call call) {
    Judgement judgement;
    try {
      judgement = judgement(incident, json(call.body()), call);
    } catch (RefusedException e) {
      return e.response();
    }
    try {
      sources.verdicts().accept(judgement);
    } catch (RuntimeException e) {
      LOG.error("verdict could not be written", e);
      return Response.error(503, "the verdict could not be written");
    }
    return new Response(201, Response.JSON, ApiJson.judgement(judgement).toString());
  }

  private static JsonNode json(String body) throws RefusedException {
    try {
      JsonNode json = READER.readTree(body);
      if (json != null && json.isObject() && known(json, FIELDS)) {
        return json;
      }
    } catch (JsonProcessingException e) {
      LOG.debug("body of a verdict is not JSON");
    }
    throw new RefusedException(
        400, "the body must be a JSON object with verdict, and maybe note, until and scope");
  }

  private static boolean known(JsonNode json, Set<String> names) {
    Iterator<String> fields = json.fieldNames();
    while (fields.hasNext()) {
      if (!names.contains(fields.next())) {
        return false;
      }
    }
    return true;
  }

  private Judgement judgement(Incident incident, JsonNode json, Call call) throws RefusedException {
    Judgement.Kind kind = kind(text(json, "verdict"));
    String note = text(json, "note");
    note = note == null ? "" : note.strip();
    if (note.length() > LONGEST_NOTE) {
      throw new RefusedException(400, "note must have at most 4000 characters");
    }
    Instant now = clock.instant();
    Instant until = until(text(json, "until"), now);
    Judgement.Scope scope = null;
    if (until != null) {
      if (!EXCEPTING.contains(kind)) {
        throw new RefusedException(400, "only false positive and benign verdicts have an until");
      }
      if (note.isEmpty()) {
        throw new RefusedException(400, "an exception needs a note that says why");
      }
      scope = scope(json.get("scope"), incident);
      if (scope.principal() == null
          && scope.model() == null
          && !call.user().role().includes(Role.ADMIN)) {
        throw new RefusedException(403, "an exception for a whole tenant needs the role admin");
      }
    } else if (json.hasNonNull("scope")) {
      throw new RefusedException(400, "a scope needs an until: no exception is for ever");
    }
    return new Judgement(
        incident.incidentId(),
        kind,
        call.user().name(),
        note,
        micros(now),
        scope,
        until == null ? null : micros(until));
  }

  private static Judgement.Kind kind(@Nullable String text) throws RefusedException {
    for (Judgement.Kind kind : Judgement.Kind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    throw new RefusedException(
        400, "verdict must be TRUE_POSITIVE, FALSE_POSITIVE, BENIGN, DUPLICATE or TEST");
  }

  private @Nullable Instant until(@Nullable String text, Instant now) throws RefusedException {
    if (text == null) {
      return null;
    }
    try {
      Instant until = Instant.parse(text);
      if (until.isAfter(now) && !until.isAfter(now.plus(sources.longestException()))) {
        return until;
      }
    } catch (DateTimeException e) {
      LOG.debug("until of a verdict is no instant");
    }
    throw new RefusedException(
        400,
        "until must be a time such as 2026-03-01T00:00:00Z, at most verdicts.longestException = "
            + sources.longestException()
            + " from now");
  }

  /**
   * What is given, null for all; the rest is the incident's own. It would have to be all where the
   * incident has several, and nobody has said so: that is refused.
   */
  private static Judgement.Scope scope(@Nullable JsonNode json, Incident incident)
      throws RefusedException {
    JsonNode given = json == null || json.isNull() ? ApiJson.object() : json;
    if (!given.isObject() || !known(given, SCOPE)) {
      throw new RefusedException(
          400, "scope must be an object of tenant, principal, model and detector");
    }
    String tenant = text(given, "tenant");
    if (tenant != null && !tenant.equals(incident.tenant())) {
      throw outside();
    }
    return new Judgement.Scope(
        incident.tenant(),
        part(given, "principal", incident.principals()),
        part(given, "model", List.of(incident.model())),
        part(given, "detector", incident.detectors()));
  }

  private static @Nullable String part(JsonNode given, String name, List<String> allowed)
      throws RefusedException {
    if (!given.has(name)) {
      if (allowed.size() > 1) {
        throw new RefusedException(
            400, "the incident has several: the scope must name a " + name + ", or null for all");
      }
      return allowed.isEmpty() ? null : allowed.get(0);
    }
    return within(text(given, name), allowed);
  }

  private static @Nullable String within(@Nullable String value, Collection<String> allowed)
      throws RefusedException {
    if (value != null && !allowed.contains(value)) {
      throw outside();
    }
    return value;
  }

  private static RefusedException outside() {
    return new RefusedException(
        400, "scope must stay inside the incident: its tenant, members, model and detectors");
  }

  private static @Nullable String text(JsonNode json, String field) throws RefusedException {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new RefusedException(400, "verdict, note, until and the scope's parts must be texts");
    }
    return value.textValue();
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }
}
