package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import io.vedette.core.TraceId;
import io.vedette.inference.v1.AuthMethod;
import io.vedette.inference.v1.AuthStrength;
import io.vedette.inference.v1.Caller;
import io.vedette.inference.v1.Candidate;
import io.vedette.inference.v1.ChatMessage;
import io.vedette.inference.v1.DType;
import io.vedette.inference.v1.InferenceExchange;
import io.vedette.inference.v1.InferenceRequest;
import io.vedette.inference.v1.InferenceResponse;
import io.vedette.inference.v1.ModelRef;
import io.vedette.inference.v1.PairingState;
import io.vedette.inference.v1.PayloadMode;
import io.vedette.inference.v1.ProbabilityKind;
import io.vedette.inference.v1.Role;
import io.vedette.inference.v1.Tensor;
import io.vedette.inference.v1.TraceRef;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Makes generated records of core's exchanges. */
final class TrafficRecords {

  /*
   * Nested records are made by constructor, not by builder: a builder copies the default of every
   * field that is not set, which costs more than the rest of the encoding.
   */

  private static final AuthMethod[] METHODS = AuthMethod.values(); // each call copies
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private TrafficRecords() {}

  static InferenceExchange exchange(Exchange from) {
    InferenceExchange.Builder to =
        InferenceExchange.newBuilder().setPairing(PairingState.valueOf(from.pairing().name()));
    if (from.pairing() != Exchange.Pairing.RESPONSE_ONLY) {
      to.setRequest(request(from));
    }
    if (from.pairing() != Exchange.Pairing.REQUEST_ONLY) {
      to.setResponse(response(from));
    }
    return to.build();
  }

  static InferenceRequest request(Exchange from) {
    InferenceRequest.Builder to =
        InferenceRequest.newBuilder()
            .setEventId(eventId(from, "request"))
            .setRequestId(RequestIds.bounded(from.requestId()))
            .setEventTime(RecordParts.instant(from.timeMicros()))
            .setCaller(caller(from))
            .setModel(model(from))
            .setTrace(trace(from.trace()))
            .setBatchSize(from.rows())
            .setPayload(input(from.input()))
            .setParameters(from.parameters())
            .setGroups(from.groups())
            .setAttributes(attributes(from))
            .setSubjectId(from.subjectId());
    if (from.inputTokens() > 0) {
      to.setPromptTokens(from.inputTokens());
    }
    return to.build();
  }

  static InferenceResponse response(Exchange from) {
    InferenceResponse.Builder to =
        InferenceResponse.newBuilder()
            .setEventId(eventId(from, "response"))
            .setRequestId(RequestIds.bounded(from.requestId()))
            .setEventTime(
                RecordParts.instant(from.timeMicros() + Math.max(0, from.latencyMicros())))
            .setCaller(caller(from))
            .setModel(model(from))
            .setTrace(trace(from.trace()))
            .setStatus(Statuses.normalised(from.status()))
            .setDisclosure(disclosure(from))
            .setCandidates(candidates(from.answers()))
            .setProbabilities(probabilities(from.answers()))
            .setPayload(output(from.text()))
            .setFinishReasons(
                from.finishReason() == null ? List.of() : List.of(from.finishReason()));
    if (from.status() > 0) {
      to.setStatusCode(from.status());
    }
    if (from.latencyMicros() >= 0) {
      to.setLatencyMicros(from.latencyMicros());
    }
    if (from.inputTokens() > 0) {
      to.setPromptTokens(from.inputTokens());
    }
    if (from.outputTokens() > 0) {
      to.setCompletionTokens(from.outputTokens());
    }
    return to.build();
  }

  static String eventId(Exchange from, String side) {
    String where =
        from.origin().offset() >= 0
            ? from.origin().topic() + '/' + from.origin().partition() + '/' + from.origin().offset()
            : from.caller().key() + '/' + from.requestId() + '/' + from.timeMicros();
    return RequestIds.eventId(where + '/' + side);
  }

  private static Caller caller(Exchange from) {
    Exchange.Auth auth = from.auth();
    AuthMethod method = auth == null ? null : method(auth.method());
    return new Caller(
        from.caller().principal(),
        from.caller().tenant(),
        null,
        null,
        from.sessionId(),
        auth == null ? null : auth.ip(),
        null,
        method == null ? AuthMethod.UNKNOWN : method,
        strength(method),
        auth == null ? List.of() : auth.scopes());
  }

  static AuthStrength strength(@Nullable AuthMethod method) {
    if (method == null) {
      return AuthStrength.UNKNOWN;
    }
    return switch (method) {
      case NONE, IP_ONLY -> AuthStrength.ANONYMOUS;
      case CLIENT_ASSERTED -> AuthStrength.ASSERTED;
      case API_KEY, BASIC -> AuthStrength.SHARED_SECRET;
      case JWT, OIDC -> AuthStrength.TOKEN;
      case MTLS, SPIFFE, CLOUD_IAM -> AuthStrength.STRONG;
      case UNKNOWN -> AuthStrength.UNKNOWN;
    };
  }

  static Map<String, String> attributes(Exchange from) {
    Map<String, String> attributes = Map.of();
    if (from.input() instanceof Payload.Hash hash) {
      attributes = CallParts.put(attributes, InputAssembly.INPUT_HASH, hash.value());
    }
    Exchange.Auth auth = from.auth();
    if (auth != null && method(auth.method()) == null) {
      attributes = CallParts.put(attributes, ExchangeAssembly.AUTH_METHOD, auth.method());
    }
    return attributes;
  }

  static @Nullable AuthMethod method(String text) {
    for (AuthMethod method : METHODS) {
      if (method.name().equals(text)) {
        return method;
      }
    }
    return null;
  }

