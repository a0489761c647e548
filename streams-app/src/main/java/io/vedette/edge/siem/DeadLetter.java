package io.vedette.edge.siem;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A line that could not be read; holds no payload.
 *
 * @param file the file's name
 * @param line line number from 1
 * @param reason the field at fault and what is allowed
 * @param excerptSha256 hex SHA-256 of the bytes that were read of it, to find it again
 */
public record DeadLetter(String file, long line, String reason, String excerptSha256) {

  /** Hashes the bytes of the line. */
  public static DeadLetter of(
      String file, long line, String reason, byte[] bytes, int offset, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, offset, length);
      return new DeadLetter(file, line, reason, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
