package io.vedette.edge.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values at the parser's place in one line; its errors name the field, not the value.
 */
final class LineCursor {

  static final int LONGEST_ID = 256; // chars, reference: event design 3.1

  // Only these names are echoed in errors: any other name was chosen by who wrote the line.
  private static final Set<String> FIELDS =
      Set.of(
          ("requestId time tenant principal sessionId subjectId auth method scopes ip model name"
                  + " version digest input features categorical shape messages role content"
                  + " embedding hash output label probabilities value text finishReason status"
                  + " latencyMs tokens groups parameters half")
              .split(" "));

  final JsonParser json;
  private final StringCache cache;

  LineCursor(JsonParser json, StringCache cache) {
    this.json = json;
    this.cache = cache;
  }

  /** An error at the current place. */
  IngestException error(String allowed) {
    StringBuilder path = new StringBuilder();
    append(json.getParsingContext(), path);
    return new IngestException((path.length() == 0 ? "line" : path) + " " + allowed);
  }

  private static void append(JsonStreamContext context, StringBuilder path) {
    JsonStreamContext parent = context.getParent();
    if (parent != null) {
      append(parent, path);
    }
    if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.inObject() && context.hasCurrentName()) {
      String name = context.getCurrentName();
      path.append(path.length() == 0 ? "" : ".").append(FIELDS.contains(name) ? name : "*");
    }
  }

  /** Marks a field as seen. */
  int once(int seen, int bit) throws IngestException {
    if ((seen & (1 << bit)) != 0) {
      throw error("must not be given twice");
    }
    return seen | (1 << bit);
  }

  boolean atNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  boolean atArray() {
    return json.currentToken() == JsonToken.START_ARRAY;
  }

  void expectObject() throws IngestException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw error("must be an object");
    }
  }

  void expectArray() throws IngestException {
    if (!atArray()) {
      throw error("must be a list");
    }
  }

  /** Steps to the next field of an object and to its value; null at the object's end. */
  @Nullable String nextField() throws IOException {
    if (json.nextToken() != JsonToken.FIELD_NAME) {
      return null;
    }
    String name = json.currentName();
    json.nextToken();
    return name;
  }

  /** Steps to the next element of a list; false at its end. */
  boolean nextElement() throws IOException {
    return json.nextToken() != JsonToken.END_ARRAY;
  }

  /** The current string, any content. */
  String text() throws IOException, IngestException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw error("must be a string");
    }
    return currentText();
  }

  /** The current string, or null. */
  @Nullable String textOrNull() throws IOException, IngestException {
    return atNull() ? null : text();
  }

  /**
   * A string of its own: what is new on every line a cache would only forget, and of many accounts
   * it would give texts that the processor's caches have forgotten.
   */
  private String freshText() throws IOException, IngestException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw error("must be a string");
    }
    return json.getText();
  }

  private String currentText() throws IOException {
    return cache.get(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  /** Microseconds of the current ISO-8601 string. */
  long micros(long from, long to) throws IOException, IngestException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw error("must be an ISO-8601 instant with offset");
    }
    long micros =
        TimeText.micros(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    if (micros == TimeText.NONE) {
      throw error("must be an ISO-8601 instant with offset, for example 2026-03-01T09:00:00.125Z");
    }
    if (micros < from || micros >= to) {
      throw error("must be from 1990 to 2199");
    }
    return micros;
  }

  /** An identifier: 1 to 256 characters, none of them a control character. */
  String id() throws IOException, IngestException {
    return shortId(text());
  }

  /** {@link #id()} of an account or an address, of which there may be any number. */
  String accountId() throws IOException, IngestException {
    return shortId(freshText());
  }

  private String shortId(String id) throws IngestException {
    checkId(id);
    if (id.length() > LONGEST_ID) {
      throw error("must have at most " + LONGEST_ID + " characters");
    }
    return id;
  }

  /** {@link #id()}, or null for null and the empty string. */
  @Nullable String idOrNull() throws IOException, IngestException {
    return atNull() || json.getTextLength() == 0 ? null : id();
  }

  /** {@link #accountId()}, or null for null and the empty string. */
  @Nullable String accountIdOrNull() throws IOException, IngestException {
    return atNull() || json.getTextLength() == 0 ? null : accountId();
  }

  /** An identifier that a client chose: a longer one is replaced, so that length hides nobody. */
  String clientId() throws IOException, IngestException {
    String id = freshText();
    checkId(id);
    return id.length() > LONGEST_ID ? "h:" + sha256(id) : id;
  }

  /** {@link #clientId()}, or null for null and the empty string. */
  @Nullable String clientIdOrNull() throws IOException, IngestException {
    return atNull() || json.getTextLength() == 0 ? null : clientId();
  }

  private void checkId(String id) throws IngestException {
    if (id.isEmpty()) {
      throw error("must be a non-empty string");
    }
    if (!printable(id)) {
      throw error("must not hold control characters or lone surrogates");
    }
  }

  /** True when a text holds neither control characters nor unpaired surrogates. */
  static boolean printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** A string, number or boolean as text; null for null and the empty string. */
  @Nullable String scalar() throws IOException, IngestException {
    if (atNull()) {
      return null;
    }
    if (!json.currentToken().isScalarValue()) {
      throw error("must be a string, number, boolean or null");
    }
    String text = currentText();
    return text.isEmpty() ? null : text;
  }

  /** {@link #scalar()} whose text is kept short: beyond 256 characters its hash stands for it. */
  @Nullable String shortScalar() throws IOException, IngestException {
    String text = scalar();
    return text != null && text.length() > LONGEST_ID ? "h:" + sha256(text) : text;
  }

  /** A finite number in the range of a 32-bit float, or NaN for null where that is allowed. */
  float real(boolean nullable) throws IOException, IngestException {
    if (nullable && atNull()) {
      return Float.NaN;
    }
    float value = (float) number(nullable ? "must be a number or null" : "must be a number");
    if (Float.isInfinite(value)) {
      throw error("must be in the range of a 32-bit float");
    }
    return value;
  }

  /** A finite number. */
  double number(String allowed) throws IOException, IngestException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
      throw error(allowed);
    }
    double value =
        Decimals.parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    if (Double.isNaN(value)) {
      value = json.getDoubleValue();
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw error("must be finite");
    }
    return value;
  }

  /** A whole number in a range; 0 for null. */
  int integer(int min, int max) throws IOException, IngestException {
    if (atNull()) {
      return 0;
    }
    double value = number("must be a whole number");
    if (value != Math.rint(value) || value < min || value > max) {
      throw error("must be a whole number from " + min + " to " + max);
    }
    return (int) value;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
