package io.vedette.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Ids of requests and events. */
final class RequestIds {

  private static final int MAX_LENGTH = 256;

  private RequestIds() {}

  /** The id itself, or {@code h:} and its SHA-256 in hex when it is longer than 256 characters. */
  static String bounded(String requestId) {
    if (requestId.length() <= MAX_LENGTH) {
      return requestId;
    }
    return "h:" + HexFormat.of().formatHex(digest("SHA-256", requestId));
  }

  /** A UUID of version 5: equal names give equal ids, so that a replay writes the same events. */
  static String eventId(String name) {
    ByteBuffer hash = ByteBuffer.wrap(digest("SHA-1", name));
    long high = (hash.getLong() & ~0xf000L) | 0x5000L;
    long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
