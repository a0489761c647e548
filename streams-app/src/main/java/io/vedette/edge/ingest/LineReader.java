package io.vedette.edge.ingest;

import com.fasterxml.jackson.core.JsonToken;
import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.core.TraceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one native log line; used once. */
final class LineReader {

  private static final int MAX_ENTRIES = 256; // of groups, of parameters, of scopes
  private static final long MIN_MICROS = 631_152_000_000_000L; // 1990-01-01T00:00:00Z
  private static final long MAX_MICROS = 7_258_118_400_000_000L; // 2200-01-01T00:00:00Z
  private static final int TRACE_DIGITS = 32;
  private static final double MAX_LATENCY_MILLIS = 1e9; // eleven days; longer is no latency

  private final LineCursor at;
  private final FloatRows rows;
  private final OutputReader output;

  private int seen; // one bit per field
  private @Nullable String requestId;
  private long timeMicros = TimeText.NONE;
  private String tenant = "";
  private @Nullable String principal;
  private @Nullable String sessionId;
  private @Nullable String subjectId;
  private Exchange.@Nullable Auth auth;
  private @Nullable ModelRef model;
  private Payload input = Payload.NONE;
  private int status;
  private long latencyMicros = -1;
  private int inputTokens;
  private int outputTokens;
  private Map<String, String> groups = Map.of();
  private Map<String, String> parameters = Map.of();
  private Exchange.Pairing pairing = Exchange.Pairing.SINGLE_EVENT;
  private @Nullable TraceId trace;

  LineReader(LineCursor at, FloatRows rows) {
    this.at = at;
    this.rows = rows;
    this.output = new OutputReader(at, rows);
  }

  Exchange read(Origin origin) throws IOException, IngestException {
    at.json.nextToken();
    at.expectObject();
    String field;
    while ((field = at.nextField()) != null) {
      field(field);
    }
    if (at.json.nextToken() != null) {
      throw new IngestException("line must hold one object and nothing else");
    }
    return exchange(origin);
  }

  private void field(String field) throws IOException, IngestException {
    switch (field) {
      case "requestId" -> requestId = once(0).clientId();
      case "time" -> timeMicros = once(1).micros(MIN_MICROS, MAX_MICROS);
      case "tenant" -> tenant = tenant(once(2));
      case "principal" -> principal = once(3).accountId();
      case "sessionId" -> sessionId = once(4).clientIdOrNull();
      case "subjectId" -> subjectId = once(5).clientIdOrNull();
      case "auth" -> auth = auth(once(6));
      case "model" -> model = model(once(7));
      case "input" -> input = new InputReader(once(8), rows).read();
      case "output" -> {
        once(9);
        output.read();
      }
      case "status" -> status = once(10).integer(0, 999);
      case "latencyMs" -> latencyMicros = latency(once(11));
      case "tokens" -> tokens(once(12));
      case "groups" -> groups = texts(once(13), false);
      case "parameters" -> parameters = texts(once(14), true);
      case "half" -> pairing = pairing(once(15));
      case "traceId" -> trace = trace();
      default -> at.json.skipChildren();
    }
  }

  /** The cursor at a field's value, unless the field was given before. */
  private LineCursor once(int bit) throws IngestException {
    seen = at.once(seen, bit);
    return at;
  }

  /** Ids of other kinds were in logs before this field had a meaning, and are left out. */
  private @Nullable TraceId trace() throws IOException {
    if (at.json.currentToken() != JsonToken.VALUE_STRING
        || at.json.getTextLength() != TRACE_DIGITS) {
      at.json.skipChildren();
      return null;
    }
    return TraceId.parse(at.json.getText());
  }

  private Exchange exchange(Origin origin) throws IngestException {
    if (timeMicros == TimeText.NONE) {
      throw missing("time");
    }
    int inputRows = input instanceof Payload.Features f ? f.rows() : 0;
    List<Answer> answers = output.answers(inputRows);
    if (pairing == Exchange.Pairing.REQUEST_ONLY && output.given()) {
      throw new IngestException("output must be absent when half is request");
    }
    if (pairing == Exchange.Pairing.RESPONSE_ONLY && input != Payload.NONE) {
      throw new IngestException("input must be absent when half is response");
    }
    return new Exchange(
        required(requestId, "requestId"),
        new CallerId(tenant, required(principal, "principal")),
        required(model, "model.name"),
        timeMicros,
        input,
        answers,
        output.text(),
        output.finishReason(),
        status,
        latencyMicros,
        inputTokens,
        outputTokens,
        sessionId,
        subjectId,
        auth,
        groups,
        parameters,
        pairing,
        origin,
        "",
        trace);
  }

  private static <T> T required(@Nullable T value, String field) throws IngestException {
    if (value == null) {
      throw missing(field);
    }
    return value;
  }

