package io.vedette.wire;

import io.vedette.core.Payload;
import io.vedette.core.TraceId;
import io.vedette.inference.v1.AuthMethod;
import io.vedette.inference.v1.CallStatus;
import io.vedette.inference.v1.PairingState;
import io.vedette.inference.v1.ProbabilityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What both decoders gather from an exchange before it is checked and put together: the fields that
 * core has words for, as they came.
 */
final class CallParts {

  PairingState pairing = PairingState.UNKNOWN;
  @Nullable Request request;
  @Nullable Response response;

  /** The request half. */
  static final class Request {
    String requestId = "";
    String pairingScope = "";
    long eventTime;
    Caller caller = new Caller();
    Model model = new Model();
    Body body = new Body();
    Map<String, String> parameters = Map.of();
    Map<String, String> groups = Map.of();
    Map<String, String> attributes = Map.of();
    int promptTokens = -1;
    @Nullable String subjectId;
    @Nullable TraceId trace;
  }

  /** The response half. */
  static final class Response {
    String requestId = "";
    String pairingScope = "";
    long eventTime;
    @Nullable Caller caller;
    Model model = new Model();
    CallStatus status = CallStatus.UNKNOWN;
    int statusCode;
    long latencyMicros = -1;
    ProbabilityKind disclosure = ProbabilityKind.UNKNOWN;
    List<Candidate> candidates = List.of();
    @Nullable TensorParts probabilities;
    Body body = new Body();
    @Nullable String finishReason;
    int promptTokens = -1;
    int completionTokens = -1;
    @Nullable TraceId trace;
  }

  /** Who called. */
  static final class Caller {
    String principalId = "";
    String tenantId = "";
    @Nullable String apiKeyHash;
    @Nullable String sessionId;
    @Nullable String clientIp;
    AuthMethod authMethod = AuthMethod.UNKNOWN;
    List<String> scopes = List.of();
  }

  /** What was called. */
  static final class Model {
    String name = "";
    String version = "";
    @Nullable String digest;
  }

  /** Input or output. */
  static final class Body {
    List<TensorParts> tensors = List.of();
    List<Payload.Message> messages = List.of();
    @Nullable Sketch embedding;
  }

  /** An embedding that the platform computed. */
  record Sketch(int dim, int rows, byte[] buffer, int offset, int length) {}

  /** One outcome. */
  record Candidate(
      int row, @Nullable String label, int classIndex, float confidence, double score) {}

  static <T> List<T> append(List<T> list, T item) {
    List<T> grown = list.isEmpty() ? new ArrayList<>(4) : list;
    grown.add(item);
    return grown;
  }

  /** Maps keep the order of their keys, so that replays do not depend on the decoder. */
  static Map<String, String> put(Map<String, String> map, String key, String value) {
    Map<String, String> grown = map.isEmpty() ? new TreeMap<>() : map;
    grown.put(key, value);
    return grown;
  }
}
