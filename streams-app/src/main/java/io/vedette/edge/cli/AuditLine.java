package io.vedette.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Locale;

/**
 * One line of the audit trail.
 *
 * @param time when it was written
 * @param kind verdict, baseline or settings
 * @param who who wrote it
 * @param what what it says, in one sentence
 * @param where topic, partition and offset
 */
public record AuditLine(Instant time, String kind, String who, String what, String where) {

  private static final int NAME = 64; // characters
  private static final int LONGEST = 400;

  /** For people, ended by a line feed; nothing in it moves the cursor. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s  %-8s  %s: %s (%s)\n",
        time,
        kind,
        TerminalText.clean(who, NAME),
        TerminalText.clean(what, LONGEST),
        TerminalText.clean(where, LONGEST));
  }

  /**
   * For scripts: one JSON object, ended by a line feed.
   *
   * @throws JsonProcessingException never, as trees can be written
   */
  public String json() throws JsonProcessingException {
    return TerminalJson.line(
        JsonNodeFactory.instance
            .objectNode()
            .put("time", time.toString())
            .put("kind", kind)
            .put("who", who)
            .put("what", what)
            .put("where", where));
  }
}
