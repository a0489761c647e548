package io.vedette.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model: request and, when it was seen, response.
 *
 * @param requestId the client's id of the request; chosen by the client, so never trusted to be
 *     unique
 * @param caller who called
 * @param model what was called
 * @param timeMicros when the request reached the serving edge, microseconds since the epoch, UTC
 * @param input what was sent; {@link Payload#NONE} when only the response is known
 * @param answers one per row, shorter or empty when the response is missing or failed
 * @param text generated text, null when there is none
 * @param finishReason why generation stopped, null when unknown
 * @param status HTTP status, 0 when unknown
 * @param latencyMicros end-to-end latency, -1 when unknown
 * @param inputTokens tokens of the input, 0 when unknown
 * @param outputTokens tokens of the output, 0 when unknown
 * @param sessionId conversation or session, null when unknown
 * @param subjectId declared entity that the row is about, null when undeclared
 * @param auth how the caller was authenticated, null when unknown
 * @param groups declared protected groups, for example {@code sex=F}
 * @param parameters request parameters as text
 * @param pairing which halves were seen
 * @param origin where it was read
 * @param pairingScope who gave out the request id, so that equal ids of two services under one
 *     caller are not taken for one; empty when the producer did not say
 * @param trace trace of the call, null when unknown
 */
public record Exchange(
    String requestId,
    CallerId caller,
    ModelRef model,
    long timeMicros,
    Payload input,
    List<Answer> answers,
    @Nullable String text,
    @Nullable String finishReason,
    int status,
    long latencyMicros,
    int inputTokens,
    int outputTokens,
    @Nullable String sessionId,
    @Nullable String subjectId,
    @Nullable Auth auth,
    Map<String, String> groups,
    Map<String, String> parameters,
    Pairing pairing,
    Origin origin,
    String pairingScope,
    @Nullable TraceId trace) {

  /** An exchange whose producer named neither pairing scope nor trace. */
  public Exchange(
      String requestId,
      CallerId caller,
      ModelRef model,
      long timeMicros,
      Payload input,
      List<Answer> answers,
      @Nullable String text,
      @Nullable String finishReason,
      int status,
      long latencyMicros,
      int inputTokens,
      int outputTokens,
      @Nullable String sessionId,
      @Nullable String subjectId,
      @Nullable Auth auth,
      Map<String, String> groups,
      Map<String, String> parameters,
      Pairing pairing,
      Origin origin) {
    this(
        requestId,
        caller,
        model,
        timeMicros,
        input,
        answers,
        text,
        finishReason,
        status,
        latencyMicros,
        inputTokens,
        outputTokens,
        sessionId,
        subjectId,
        auth,
        groups,
        parameters,
        pairing,
        origin,
        "",
        null);
  }

  /**
   * How a caller proved who it is.
   *
   * @param method for example API_KEY, JWT, MTLS
   * @param scopes granted scopes
   * @param ip address as seen by the trusted edge, null when unknown
   */
  public record Auth(String method, List<String> scopes, @Nullable String ip) {}

  /** Which halves of the exchange were seen. */
  public enum Pairing {
    SINGLE_EVENT,
    PAIRED,
    REQUEST_ONLY,
    RESPONSE_ONLY
  }

  /** The same exchange at another time, microseconds since the epoch. */
  public Exchange at(long otherMicros) {
    return with(caller, otherMicros);
  }

  /** The same exchange of another caller. */
  public Exchange by(CallerId other) {
    return with(other, timeMicros);
  }

  private Exchange with(CallerId newCaller, long newTimeMicros) {
    return new Exchange(
        requestId,
        newCaller,
        model,
        newTimeMicros,
        input,
        answers,
        text,
        finishReason,
        status,
        latencyMicros,
        inputTokens,
        outputTokens,
        sessionId,
        subjectId,
        auth,
        groups,
        parameters,
        pairing,
        origin,
        pairingScope,
        trace);
  }

  /** Rows of the call, at least 1; those of the answers when the input was not recorded. */
  public int rows() {
    return input instanceof Payload.Features f ? f.rows() : Math.max(1, answers.size());
  }

  /** The answer for a row, {@link Answer#UNKNOWN} when there is none. */
  public Answer answer(int row) {
    return row < answers.size() ? answers.get(row) : Answer.UNKNOWN;
  }
}
