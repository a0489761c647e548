package io.vedette.app;

import io.vedette.lab.NativeLog;
import io.vedette.lab.Scenario;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A scenario of the lab as a file in the native log format. */
final class LogFile {

  private LogFile() {}

  /** Writes all exchanges, gzip by file name, and prints their number and where learning ends. */
  static void write(Scenario scenario, Path file, PrintWriter out) throws IOException {
    long lines;
    try (OutputStream written = Files.newOutputStream(file);
        OutputStream bytes =
            file.toString().endsWith(".gz") ? new GZIPOutputStream(written) : written;
        Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      lines = new NativeLog().writeAll(scenario, writer);
    }
    out.printf("%d exchanges in %s, learn until %s%n", lines, file, scenario.learnUntil());
  }
}