  private static IngestException missing(String field) {
    return new IngestException(field + " is required");
  }

  private static String tenant(LineCursor at) throws IOException, IngestException {
    String id = at.idOrNull();
    if (id != null && id.indexOf('|') >= 0) {
      throw at.error("must not hold |, which parts tenant from principal in record keys");
    }
    return id == null ? "" : id;
  }

  private static @Nullable ModelRef model(LineCursor at) throws IOException, IngestException {
    at.expectObject();
    String name = null;
    String version = null;
    String digest = null;
    int seen = 0;
    String field;
    while ((field = at.nextField()) != null) {
      switch (field) {
        case "name" -> {
          seen = at.once(seen, 0);
          name = at.id();
        }
        case "version" -> {
          seen = at.once(seen, 1);
          version = at.idOrNull();
        }
        case "digest" -> {
          seen = at.once(seen, 2);
          digest = at.idOrNull();
        }
        default -> at.json.skipChildren();
      }
    }
    return name == null ? null : new ModelRef(name, version == null ? "" : version, digest);
  }

  private static Exchange.@Nullable Auth auth(LineCursor at) throws IOException, IngestException {
    if (at.atNull()) {
      return null;
    }
    at.expectObject();
    String method = null;
    List<String> scopes = List.of();
    String ip = null;
    int seen = 0;
    String field;
    while ((field = at.nextField()) != null) {
      switch (field) {
        case "method" -> {
          seen = at.once(seen, 0);
          method = at.idOrNull();
        }
        case "scopes" -> {
          seen = at.once(seen, 1);
          scopes = scopes(at);
        }
        case "ip" -> {
          seen = at.once(seen, 2);
          ip = at.accountIdOrNull();
        }
        default -> at.json.skipChildren();
      }
    }
    return new Exchange.Auth(method == null ? "UNKNOWN" : method, scopes, ip);
  }

  private static List<String> scopes(LineCursor at) throws IOException, IngestException {
    if (at.atNull()) {
      return List.of();
    }
    at.expectArray();
    List<String> scopes = new ArrayList<>(2);
    while (at.nextElement()) {
      if (scopes.size() == MAX_ENTRIES) {
        throw at.error("must not be a scope beyond the " + MAX_ENTRIES + "th");
      }
      scopes.add(at.id());
    }
    return List.copyOf(scopes);
  }

  private void tokens(LineCursor at) throws IOException, IngestException {
    if (at.atNull()) {
      return;
    }
    at.expectObject();
    int seen = 0;
    String field;
    while ((field = at.nextField()) != null) {
      switch (field) {
        case "input" -> {
          seen = at.once(seen, 0);
          inputTokens = at.integer(0, Integer.MAX_VALUE);
        }
        case "output" -> {
          seen = at.once(seen, 1);
          outputTokens = at.integer(0, Integer.MAX_VALUE);
        }
        default -> at.json.skipChildren();
      }
    }
  }

  private static long latency(LineCursor at) throws IOException, IngestException {
    if (at.atNull()) {
      return -1;
    }
    double millis = at.number("must be a number");
    if (millis < 0 || millis > MAX_LATENCY_MILLIS) {
      throw at.error("must be from 0 to 1e9 milliseconds");
    }
    return Math.round(millis * 1000);
  }

  /** A map to text; nested values have no short text and are left out, or refused. */
  private static Map<String, String> texts(LineCursor at, boolean nestedIgnored)
      throws IOException, IngestException {
    if (at.atNull()) {
      return Map.of();
    }
    at.expectObject();
    Map<String, String> texts = null;
    String name;
    while ((name = at.nextField()) != null) {
      if (nestedIgnored && at.json.currentToken().isStructStart()) {
        at.json.skipChildren();
        continue;
      }
      String value = at.shortScalar();
      if (name.isEmpty() || name.length() > LineCursor.LONGEST_ID || !LineCursor.printable(name)) {
        throw at.error("must be named by 1 to 256 printable characters");
      }
      if (texts == null) {
        texts = new LinkedHashMap<>(4);
      }
      if (texts.size() == MAX_ENTRIES) {
        throw at.error("must not be an entry beyond the " + MAX_ENTRIES + "th");
      }
      if (texts.put(name, value == null ? "" : value) != null) {
        throw at.error("must not be given twice");
      }
    }
    return texts == null ? Map.of() : Collections.unmodifiableMap(texts);
  }

  private static Exchange.Pairing pairing(LineCursor at) throws IOException, IngestException {
    String half = at.textOrNull();
    if (half == null) {
      return Exchange.Pairing.SINGLE_EVENT;
    }
    return switch (half) {
      case "request" -> Exchange.Pairing.REQUEST_ONLY;
      case "response" -> Exchange.Pairing.RESPONSE_ONLY;
      default -> throw at.error("must be request or response");
    };
  }
}
