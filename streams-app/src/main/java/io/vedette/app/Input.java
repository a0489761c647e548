package io.vedette.app;

import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import io.vedette.edge.ingest.IngestException;
import io.vedette.edge.ingest.NativeLogParser;
import io.vedette.edge.ingest.NativeLogReader;
import io.vedette.edge.siem.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Recorded traffic in files of the native log format. */
final class Input {

  private final List<String> files;
  private final Consumer<Exchange> exchanges;
  private final Consumer<DeadLetter> letters;
  private final NativeLogParser parser = new NativeLogParser();
  private long lines;

  Input(List<String> files, Consumer<Exchange> exchanges, Consumer<DeadLetter> letters) {
    this.files = files;
    this.exchanges = exchanges;
    this.letters = letters;
  }

  /** Reads all files, in the order given. */
  void read() throws IOException {
    for (String file : files) {
      Path name = Path.of(file).getFileName();
      new NativeLogReader(NativeLogParser.MAX_LINE_BYTES)
          .read(file, new Lines(name == null ? file : name.toString()));
    }
  }

  /** Lines read so far. */
  long lines() {
    return lines;
  }

  private final class Lines implements NativeLogReader.Lines {
    private final String name;

    Lines(String name) {
      this.name = name;
    }

    @Override
    public void line(long number, byte[] bytes, int offset, int length) {
      lines++;
      if (blank(bytes, offset, length)) {
        return;
      }
      try {
        exchanges.accept(parser.parse(bytes, offset, length, new Origin(name, 0, number)));
      } catch (IngestException e) {
        letters.accept(DeadLetter.of(name, number, e.reason(), bytes, offset, length));
      }
    }

    @Override
    public void bad(long number, String reason, byte[] bytes, int length) {
      lines++;
      letters.accept(DeadLetter.of(name, number, reason, bytes, 0, length));
    }

    private static boolean blank(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
          return false;
        }
      }
      return true;
    }
  }
}
