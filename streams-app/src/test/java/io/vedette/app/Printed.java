package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What commands print, in place of the terminal. */
final class Printed implements AutoCloseable {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private Printed() {}

  /** What a command that succeeds says on its output. */
  static String by(String... words) {
    try (Printed printed = new Printed()) {
      System.setOut(printed.stream());
      assertThat(Main.execute(words)).isZero();
      return printed.text();
    }
  }

  /** From now on what commands say on output and error, until it is closed. */
  static Printed outAndErr() {
    Printed printed = new Printed();
    System.setOut(printed.stream());
    System.setErr(printed.stream());
    return printed;
  }

  private PrintStream stream() {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
