package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import io.vedette.inference.v1.AuthMethod;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Makes generated records of core's exchanges. */
final class TrafficRecords {

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

  private static String eventId(Exchange from, String side) {
    String where =
        from.origin().offset() >= 0
            ? from.origin().topic() + '/' + from.origin().partition() + '/' + from.origin().offset()
            : from.caller().key() + '/' + from.requestId() + '/' + from.timeMicros();
    return RequestIds.eventId(where + '/' + side);
  }

  private static Caller caller(Exchange from) {
    Caller.Builder to =
        Caller.newBuilder()
            .setPrincipalId(from.caller().principal())
            .setTenantId(from.caller().tenant())
            .setSessionId(from.sessionId());
    Exchange.Auth auth = from.auth();
    if (auth != null) {
      AuthMethod method = method(auth.method());
      to.setAuthMethod(method == null ? AuthMethod.UNKNOWN : method)
          .setScopes(auth.scopes())
          .setClientIp(auth.ip());
    }
    return to.build();
  }

  private static Map<String, String> attributes(Exchange from) {
    if (from.input() instanceof Payload.Hash hash) {
      return from.auth() != null && method(from.auth().method()) == null
          ? Map.of(
              InputAssembly.INPUT_HASH,
              hash.value(),
              ExchangeAssembly.AUTH_METHOD,
              from.auth().method())
          : Map.of(InputAssembly.INPUT_HASH, hash.value());
    }
    return from.auth() != null && method(from.auth().method()) == null
        ? Map.of(ExchangeAssembly.AUTH_METHOD, from.auth().method())
        : Map.of();
  }

  private static @Nullable AuthMethod method(String text) {
    for (AuthMethod method : AuthMethod.values()) {
      if (method.name().equals(text)) {
        return method;
      }
    }
    return null;
  }

  private static ModelRef model(Exchange from) {
    return ModelRef.newBuilder()
        .setName(from.model().name())
        .setVersion(from.model().version())
        .setDigest(from.model().digest())
        .build();
  }

  private static io.vedette.inference.v1.Payload input(Payload from) {
    io.vedette.inference.v1.Payload.Builder to = io.vedette.inference.v1.Payload.newBuilder();
    if (from instanceof Payload.Features features) {
      return to.setMode(PayloadMode.FULL).setTensors(tensors(features)).build();
    }
    if (from instanceof Payload.Text text) {
      List<ChatMessage> messages = new ArrayList<>(text.messages().size());
      for (Payload.Message message : text.messages()) {
        messages.add(message(role(message.role()), message.content()));
      }
      return to.setMode(PayloadMode.FULL).setMessages(messages).build();
    }
    return to.setMode(from instanceof Payload.Hash ? PayloadMode.HASHED : PayloadMode.NONE).build();
  }

  private static io.vedette.inference.v1.Payload output(@Nullable String text) {
    io.vedette.inference.v1.Payload.Builder to = io.vedette.inference.v1.Payload.newBuilder();
    return text == null
        ? to.setMode(PayloadMode.NONE).build()
        : to.setMode(PayloadMode.FULL).setMessages(List.of(message(Role.ASSISTANT, text))).build();
  }

  private static List<Tensor> tensors(Payload.Features from) {
    if (from.values().length != from.rows() * from.columns()) {
      throw new SerializationException(
          "features must have "
              + from.rows()
              + " x "
              + from.columns()
              + " values, had "
              + from.values().length);
    }
    List<Tensor> tensors = new ArrayList<>(1 + from.categorical().size());
    if (from.columns() > 0 || from.categorical().isEmpty()) {
      tensors.add(
          Tensor.newBuilder()
              .setName(from.embedding() ? InputAssembly.EMBEDDING : InputAssembly.FEATURES)
              .setDtype(DType.FP32)
              .setShape(RecordParts.shape(from.rows(), from.shape()))
              .setData(RecordParts.bytes(from.values()))
              .build());
    }
    for (Payload.Categorical column : from.categorical()) {
      tensors.add(
          Tensor.newBuilder()
              .setName(column.name())
              .setDtype(DType.STRING)
              .setShape(RecordParts.shape(from.rows()))
              .setStrings(column.values())
              .build());
    }
    return tensors;
  }

  private static ChatMessage message(Role role, String text) {
    return ChatMessage.newBuilder()
        .setRole(role)
        .setText(text)
        .setTextLength(text.length())
        .build();
  }

  private static Role role(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (Role role : Role.values()) {
      if (role.name().equals(name)) {
        return role;
      }
    }
    return Role.UNKNOWN;
  }

  private static ProbabilityKind disclosure(Exchange from) {
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
      Candidate.Builder to = Candidate.newBuilder().setRow(row).setLabel(answer.label());
      float[] p = answer.probabilities();
      if (p.length > 0) {
        to.setClassIndex(answer.topClass()).setConfidence(answer.confidence());
      }
      if (p.length > 1) {
        to.setMargin(margin(p)).setEntropy(entropy(p));
      }
      if (!Double.isNaN(answer.value())) {
        to.setScore(answer.value());
      }
      candidates.add(to.build());
    }
    return candidates;
  }

  private static float margin(float[] p) {
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

  private static float entropy(float[] p) {
    double sum = 0;
    for (float value : p) {
      if (value > 0) {
        sum -= value * Math.log(value);
      }
    }
    return (float) sum;
  }

  private static @Nullable Tensor probabilities(List<Answer> answers) {
    int classes = 0;
    for (Answer answer : answers) {
      classes = Math.max(classes, answer.probabilities().length);
    }
    if (classes == 0) {
      return null;
    }
    float[] values = new float[answers.size() * classes];
    Arrays.fill(values, Float.NaN); // rows of unequal length are padded
    for (int row = 0; row < answers.size(); row++) {
      float[] p = answers.get(row).probabilities();
      System.arraycopy(p, 0, values, row * classes, p.length);
    }
    return Tensor.newBuilder()
        .setName("probabilities")
        .setDtype(DType.FP32)
        .setShape(RecordParts.shape(answers.size(), classes))
        .setData(RecordParts.bytes(values))
        .build();
  }
}
