package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Payload;
import io.vedette.inference.v1.AuthMethod;
import io.vedette.inference.v1.DType;
import io.vedette.inference.v1.IdTrust;
import io.vedette.inference.v1.PairingState;
import io.vedette.inference.v1.PayloadMode;
import io.vedette.inference.v1.Role;
import io.vedette.inference.v1.SourceFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes exchanges straight to bytes in the order of our schemas, without generated records. */
final class PositionalExchangeEncoder {

  /*
   * The bytes are those that Avro writes of the records of TrafficRecords; a test compares them on
   * random exchanges, so a field added there and not here is found.
   *
   * Order of the fields: InferenceRequest.avsc, InferenceResponse.avsc, InferenceExchange.avsc.
   */

  private PositionalExchangeEncoder() {}

  static void exchange(Exchange from, AvroOutput out) {
    if (from.pairing() == Exchange.Pairing.RESPONSE_ONLY) {
      out.writeNothing();
    } else {
      out.writePresent();
      request(from, out);
    }
    if (from.pairing() == Exchange.Pairing.REQUEST_ONLY) {
      out.writeNothing();
    } else {
      out.writePresent();
      response(from, out);
    }
    out.writeEnum(PairingState.valueOf(from.pairing().name()));
    out.writeNothing(); // pairedTime
  }

  static void request(Exchange from, AvroOutput out) {
    out.writeString(TrafficRecords.eventId(from, "request"));
    out.writeString(RequestIds.bounded(from.requestId()));
    out.writeString(""); // pairingScope
    out.writeEnum(IdTrust.UNKNOWN);
    out.writeLong(from.timeMicros());
    out.writeNothing(); // observedTime
    out.writeEnum(SourceFormat.UNKNOWN);
    out.writeString(""); // emitter
    caller(from, out);
    model(from.model(), out);
    out.writeOptional(from.trace());
    out.writeNothing(); // spanId
    out.writeString("predict");
    out.writeInt(from.rows());
    input(from.input(), out);
    out.writeMap(from.parameters());
    out.writeNothing(); // requestedLogprobs
    out.writeBoolean(false); // stream
    positive(from.inputTokens(), out);
    out.writeNothing(); // sampleRate
    out.writeMap(from.groups());
    out.writeMap(TrafficRecords.attributes(from));
    out.writeOptional(from.subjectId());
  }

  static void response(Exchange from, AvroOutput out) {
    out.writeString(TrafficRecords.eventId(from, "response"));
    out.writeString(RequestIds.bounded(from.requestId()));
    out.writeString(""); // pairingScope
    out.writeLong(from.timeMicros() + Math.max(0, from.latencyMicros()));
    out.writeEnum(SourceFormat.UNKNOWN);
    out.writeString(""); // emitter
    out.writePresent();
    caller(from, out);
    model(from.model(), out);
    out.writeOptional(from.trace());
    out.writeNothing(); // spanId
    out.writeEnum(Statuses.normalised(from.status()));
    positive(from.status(), out);
    out.writeNothing(); // errorType
    if (from.latencyMicros() >= 0) {
      out.writePresent();
      out.writeLong(from.latencyMicros());
    } else {
      out.writeNothing();
    }
    out.writeNothing(); // timeToFirstTokenMicros
    out.writeEnum(TrafficRecords.disclosure(from));
    candidates(from.answers(), out);
    probabilities(from.answers(), out);
    out.writeNothing(); // logprobs
    output(from.text(), out);
    out.writeStrings(from.finishReason() == null ? List.of() : List.of(from.finishReason()));
    positive(from.inputTokens(), out);
    positive(from.outputTokens(), out);
    out.writeNothing(); // cachedTokens
    out.writeNothing(); // reasoningTokens
    out.writeNothing(); // guardrailActions
    out.writeNothing(); // cacheHit
    out.writeNothing(); // attributes
  }

  private static void positive(int value, AvroOutput out) {
    if (value > 0) {
      out.writePresent();
      out.writeInt(value);
    } else {
      out.writeNothing();
    }
  }

  private static void caller(Exchange from, AvroOutput out) {
    Exchange.Auth auth = from.auth();
    AuthMethod method = auth == null ? null : TrafficRecords.method(auth.method());
    out.writeString(from.caller().principal());
    out.writeString(from.caller().tenant());
    out.writeNothing(); // apiKeyHash
    out.writeNothing(); // endUserId
    out.writeOptional(from.sessionId());
    out.writeOptional(auth == null ? null : auth.ip());
    out.writeNothing(); // userAgentHash
    out.writeEnum(method == null ? AuthMethod.UNKNOWN : method);
    out.writeEnum(TrafficRecords.strength(method));
    out.writeStrings(auth == null ? List.of() : auth.scopes());
  }