  private static TraceRef trace(@Nullable TraceId from) {
    return from == null
        ? new TraceRef(null, null)
        : new TraceRef(new io.vedette.inference.v1.TraceId(RecordParts.bytes(from)), null);
  }

  private static ModelRef model(Exchange from) {
    return new ModelRef(
        from.model().name(), from.model().version(), from.model().digest(), "", "", "", null, null);
  }

  private static io.vedette.inference.v1.Payload input(Payload from) {
    if (from instanceof Payload.Features features) {
      return payload(PayloadMode.FULL, tensors(features), List.of());
    }
    if (from instanceof Payload.Text text) {
      List<ChatMessage> messages = new ArrayList<>(text.messages().size());
      for (Payload.Message message : text.messages()) {
        messages.add(message(role(message.role()), message.content()));
      }
      return payload(PayloadMode.FULL, List.of(), messages);
    }
    PayloadMode mode = from instanceof Payload.Hash ? PayloadMode.HASHED : PayloadMode.NONE;
    return payload(mode, List.of(), List.of());
  }

  private static io.vedette.inference.v1.Payload output(@Nullable String text) {
    return text == null
        ? payload(PayloadMode.NONE, List.of(), List.of())
        : payload(PayloadMode.FULL, List.of(), List.of(message(Role.ASSISTANT, text)));
  }

  private static io.vedette.inference.v1.Payload payload(
      PayloadMode mode, List<Tensor> tensors, List<ChatMessage> messages) {
    return new io.vedette.inference.v1.Payload(
        mode, "", 0L, null, tensors, messages, List.of(), null);
  }

  static void checkSize(Payload.Features from) {
    if (from.values().length != from.rows() * from.columns()) {
      throw new SerializationException(
          "features must have "
              + from.rows()
              + " x "
              + from.columns()
              + " values, had "
              + from.values().length);
    }
  }

  private static List<Tensor> tensors(Payload.Features from) {
    checkSize(from);
    List<Tensor> tensors = new ArrayList<>(1 + from.categorical().size());
    if (from.columns() > 0 || from.categorical().isEmpty()) {
      tensors.add(
          new Tensor(
              from.embedding() ? InputAssembly.EMBEDDING : InputAssembly.FEATURES,
              DType.FP32,
              RecordParts.shape(from.rows(), from.shape()),
              RecordParts.bytes(from.values()),
              List.of(),
              true));
    }
    for (Payload.Categorical column : from.categorical()) {
      tensors.add(
          new Tensor(
              column.name(),
              DType.STRING,
              RecordParts.shape(from.rows()),
              NO_BYTES,
              column.values(),
              true));
    }
    return tensors;
  }

  private static ChatMessage message(Role role, String text) {
    return new ChatMessage(role, text, text.length(), null, null, List.of(), List.of());
  }

  static Role role(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (Role role : Role.values()) {
      if (role.name().equals(name)) {
        return role;
      }
    }
    return Role.UNKNOWN;
  }

  static ProbabilityKind disclosure(Exchange from) {
    Answer first = from.answer(0);
    if (first.probabilities().length > 1) {
      return ProbabilityKind.FULL_PROBABILITIES;
    }
    if (first.probabilities().length == 1) {
      return ProbabilityKind.TOP_K;
    }
    if (first.label() != null) {
      return ProbabilityKind.LABEL_ONLY;
    }
    if (!Double.isNaN(first.value())) {
      return ProbabilityKind.REGRESSION;
    }
    return from.text() == null ? ProbabilityKind.UNKNOWN : ProbabilityKind.TEXT;
  }

  private static List<Candidate> candidates(List<Answer> answers) {
    List<Candidate> candidates = new ArrayList<>(answers.size());
    for (int row = 0; row < answers.size(); row++) {
      Answer answer = answers.get(row);
      float[] p = answer.probabilities();
      candidates.add(
          new Candidate(
              row,
              answer.label(),
              p.length > 0 ? answer.topClass() : null,
              p.length > 0 ? answer.confidence() : null,
              p.length > 1 ? margin(p) : null,
              p.length > 1 ? entropy(p) : null,
              Double.isNaN(answer.value()) ? null : answer.value()));
    }
    return candidates;
  }

  static float margin(float[] p) {
    float first = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    for (float value : p) {
      if (value > first) {
        second = first;
        first = value;
      } else if (value > second) {
        second = value;
      }
    }
    return first - second;
  }

  static float entropy(float[] p) {
    double sum = 0;
    for (float value : p) {
      if (value > 0) {
        sum -= value * Math.log(value);
      }
    }
    return (float) sum;
  }

  /** Columns of the matrix of probabilities, 0 when none are disclosed. */
  static int classes(List<Answer> answers) {
    int classes = 0;
    for (Answer answer : answers) {
      classes = Math.max(classes, answer.probabilities().length);
    }
    return classes;
  }

  /** Probabilities of all answers, row-major. */
  static float[] matrix(List<Answer> answers, int classes) {
    float[] values = new float[answers.size() * classes];
    Arrays.fill(values, Float.NaN); // rows of unequal length are padded
    for (int row = 0; row < answers.size(); row++) {
      float[] p = answers.get(row).probabilities();
      System.arraycopy(p, 0, values, row * classes, p.length);
    }
    return values;
  }

  private static @Nullable Tensor probabilities(List<Answer> answers) {
    int classes = classes(answers);
    if (classes == 0) {
      return null;
    }
    return new Tensor(
        "probabilities",
        DType.FP32,
        RecordParts.shape(answers.size(), classes),
        RecordParts.bytes(matrix(answers, classes)),
        List.of(),
        true);
  }
}
