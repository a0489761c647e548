package io.vedette.stream;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Who wrote a record that decides what is found, in its headers. */
public final class Authors {

  /** The logger of what they write. */
  public static final String AUDIT = "io.vedette.audit";

  private static final String ACTOR = "vedette-actor";

  private Authors() {}

  /**
   * Signs a record.
   *
   * @param actor who wrote it: a user, or the service
   * @param writer version and hash of the settings
   */
  public static void sign(Headers headers, String actor, String writer) {
    headers.add(ACTOR, actor.getBytes(StandardCharsets.UTF_8));
    headers.add(ChainLink.WRITER, writer.getBytes(StandardCharsets.UTF_8));
  }

  /** Who wrote a record; "unknown" when it does not say. */
  public static String actor(Headers headers) {
    Header header = headers.lastHeader(ACTOR);
    return header == null || header.value() == null
        ? "unknown"
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
