package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.inference.v1.AuthMethod;
import io.vedette.inference.v1.PairingState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Checks an exchange as it came and puts it into core's words. */
final class ExchangeAssembly {

  /** Attribute that holds an authentication method that the enum has no symbol for. */
  static final String AUTH_METHOD = "authMethod";

  /** Longest identifier, characters: state is keyed by these. */
  static final int MAX_ID = 1024;

  private ExchangeAssembly() {}

  static Exchange exchange(CallParts parts, String topic) {
    Origin origin = new Origin(topic, -1, -1L);
    CallParts.Request request = parts.request;
    CallParts.Response response = parts.response;
    if (request != null) {
      return withRequest(request, response, pairing(parts), origin);
    }
    if (response != null) {
      return responseOnly(response, origin);
    }
    throw new SerializationException("request and response are both null");
  }

  private static Exchange withRequest(
      CallParts.Request request,
      CallParts.@Nullable Response response,
      Exchange.Pairing pairing,
      Origin origin) {
    CallParts.Model model =
        response != null && !response.model.name.isEmpty() ? response.model : request.model;
    String digest = model.digest != null ? model.digest : request.model.digest;
    String version = model.version.isEmpty() ? request.model.version : model.version;
    CallParts.Caller caller = request.caller;
    int inputTokens =
        response != null && response.promptTokens >= 0
            ? response.promptTokens
            : request.promptTokens;
    return new Exchange(
        RequestIds.bounded(request.requestId),
        caller(caller, request.pairingScope),
        model(model.name, version, digest),
        request.eventTime,
        InputAssembly.input(request.body, request.attributes.get(InputAssembly.INPUT_HASH)),
        response == null ? List.of() : AnswerAssembly.answers(response),
        response == null ? null : text(response),
        response == null ? null : response.finishReason,
        response == null ? 0 : Statuses.http(response.status, response.statusCode),
        response == null ? -1 : response.latencyMicros,
        Math.max(0, inputTokens),
        response == null ? 0 : Math.max(0, response.completionTokens),
        bounded("sessionId", caller.sessionId),
        bounded("subjectId", request.subjectId),
        auth(caller, request.attributes.get(AUTH_METHOD)),
        frozen(request.groups),
        frozen(request.parameters),
        pairing,
        origin,
        require("pairingScope", request.pairingScope),
        request.trace != null || response == null ? request.trace : response.trace);
  }

  private static Exchange responseOnly(CallParts.Response response, Origin origin) {
    CallParts.Caller caller = response.caller == null ? new CallParts.Caller() : response.caller;
    List<Answer> answers = AnswerAssembly.answers(response);
    return new Exchange(
        RequestIds.bounded(response.requestId),
        caller(caller, response.pairingScope),
        model(response.model.name, response.model.version, response.model.digest),
        response.eventTime - Math.max(0, response.latencyMicros), // when the request came
        Payload.NONE,
        answers,
        text(response),
        response.finishReason,
        Statuses.http(response.status, response.statusCode),
        response.latencyMicros,
        Math.max(0, response.promptTokens),
        Math.max(0, response.completionTokens),
        bounded("sessionId", caller.sessionId),
        null,
        auth(caller, null),
        Map.of(),
        Map.of(),
        Exchange.Pairing.RESPONSE_ONLY,
        origin,
        require("pairingScope", response.pairingScope),
        response.trace);
  }

  private static Exchange.Pairing pairing(CallParts parts) {
    if (parts.pairing == PairingState.SINGLE_EVENT) {
      return Exchange.Pairing.SINGLE_EVENT;
    }
    return parts.response == null ? Exchange.Pairing.REQUEST_ONLY : Exchange.Pairing.PAIRED;
  }

  private static CallerId caller(CallParts.Caller caller, String pairingScope) {
    String principal;
    if (!caller.principalId.isEmpty()) {
      principal = caller.principalId;
    } else if (caller.apiKeyHash != null) {
      principal = "k:" + caller.apiKeyHash;
    } else if (caller.clientIp != null) {
      principal = "ip:" + caller.clientIp;
    } else {
      principal = "anon:" + pairingScope;
    }
    return new CallerId(
        require("caller.tenantId", caller.tenantId), require("caller.principalId", principal));
  }

  private static ModelRef model(String name, String version, @Nullable String digest) {
    if (name.isEmpty()) {
      throw new SerializationException("model.name must not be empty");
    }
    return new ModelRef(
        require("model.name", name),
        require("model.version", version),
        bounded("model.digest", digest));
  }

  private static Exchange.@Nullable Auth auth(CallParts.Caller caller, @Nullable String method) {
    boolean unknown = caller.authMethod == AuthMethod.UNKNOWN;
    if (unknown && method == null && caller.scopes.isEmpty() && caller.clientIp == null) {
      return null;
    }
    return new Exchange.Auth(
        unknown && method != null ? method : caller.authMethod.name(),
        List.copyOf(caller.scopes),
        bounded("caller.clientIp", caller.clientIp));
  }

  private static @Nullable String text(CallParts.Response response) {
    List<Payload.Message> messages = response.body.messages;
    if (messages.isEmpty()) {
      return null;
    }
    if (messages.size() == 1) {
      return messages.get(0).content();
    }
    return String.join("\n", messages.stream().map(Payload.Message::content).toList());
  }

  private static Map<String, String> frozen(Map<String, String> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(map);
  }

  private static String require(String field, String value) {
    if (value.length() > MAX_ID) {
      throw new SerializationException(
          field + " must have at most " + MAX_ID + " characters, had " + value.length());
    }
    return value;
  }

  private static @Nullable String bounded(String field, @Nullable String value) {
    return value == null ? null : require(field, value);
  }
}
