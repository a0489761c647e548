package io.vedette.wire;

import io.vedette.core.Payload;
import io.vedette.core.TraceId;
import io.vedette.inference.v1.Caller;
import io.vedette.inference.v1.Candidate;
import io.vedette.inference.v1.ChatMessage;
import io.vedette.inference.v1.InferenceExchange;
import io.vedette.inference.v1.InferenceRequest;
import io.vedette.inference.v1.InferenceResponse;
import io.vedette.inference.v1.InputSketch;
import io.vedette.inference.v1.ModelRef;
import io.vedette.inference.v1.Tensor;
import io.vedette.inference.v1.TraceRef;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Gathers the parts of an exchange from generated records. */
final class RecordParts {

  private static final long MICROS = 1_000_000;

  private RecordParts() {}

  /**
   * The parts of any of the three traffic records.
   *
   * @throws SerializationException when it is another record
   */
  static CallParts of(SpecificRecord record) {
    CallParts parts = new CallParts();
    if (record instanceof InferenceRequest request) {
      parts.request = request(request);
    } else if (record instanceof InferenceResponse response) {
      parts.response = response(response);
    } else if (record instanceof InferenceExchange exchange) {
      parts.pairing = exchange.getPairing();
      parts.request = exchange.getRequest() == null ? null : request(exchange.getRequest());
      parts.response = exchange.getResponse() == null ? null : response(exchange.getResponse());
    } else {
      throw new SerializationException(
          "record of schema " + record.getSchema().getFullName() + " is not traffic");
    }
    return parts;
  }

  private static CallParts.Request request(InferenceRequest from) {
    CallParts.Request to = new CallParts.Request();
    to.requestId = from.getRequestId();
    to.pairingScope = from.getPairingScope();
    to.eventTime = micros(from.getEventTime());
    to.caller = caller(from.getCaller());
    to.model = model(from.getModel());
    to.trace = trace(from.getTrace());
    to.body = body(from.getPayload());
    to.parameters = sorted(from.getParameters());
    to.groups = sorted(from.getGroups());
    to.attributes = from.getAttributes();
    to.promptTokens = orElse(from.getPromptTokens(), -1);
    to.subjectId = from.getSubjectId();
    return to;
  }

  private static CallParts.Response response(InferenceResponse from) {
    CallParts.Response to = new CallParts.Response();
    to.requestId = from.getRequestId();
    to.pairingScope = from.getPairingScope();
    to.eventTime = micros(from.getEventTime());
    to.caller = from.getCaller() == null ? null : caller(from.getCaller());
    to.model = model(from.getModel());
    to.trace = trace(from.getTrace());
    to.status = from.getStatus();
    to.statusCode = orElse(from.getStatusCode(), 0);
    to.latencyMicros = from.getLatencyMicros() == null ? -1 : Math.max(-1, from.getLatencyMicros());
    to.disclosure = from.getDisclosure();
    for (Candidate candidate : from.getCandidates()) {
      to.candidates = CallParts.append(to.candidates, candidate(candidate));
    }
    to.probabilities = from.getProbabilities() == null ? null : tensor(from.getProbabilities());
    to.body = body(from.getPayload());
    to.finishReason = from.getFinishReasons().isEmpty() ? null : from.getFinishReasons().get(0);
    to.promptTokens = orElse(from.getPromptTokens(), -1);
    to.completionTokens = orElse(from.getCompletionTokens(), -1);
    return to;
  }

  private static @Nullable TraceId trace(TraceRef from) {
    if (from.getTraceId() == null) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(from.getTraceId().bytes());
    return TraceId.of(bytes.getLong(), bytes.getLong());
  }

  /** The bytes of a trace id. */
  static byte[] bytes(TraceId trace) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(trace.high()).putLong(trace.low()).array();
  }

  private static CallParts.Caller caller(Caller from) {
    CallParts.Caller to = new CallParts.Caller();
    to.principalId = from.getPrincipalId();
    to.tenantId = from.getTenantId();
    to.apiKeyHash = from.getApiKeyHash();
    to.sessionId = from.getSessionId();
    to.clientIp = from.getClientIp();
    to.authMethod = from.getAuthMethod();
    to.scopes = from.getScopes();
    return to;
  }

  private static CallParts.Model model(ModelRef from) {
    CallParts.Model to = new CallParts.Model();
    to.name = from.getName();
    to.version = from.getVersion();
    to.digest = from.getDigest();
    return to;
  }

  private static CallParts.Body body(io.vedette.inference.v1.Payload from) {
    CallParts.Body to = new CallParts.Body();
    for (Tensor tensor : from.getTensors()) {
      to.tensors = CallParts.append(to.tensors, tensor(tensor));
    }
    for (ChatMessage message : from.getMessages()) {
      to.messages =
          CallParts.append(
              to.messages, new Payload.Message(role(message.getRole()), message.getText()));
    }
    for (InputSketch sketch : from.getSketches()) {
      if (to.embedding == null && sketch.getKind().equals(InputAssembly.EMBEDDING)) {
        ByteBuffer data = sketch.getData();
        to.embedding =
            new CallParts.Sketch(
                sketch.getDim(),
                sketch.getRows(),
                data.array(),
                data.arrayOffset() + data.position(),
                data.remaining());
      }
    }
    return to;
  }

  private static TensorParts tensor(Tensor from) {
    ByteBuffer data = from.getData();
    return new TensorParts(
        from.getName(),
        from.getDtype(),
        from.getShape().stream().mapToLong(Long::longValue).toArray(),
        data.array(),
        data.arrayOffset() + data.position(),
        data.remaining(),
        from.getStrings(),
        from.getBatched());
  }

  private static CallParts.Candidate candidate(Candidate from) {
    return new CallParts.Candidate(
        from.getRow(),
        from.getLabel(),
        orElse(from.getClassIndex(), -1),
        from.getConfidence() == null ? Float.NaN : from.getConfidence(),
        from.getScore() == null ? Double.NaN : from.getScore());
  }

  /** The role in core's spelling. */
  static String role(Enum<?> role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** Microseconds since the epoch; exact, wraps only where the long itself would. */
  static long micros(Instant instant) {
    return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
  }

  /** The inverse of {@link #micros}. */
  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
  }

  static Map<String, String> sorted(Map<String, String> map) {
    return map.isEmpty() ? Map.of() : new TreeMap<>(map);
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  /** The inverse of tensor data: values as FP32. */
  static ByteBuffer bytes(float[] values) {
    byte[] data = new byte[values.length * Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      LittleEndian.FLOAT.set(data, i * Float.BYTES, values[i]);
    }
    return ByteBuffer.wrap(data);
  }

  /** Shape as the records hold it. */
  static List<Long> shape(int rows, int... row) {
    List<Long> shape = new ArrayList<>(row.length + 1);
    shape.add((long) rows);
    for (int dimension : row) {
      shape.add((long) dimension);
    }
    return shape;
  }
}
