package io.vedette.edge.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** How messages become the body of a request. */
public interface HttpBody {

  /** Content type of the body. */
  String contentType();

  /** Messages of one request at most. */
  int mostAtOnce();

  /** The body. */
  String of(List<Message> messages);

  /**
   * Splunk's HTTP Event Collector: one envelope per message, one after the other.
   *
   * @param index index, empty for the token's default
   * @param sourceType source type
   * @param source source, for example the topic
   */
  static HttpBody splunk(String index, String sourceType, String source) {
    return new Splunk(index, sourceType, source);
  }

  /** The message as it is, one per request. */
  static HttpBody webhook(String contentType) {
    return new HttpBody() {
      @Override
      public String contentType() {
        return contentType;
      }

      @Override
      public int mostAtOnce() {
        return 1;
      }

      @Override
      public String of(List<Message> messages) {
        return messages.get(0).text();
      }
    };
  }

  /** Envelopes of the HTTP Event Collector. */
  record Splunk(String index, String sourceType, String source) implements HttpBody {

    private static final int MOST_AT_ONCE = 100; // some 1 MB

    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public int mostAtOnce() {
      return MOST_AT_ONCE;
    }

    @Override
    public String of(List<Message> messages) {
      StringWriter out = new StringWriter(1024 * messages.size());
      JsonFactory factory = new JsonFactory();
      for (Message message : messages) {
        try (JsonGenerator json = factory.createGenerator(out)) {
          envelope(json, message);
        } catch (IOException e) {
          throw new UncheckedIOException("a string takes any text", e);
        }
        out.write('\n');
      }
      return out.toString();
    }

    private void envelope(JsonGenerator json, Message message) throws IOException {
      json.writeStartObject();
      json.writeFieldName("time");
      json.writeNumber(BigDecimal.valueOf(message.timeMillis(), 3));
      json.writeStringField("source", source);
      json.writeStringField("sourcetype", sourceType);
      if (!index.isEmpty()) {
        json.writeStringField("index", index);
      }
      json.writeFieldName("event");
      if (message.text().startsWith("{")) {
        json.writeRawValue(message.text());
      } else {
        json.writeString(message.text());
      }
      json.writeObjectFieldStart("fields"); // must be flat
      json.writeStringField("vedette_id", message.id());
      json.writeStringField("severity", message.severity());
      json.writeStringField("tenant", message.tenant());
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
