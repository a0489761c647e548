package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Payload;
import io.vedette.inference.v1.AuthMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells exchanges that a topic would give back as they are, so that a replay needs not write and
 * read them to see what the service would see.
 */
final class PlainExchanges {

  /*
   * Says yes only where that is sure: what is rare (texts, padding, unequal rows, ids that must be
   * hashed) is left to the codec itself. A test writes and reads random exchanges of every kind
   * and compares those that are plain here.
   */

  private static final int MAX_REQUEST_ID = 256;
  private static final int MAX_VALUES = 1 << 16;
  private static final int MAX_ROWS = 1024;
  private static final int MAX_ENTRIES = 64;
  private static final int FIRST_HTTP_CODE = 100;

  private PlainExchanges() {}

  /** True when reading what was written gives an equal exchange, up to pairing and origin. */
  static boolean plain(Exchange e) {
    return (e.pairing() == Exchange.Pairing.SINGLE_EVENT || e.pairing() == Exchange.Pairing.PAIRED)
        && text(e.requestId(), MAX_REQUEST_ID)
        && id(e.caller().tenant())
        && id(e.caller().principal())
        && !e.caller().principal().isEmpty()
        && model(e.model())
        && numbers(e)
        && e.text() == null
        && e.finishReason() == null
        && named(e.sessionId())
        && named(e.subjectId())
        && auth(e.auth())
        && map(e.groups())
        && map(e.parameters())
        && input(e.input())
        && answers(e.answers());
  }

  private static boolean model(ModelRef model) {
    return !model.name().isEmpty()
        && id(model.name())
        && id(model.version())
        && named(model.digest());
  }

  private static boolean numbers(Exchange e) {
    return (e.status() == 0 || e.status() >= FIRST_HTTP_CODE)
        && e.latencyMicros() >= -1
        && e.inputTokens() >= 0
        && e.outputTokens() >= 0;
  }

  private static boolean auth(Exchange.@Nullable Auth auth) {
    if (auth == null) {
      return true;
    }
    AuthMethod method = TrafficRecords.method(auth.method());
    return method != null
        && method != AuthMethod.UNKNOWN
        && method.name().equals(auth.method())
        && named(auth.ip())
        && texts(auth.scopes());
  }

  private static boolean texts(List<String> texts) {
    if (texts.size() > MAX_ENTRIES) {
      return false;
    }
    for (String text : texts) {
      if (!id(text)) {
        return false;
      }
    }
    return true;
  }

  private static boolean map(Map<String, String> map) {
    if (map.size() > MAX_ENTRIES) {
      return false;
    }
    for (Map.Entry<String, String> entry : map.entrySet()) {
      if (!id(entry.getKey()) || !id(entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean input(Payload input) {
    if (!(input instanceof Payload.Features f)) {
      return input instanceof Payload.None;
    }
    long product = 1;
    for (int dimension : f.shape()) {
      product *= dimension;
    }
    return f.columns() > 0
        && f.rows() > 0
        && f.rows() <= MAX_ROWS
        && f.shape().length > 0
        && f.shape().length <= 8
        && product == f.columns()
        && f.values().length <= MAX_VALUES
        && f.values().length == (long) f.rows() * f.columns()
        && (f.categorical().isEmpty() || !f.embedding())
        && columns(f.categorical(), f.rows());
  }

  /** Columns come back in ascending order of name; equal names would be parts of one. */
  private static boolean columns(List<Payload.Categorical> columns, int rows) {
    if (columns.size() > MAX_ENTRIES) {
      return false;
    }
    String previous = null;
    for (Payload.Categorical column : columns) {
      if (previous != null && previous.compareTo(column.name()) >= 0) {
        return false;
      }
      if (!id(column.name()) || column.values().size() != rows || !texts(column.values())) {
        return false;
      }
      previous = column.name();
    }
    return true;
  }

  private static boolean answers(List<Answer> answers) {
    if (answers.size() > MAX_ROWS) {
      return false;
    }
    int classes = answers.isEmpty() ? 0 : answers.get(0).probabilities().length;
    for (Answer answer : answers) {
      float[] p = answer.probabilities();
      if (p.length != classes || (classes > 0 && Float.isNaN(p[classes - 1]))) {
        return false; // rows are padded with NaN on the wire
      }
      if (answer.label() != null && !id(answer.label())) {
        return false;
      }
    }
    return classes <= MAX_VALUES / MAX_ROWS;
  }

  private static boolean named(@Nullable String text) {
    return text == null || (!text.isEmpty() && id(text));
  }

  private static boolean id(String text) {
    return text(text, ExchangeAssembly.MAX_ID);
  }

  /** Half of a surrogate pair does not survive UTF-8. */
  private static boolean text(String text, int longest) {
    int length = text.length();
    if (length > longest) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
