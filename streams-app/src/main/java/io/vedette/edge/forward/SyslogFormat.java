package io.vedette.edge.forward;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Frames messages as RFC 5424 with the octet counting of RFC 6587 and RFC 5425, so that no text can
 * end a frame. UTF-8, without a byte order mark: CEF parsers dislike it.
 *
 * @param facility 0 to 23; 13 is log audit, 16 to 23 are local0 to local7
 * @param host HOSTNAME, printable ASCII
 * @param sdId SD-ID of the structured data, for example {@code vedette@32473} with your enterprise
 *     number; empty for none
 */
public record SyslogFormat(int facility, String host, String sdId) {

  private static final String APP = "vedette";
  private static final int MSGID = 32;
  private static final int HOST = 255;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Checks its ranges. */
  public SyslogFormat {
    if (facility < 0 || facility > 23) {
      throw new IllegalArgumentException("facility must be from 0 to 23, was " + facility);
    }
    if (!sdId.isEmpty() && !sdId.matches("[!#-<>-\\\\^-~]{1,32}")) {
      throw new IllegalArgumentException(
          "sd-id must be at most 32 printable characters without = ] \" and space, was " + sdId);
    }
  }

  /** The message with its length in front. */
  byte[] frame(Message message) {
    byte[] body = line(message).getBytes(StandardCharsets.UTF_8);
    byte[] length = (body.length + " ").getBytes(StandardCharsets.US_ASCII);
    var frame = new ByteArrayOutputStream(length.length + body.length);
    frame.writeBytes(length);
    frame.writeBytes(body);
    return frame.toByteArray();
  }

  /** The message without its length. */
  String line(Message message) {
    int priority = facility * 8 + severity(message.severity());
    return "<"
        + priority
        + ">1 "
        + TIME.format(Instant.ofEpochMilli(message.timeMillis()))
        + ' '
        + printable(host, HOST)
        + ' '
        + APP
        + " - "
        + printable(message.detector(), MSGID)
        + ' '
        + structured(message)
        + ' '
        + message.text();
  }

  private String structured(Message message) {
    if (sdId.isEmpty()) {
      return "-";
    }
    return '['
        + sdId
        + " id=\""
        + escaped(message.id())
        + "\" tenant=\""
        + escaped(message.tenant())
        + "\"]";
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
  }

  private static String printable(String text, int longest) {
    String safe = text.replaceAll("[^!-~]", "_");
    return safe.isEmpty() ? "-" : safe.substring(0, Math.min(longest, safe.length()));
  }

  /** RFC 5424 severities: 2 critical to 6 informational. */
  private static int severity(String word) {
    return switch (word) {
      case "critical" -> 2;
      case "high" -> 3;
      case "medium" -> 4;
      case "low" -> 5;
      default -> 6;
    };
  }
}
