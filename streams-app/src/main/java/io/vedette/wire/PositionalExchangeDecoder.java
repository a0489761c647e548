package io.vedette.wire;

import io.vedette.core.TraceId;
import io.vedette.inference.v1.CallStatus;
import io.vedette.inference.v1.PairingState;
import io.vedette.inference.v1.ProbabilityKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the current traffic records straight from their bytes, without generated records. */
final class PositionalExchangeDecoder {

  /*
   * Avro has no tags: fields stand in schema order, so a reader that knows the writer's schema can
   * walk the bytes and keep only what core has words for. That holds for one schema alone: the
   * caller compares the writer's canonical form with ours first, and a test compares this walk with
   * Avro's own decoder on random and on damaged records.
   *
   * Order of the fields: InferenceRequest.avsc, InferenceResponse.avsc, InferenceExchange.avsc.
   */

  private static final PairingState[] PAIRINGS = PairingState.values();
  private static final CallStatus[] STATUSES = CallStatus.values();
  private static final ProbabilityKind[] DISCLOSURES = ProbabilityKind.values();
  private static final int ID_TRUSTS = io.vedette.inference.v1.IdTrust.values().length;
  private static final int SOURCES = io.vedette.inference.v1.SourceFormat.values().length;
  private static final int SPAN_ID_BYTES = 8;

  private final PositionalPartsDecoder parts = new PositionalPartsDecoder();

  CallParts exchange(ByteReader in) {
    CallParts call = new CallParts();
    call.request = in.readIndex(2) == 0 ? null : request(in);
    call.response = in.readIndex(2) == 0 ? null : response(in);
    call.pairing = PAIRINGS[in.readIndex(PAIRINGS.length)];
    skipOptionalLong(in); // pairedTime
    return call;
  }

  CallParts.Request request(ByteReader in) {
    CallParts.Request to = new CallParts.Request();
    in.skipString(); // eventId
    to.requestId = in.readString();
    to.pairingScope = parts.text(in);
    in.readIndex(ID_TRUSTS);
    to.eventTime = in.readLong();
    skipOptionalLong(in); // observedTime
    in.readIndex(SOURCES);
    in.skipString(); // emitter
    to.caller = parts.caller(in);
    to.model = parts.model(in);
    to.trace = trace(in);
    in.skipString(); // operation
    in.readInt(); // batchSize
    to.body = parts.body(in, true);
    to.parameters = parts.map(in);
    optionalInt(in, 0); // requestedLogprobs
    in.readBoolean(); // stream
    to.promptTokens = optionalInt(in, -1);
    if (in.readIndex(2) == 1) {
      in.skip(Double.BYTES); // sampleRate
    }
    to.groups = parts.map(in);
    to.attributes = parts.map(in);
    to.subjectId = parts.optionalText(in);
    return to;
  }

  CallParts.Response response(ByteReader in) {
    CallParts.Response to = new CallParts.Response();
    in.skipString(); // eventId
    to.requestId = in.readString();
    to.pairingScope = parts.text(in);
    to.eventTime = in.readLong();
    in.readIndex(SOURCES);
    in.skipString(); // emitter
    to.caller = in.readIndex(2) == 0 ? null : parts.caller(in);
    to.model = parts.model(in);
    to.trace = trace(in);
    to.status = STATUSES[in.readIndex(STATUSES.length)];
    to.statusCode = optionalInt(in, 0);
    skipOptionalString(in); // errorType
    to.latencyMicros = in.readIndex(2) == 0 ? -1 : Math.max(-1, in.readLong());
    skipOptionalLong(in); // timeToFirstTokenMicros
    to.disclosure = DISCLOSURES[in.readIndex(DISCLOSURES.length)];
    to.candidates = candidates(in);
    to.probabilities = in.readIndex(2) == 0 ? null : parts.tensor(in);
    skipLogprobs(in);
    to.body = parts.body(in, false);
    List<String> finishReasons = parts.texts(in);
    to.finishReason = finishReasons.isEmpty() ? null : finishReasons.get(0);
    to.promptTokens = optionalInt(in, -1);
    to.completionTokens = optionalInt(in, -1);
    optionalInt(in, 0); // cachedTokens
    optionalInt(in, 0); // reasoningTokens
    parts.skipTexts(in); // guardrailActions
    if (in.readIndex(2) == 1) {
      in.readBoolean(); // cacheHit
    }
    parts.skipMap(in); // attributes
    return to;
  }

  private List<CallParts.Candidate> candidates(ByteReader in) {
    List<CallParts.Candidate> candidates = List.of();
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        candidates = CallParts.append(candidates, candidate(in));
      }
    }
    return candidates;
  }

  private CallParts.Candidate candidate(ByteReader in) {
    int row = in.readInt();
    String label = parts.optionalText(in);
    int classIndex = optionalInt(in, -1);
    float confidence = in.readIndex(2) == 0 ? Float.NaN : in.readFloat();
    skipOptionalFloat(in); // margin
    skipOptionalFloat(in); // entropy
    double score = in.readIndex(2) == 0 ? Double.NaN : in.readDouble();
    return new CallParts.Candidate(row, label, classIndex, confidence, score);
  }

  private static void skipLogprobs(ByteReader in) {
    if (in.readIndex(2) == 0) {
      return;
    }
    in.readInt(); // tokens
    in.readInt(); // topK
    skipOptionalFloat(in); // meanLogprob
    skipOptionalFloat(in); // minLogprob
    if (in.readIndex(2) == 1) {
      in.readBoolean(); // promptLogprobs
    }
  }

  private static @Nullable TraceId trace(ByteReader in) {
    TraceId trace = in.readIndex(2) == 0 ? null : in.readTraceId();
    if (in.readIndex(2) == 1) {
      in.skip(SPAN_ID_BYTES);
    }
    return trace;
  }

  private static int optionalInt(ByteReader in, int otherwise) {
    return in.readIndex(2) == 0 ? otherwise : in.readInt();
  }

  private static void skipOptionalFloat(ByteReader in) {
    if (in.readIndex(2) == 1) {
      in.skip(Float.BYTES);
    }
  }

  private static void skipOptionalLong(ByteReader in) {
    if (in.readIndex(2) == 1) {
      in.readLong();
    }
  }

  private static void skipOptionalString(ByteReader in) {
    if (in.readIndex(2) == 1) {
      in.skipString();
    }
  }
}
