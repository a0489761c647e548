package io.vedette.lab;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.vedette.core.Answer;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes exchanges as native log lines (JSON Lines). Numbers are written with the fewest digits
 * that read back as the same float; NaN is written as null.
 */
public final class NativeLog {

  private final JsonFactory json =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  /** One line without its end. */
  public String line(Exchange exchange) {
    StringWriter writer = new StringWriter(512);
    try {
      write(exchange, writer);
    } catch (IOException impossible) {
      throw new IllegalStateException("a string takes every character", impossible);
    }
    return writer.toString();
  }

  /**
   * Writes all exchanges, a line each.
   *
   * @return number of lines
   * @throws IOException when the writer fails
   */
  public long writeAll(Iterable<Exchange> exchanges, Writer writer) throws IOException {
    long lines = 0;
    for (Exchange exchange : exchanges) {
      write(exchange, writer);
      writer.write('\n');
      lines++;
    }
    return lines;
  }

  private void write(Exchange e, Writer writer) throws IOException {
    try (JsonGenerator out = json.createGenerator(writer)) {
      out.writeStartObject();
      out.writeStringField("requestId", e.requestId());
      out.writeStringField("time", Instant.EPOCH.plusNanos(e.timeMicros() * 1_000).toString());
      if (!e.caller().tenant().isEmpty()) {
        out.writeStringField("tenant", e.caller().tenant());
      }
      out.writeStringField("principal", e.caller().principal());
      optional(out, "sessionId", e.sessionId());
      optional(out, "subjectId", e.subjectId());
      auth(out, e.auth());
      out.writeObjectFieldStart("model");
      out.writeStringField("name", e.model().name());
      out.writeStringField("version", e.model().version());
      optional(out, "digest", e.model().digest());
      out.writeEndObject();
      out.writeObjectFieldStart("input");
      input(out, e.input());
      out.writeEndObject();
      out.writeObjectFieldStart("output");
      output(out, e);
      out.writeEndObject();
      if (e.status() != 0) {
        out.writeNumberField("status", e.status());
      }
      if (e.latencyMicros() >= 0) {
        out.writeNumberField("latencyMs", e.latencyMicros() / 1_000);
      }
      out.writeObjectFieldStart("tokens");
      out.writeNumberField("input", e.inputTokens());
      out.writeNumberField("output", e.outputTokens());
      out.writeEndObject();
      map(out, "groups", e.groups());
      map(out, "parameters", e.parameters());
      optional(out, "traceId", e.trace() == null ? null : e.trace().toString());
      out.writeEndObject();
    }
  }

  private static void optional(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }

  private static void auth(JsonGenerator out, Exchange.@Nullable Auth auth) throws IOException {
    if (auth == null) {
      return;
    }
    out.writeObjectFieldStart("auth");
    out.writeStringField("method", auth.method());
    out.writeArrayFieldStart("scopes");
    for (String scope : auth.scopes()) {
      out.writeString(scope);
    }
    out.writeEndArray();
    optional(out, "ip", auth.ip());
    out.writeEndObject();
  }

  private static void input(JsonGenerator out, Payload payload) throws IOException {
    if (payload instanceof Payload.Features f) {
      features(out, f);
    } else if (payload instanceof Payload.Text text) {
      out.writeArrayFieldStart("messages");
      for (Payload.Message message : text.messages()) {
        out.writeStartObject();
        out.writeStringField("role", message.role());
        out.writeStringField("content", message.content());
        out.writeEndObject();
      }
      out.writeEndArray();
    } else if (payload instanceof Payload.Hash hash) {
      out.writeStringField("hash", hash.value());
    }
  }

  private static void features(JsonGenerator out, Payload.Features f) throws IOException {
    out.writeArrayFieldStart(f.embedding() ? "embedding" : "features");
    for (int r = 0; r < f.rows(); r++) {
      if (f.rows() > 1) {
        out.writeStartArray();
      }
      for (int i = r * f.columns(); i < (r + 1) * f.columns(); i++) {
        number(out, f.values()[i]);
      }
      if (f.rows() > 1) {
        out.writeEndArray();
      }
    }
    out.writeEndArray();
    if (f.shape().length > 1) {
      out.writeFieldName("shape");
      out.writeArray(f.shape(), 0, f.shape().length);
    }
    if (!f.categorical().isEmpty() && f.rows() == 1) {
      out.writeObjectFieldStart("categorical");
      for (Payload.Categorical column : f.categorical()) {
        out.writeStringField(column.name(), column.values().get(0));
      }
      out.writeEndObject();
    }
  }

  /** Labels and values of a batch are lists, one entry a row. */
  private static void output(JsonGenerator out, Exchange e) throws IOException {
    boolean batch = e.rows() > 1;
    if (e.answer(0).label() != null) {
      out.writeFieldName("label");
      begin(out, batch);
      for (Answer answer : e.answers()) {
        out.writeString(answer.label());
      }
      end(out, batch);
    }
    if (e.answer(0).probabilities().length > 0) {
      out.writeFieldName("probabilities");
      begin(out, batch);
      for (Answer answer : e.answers()) {
        out.writeStartArray();
        for (float p : answer.probabilities()) {
          number(out, p);
        }
        out.writeEndArray();
      }
      end(out, batch);
    }
    if (!Double.isNaN(e.answer(0).value())) {
      out.writeFieldName("value");
      begin(out, batch);
      for (Answer answer : e.answers()) {
        out.writeNumber(answer.value());
      }
      end(out, batch);
    }
    optional(out, "text", e.text());
    optional(out, "finishReason", e.finishReason());
  }

  private static void begin(JsonGenerator out, boolean list) throws IOException {
    if (list) {
      out.writeStartArray();
    }
  }

  private static void end(JsonGenerator out, boolean list) throws IOException {
    if (list) {
      out.writeEndArray();
    }
  }

  private static void number(JsonGenerator out, float value) throws IOException {
    if (Float.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeNull();
    }
  }

  private static void map(JsonGenerator out, String name, Map<String, String> map)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }
}
