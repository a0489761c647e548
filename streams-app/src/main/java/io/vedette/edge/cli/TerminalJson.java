package io.vedette.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON for scripts that is safe on a terminal as well: everything beyond ASCII is escaped. */
public final class TerminalJson {

  private static final ObjectWriter WRITER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build().writer();

  private TerminalJson() {}

  /**
   * JSON of the API as one line, ended by a line feed.
   *
   * @throws JsonProcessingException when it is not JSON
   */
  public static String line(String json) throws JsonProcessingException {
    return line(Shown.parse(json));
  }

  static String line(JsonNode json) throws JsonProcessingException {
    return WRITER.writeValueAsString(json).replace("\u007f", "\\u007f") + '\n';
  }
}
