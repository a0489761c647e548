package io.vedette.wire;

import io.vedette.inference.v1.CallStatus;

/** HTTP status codes and the normalised status. */
final class Statuses {

  private static final int FIRST_HTTP_CODE = 100;

  private Statuses() {}

  /** HTTP code, 0 when unknown; a gRPC code (below 100) is told by the normalised status. */
  static int http(CallStatus status, int code) {
    if (code >= FIRST_HTTP_CODE) {
      return code;
    }
    return switch (status) {
      case OK -> 200;
      case CLIENT_ERROR -> 400;
      case AUTH_ERROR, BLOCKED_BY_GUARDRAIL -> 403;
      case RATE_LIMITED -> 429;
      case SERVER_ERROR -> 500;
      case TIMEOUT -> 504;
      case CANCELLED -> 499;
      case NOT_LOGGED, UNKNOWN -> 0;
    };
  }

  static CallStatus normalised(int http) {
    return switch (http) {
      case 401, 403 -> CallStatus.AUTH_ERROR;
      case 429 -> CallStatus.RATE_LIMITED;
      case 408, 504 -> CallStatus.TIMEOUT;
      case 499 -> CallStatus.CANCELLED;
      default ->
          switch (http / 100) {
            case 2 -> CallStatus.OK;
            case 4 -> CallStatus.CLIENT_ERROR;
            case 5 -> CallStatus.SERVER_ERROR;
            default -> CallStatus.UNKNOWN;
          };
    };
  }
}
