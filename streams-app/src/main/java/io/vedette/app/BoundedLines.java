package io.vedette.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a file of text in UTF-8, one when it is asked for, as {@link BufferedReader} splits
 * them. No more of a line is held than it may have.
 */
final class BoundedLines implements AutoCloseable {

  private final Path file;
  private final int longest;
  private final BufferedReader reader;
  private final StringBuilder line = new StringBuilder();
  private long number;

  /**
   * Opens a file.
   *
   * @param longest characters that a line may have
   */
  BoundedLines(Path file, int longest) throws IOException {
    this.file = file;
    this.longest = longest;
    this.reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
  }

  /**
   * The next line without its end, null after the last.
   *
   * @throws IOException naming the line when it is too long
   */
  @Nullable String next() throws IOException {
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    number++;
    line.setLength(0);
    for (; c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
      if (line.length() == longest) {
        throw new IOException(
            file + " line " + number + " must have at most " + longest + " characters");
      }
      line.append((char) c);
    }
    if (c == '\r') {
      reader.mark(1);
      if (reader.read() != '\n') {
        reader.reset();
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
