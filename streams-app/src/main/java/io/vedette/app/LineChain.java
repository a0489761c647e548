package io.vedette.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hash chain of a file of lines, kept in a file beside it: for each line the SHA-256, hex, of
 * the hash before it, a line feed and the line; 64 zeros stand before the first.
 */
final class LineChain {

  private static final String SUFFIX = ".chain";
  private static final int LONGEST_LINE = 1 << 22; // characters; an incident has far fewer
  private static final int LONGEST_HASH = 256; // characters

  private final MessageDigest digest = sha256();
  private String hash = "0".repeat(64);

  /** The hash after one line more. */
  String next(String line) {
    digest.update((hash + '\n').getBytes(StandardCharsets.UTF_8));
    hash = HexFormat.of().formatHex(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
    return hash;
  }

  /** The file that holds the chain of a file. */
  static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /**
   * What a check found.
   *
   * @param lines lines that are as they were written
   * @param hash the chain's end there
   * @param broken number of the first line that is not, from 1; 0 when all are
   * @param reason what is wrong there
   */
  record Result(long lines, String hash, long broken, String reason) {}

  /**
   * Checks a file against its chain.
   *
   * @throws IOException naming the line when one of either is too long
   */
  static Result check(Path file) throws IOException {
    LineChain chain = new LineChain();
    long number = 0;
    try (BoundedLines lines = new BoundedLines(file, LONGEST_LINE);
        BoundedLines hashes = new BoundedLines(beside(file), LONGEST_HASH)) {
      while (true) {
        String line = lines.next();
        String written = hashes.next();
        if (line == null && written == null) {
          return new Result(number, chain.hash, 0, "");
        }
        String before = chain.hash;
        number++;
        String wrong = wrong(line == null ? null : chain.next(line), written);
        if (wrong != null) {
          return new Result(number - 1, before, number, wrong);
        }
      }
    }
  }

  private static @Nullable String wrong(@Nullable String found, @Nullable String written) {
    if (found == null) {
      return "it is missing";
    }
    if (written == null) {
      return "the chain does not know it";
    }
    return found.equals(written) ? null : "it, or a line before it, is not what was written";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
