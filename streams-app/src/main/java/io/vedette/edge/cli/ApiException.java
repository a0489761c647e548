package io.vedette.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The API refused; its reason is safe to print. */
public final class ApiException extends IOException {

  private static final long serialVersionUID = 1;
  private static final int LONGEST = 300; // characters

  private final int status;

  /**
   * An error answer.
   *
   * @param status HTTP status
   * @param body its body
   */
  public ApiException(int status, String body) {
    super(status + ": " + reason(body));
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  private static String reason(String body) {
    String text = body;
    try {
      JsonNode json = Shown.parse(body);
      text = json.path("error").asText(body);
    } catch (JsonProcessingException e) {
      text = "no reason was given";
    }
    return TerminalText.clean(text, LONGEST);
  }
}