  private static void model(ModelRef from, AvroOutput out) {
    out.writeString(from.name());
    out.writeString(from.version());
    out.writeOptional(from.digest());
    out.writeString(""); // provider
    out.writeString(""); // namespace
    out.writeString(""); // endpoint
    out.writeNothing(); // requestedName
    out.writeNothing(); // systemFingerprint
  }

  private static void input(Payload from, AvroOutput out) {
    if (from instanceof Payload.Features features) {
      openPayload(PayloadMode.FULL, out);
      tensors(features, out);
      out.writeNothing(); // messages
    } else if (from instanceof Payload.Text text) {
      openPayload(PayloadMode.FULL, out);
      out.writeNothing(); // tensors
      if (!text.messages().isEmpty()) {
        out.writeInt(text.messages().size());
        for (Payload.Message message : text.messages()) {
          message(TrafficRecords.role(message.role()), message.content(), out);
        }
      }
      out.writeNothing();
    } else {
      openPayload(from instanceof Payload.Hash ? PayloadMode.HASHED : PayloadMode.NONE, out);
      out.writeNothing(); // tensors
      out.writeNothing(); // messages
    }
    closePayload(out);
  }

  private static void output(@Nullable String text, AvroOutput out) {
    openPayload(text == null ? PayloadMode.NONE : PayloadMode.FULL, out);
    out.writeNothing(); // tensors
    if (text != null) {
      out.writeInt(1);
      message(Role.ASSISTANT, text, out);
    }
    out.writeNothing();
    closePayload(out);
  }

  private static void openPayload(PayloadMode mode, AvroOutput out) {
    out.writeEnum(mode);
    out.writeString(""); // contentType
    out.writeLong(0); // originalBytes
    out.writeNothing(); // bodyHmac
  }

  private static void closePayload(AvroOutput out) {
    out.writeNothing(); // sketches
    out.writeNothing(); // raw
  }

  private static void message(Role role, String text, AvroOutput out) {
    out.writeEnum(role);
    out.writeString(text);
    out.writeInt(text.length());
    out.writeNothing(); // textHmac
    out.writeNothing(); // simHash
    out.writeNothing(); // toolNames
    out.writeNothing(); // modalities
  }

  private static void tensors(Payload.Features from, AvroOutput out) {
    TrafficRecords.checkSize(from);
    boolean numeric = from.columns() > 0 || from.categorical().isEmpty();
    out.writeInt((numeric ? 1 : 0) + from.categorical().size());
    if (numeric) {
      out.writeString(from.embedding() ? InputAssembly.EMBEDDING : InputAssembly.FEATURES);
      out.writeEnum(DType.FP32);
      shape(from.rows(), from.shape(), out);
      out.writeFloats(from.values());
      out.writeNothing(); // strings
      out.writeBoolean(true); // batched
    }
    int[] scalar = {};
    for (Payload.Categorical column : from.categorical()) {
      out.writeString(column.name());
      out.writeEnum(DType.STRING);
      shape(from.rows(), scalar, out);
      out.writeNothing(); // data
      out.writeStrings(column.values());
      out.writeBoolean(true); // batched
    }
    out.writeNothing();
  }

  private static void shape(int rows, int[] row, AvroOutput out) {
    out.writeInt(1 + row.length);
    out.writeLong(rows);
    for (int dimension : row) {
      out.writeLong(dimension);
    }
    out.writeNothing();
  }

  private static void candidates(List<Answer> answers, AvroOutput out) {
    if (!answers.isEmpty()) {
      out.writeInt(answers.size());
      for (int row = 0; row < answers.size(); row++) {
        candidate(row, answers.get(row), out);
      }
    }
    out.writeNothing();
  }

  private static void candidate(int row, Answer answer, AvroOutput out) {
    float[] p = answer.probabilities();
    out.writeInt(row);
    out.writeOptional(answer.label());
    if (p.length > 0) {
      out.writePresent();
      out.writeInt(answer.topClass());
      out.writePresent();
      out.writeFloat(answer.confidence());
    } else {
      out.writeNothing(); // classIndex
      out.writeNothing(); // confidence
    }
    if (p.length > 1) {
      out.writePresent();
      out.writeFloat(TrafficRecords.margin(p));
      out.writePresent();
      out.writeFloat(TrafficRecords.entropy(p));
    } else {
      out.writeNothing(); // margin
      out.writeNothing(); // entropy
    }
    if (Double.isNaN(answer.value())) {
      out.writeNothing(); // score
    } else {
      out.writePresent();
      out.writeDouble(answer.value());
    }
  }

  private static void probabilities(List<Answer> answers, AvroOutput out) {
    int classes = TrafficRecords.classes(answers);
    if (classes == 0) {
      out.writeNothing();
      return;
    }
    out.writePresent();
    out.writeString("probabilities");
    out.writeEnum(DType.FP32);
    shape(answers.size(), new int[] {classes}, out);
    out.writeFloats(TrafficRecords.matrix(answers, classes));
    out.writeNothing(); // strings
    out.writeBoolean(true); // batched
  }
}
