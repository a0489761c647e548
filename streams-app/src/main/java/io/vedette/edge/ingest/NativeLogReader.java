package io.vedette.edge.ingest;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a log file line by line in bounded memory: plain, gzip (by the name's {@code .gz}) or
 * standard input ({@code -}). Empty lines are counted and skipped.
 */
public final class NativeLogReader {

  private static final int CHUNK = 1 << 16; // bytes per read

  private final int maxLineBytes;
  private byte[] line = new byte[4096];
  private int size;
  private boolean overlong;
  private long number;

  /** Reads lines up to a length, bytes. */
  public NativeLogReader(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  /** Takes the lines of a file. */
  public interface Lines {

    /**
     * Takes a line, in {@code bytes[offset .. offset + length)} until it returns.
     *
     * @param number line number from 1
     * @throws IOException to stop reading
     */
    void line(long number, byte[] bytes, int offset, int length) throws IOException;

    /**
     * Takes a line that cannot be given whole.
     *
     * @param number line number from 1
     * @param reason what is wrong, no payload
     * @param bytes the start of the line, in {@code bytes[0 .. length)} until it returns
     * @param length bytes of it that were kept
     * @throws IOException to stop reading
     */
    void bad(long number, String reason, byte[] bytes, int length) throws IOException;
  }

  /**
   * Reads a file to its end.
   *
   * @throws IOException when the file cannot be read; a damaged gzip stream is one bad line instead
   */
  public void read(String file, Lines lines) throws IOException {
    if (file.equals("-")) {
      read(System.in, lines);
      return;
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(Path.of(file)), CHUNK)) {
      if (file.toLowerCase(Locale.ROOT).endsWith(".gz")) {
        readGzip(raw, lines);
      } else {
        read(raw, lines);
      }
    }
  }

  /** Reads gzip to its end; what was whole before the damage is delivered. */
  void readGzip(InputStream raw, Lines lines) throws IOException {
    begin();
    byte[] chunk = new byte[CHUNK];
    InputStream in = null;
    int n = 0;
    while (n >= 0) {
      try {
        in = in == null ? new GZIPInputStream(raw, CHUNK) : in;
        n = in.read(chunk);
      } catch (EOFException | ZipException e) {
        lines.bad(++number, "file must be whole gzip, but the stream is damaged here", line, size);
        return;
      }
      if (n > 0) {
        take(chunk, n, lines);
      }
    }
    end(lines);
  }

  /** Reads a stream of plain lines to its end. */
  public void read(InputStream in, Lines lines) throws IOException {
    begin();
    byte[] chunk = new byte[CHUNK];
    int n;
    while ((n = in.read(chunk)) >= 0) {
      take(chunk, n, lines);
    }
    end(lines);
  }

  private void begin() {
    size = 0;
    overlong = false;
    number = 0;
  }

  private void take(byte[] chunk, int length, Lines lines) throws IOException {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        if (size == 0 && !overlong && i - start <= maxLineBytes) {
          deliver(chunk, start, i - start, lines); // whole in the chunk: no copy
        } else {
          keep(chunk, start, i - start, lines);
          end(lines);
        }
        start = i + 1;
      }
    }
    keep(chunk, start, length - start, lines);
  }

  private void keep(byte[] chunk, int start, int length, Lines lines) throws IOException {
    if (overlong) {
      return;
    }
    int room = maxLineBytes - size;
    int kept = Math.min(length, room);
    if (size + kept > line.length) {
      line = Arrays.copyOf(line, Math.max(size + kept, Math.min(maxLineBytes, line.length * 2)));
    }
    System.arraycopy(chunk, start, line, size, kept);
    size += kept;
    if (length > room) {
      overlong = true;
      String reason = "line must have at most " + maxLineBytes + " bytes";
      lines.bad(number + 1, reason, line, size);
    }
  }

  /** Ends the line that is kept. */
  private void end(Lines lines) throws IOException {
    if (overlong) {
      number++;
    } else if (size > 0) {
      deliver(line, 0, size, lines);
    } else {
      number++;
    }
    size = 0;
    overlong = false;
  }

  private void deliver(byte[] bytes, int offset, int length, Lines lines) throws IOException {
    number++;
    int trimmed = length > 0 && bytes[offset + length - 1] == '\r' ? length - 1 : length;
    if (trimmed > 0) {
      lines.line(number, bytes, offset, trimmed);
    }
  }
}
