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
import org.jspecify.annotations.Nullable;

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

  /** Reads all files, in the order given, ahead of whoever takes what they hold. */
  void read() throws IOException {
    new ReadAhead<Item>(this::read)
        .run(
            item -> {
              lines++;
              if (item.exchange != null) {
                exchanges.accept(item.exchange);
              } else if (item.letter != null) {
                letters.accept(item.letter);
              }
            });
  }

  private void read(ReadAhead.Sink<Item> sink) throws IOException {
    for (String file : files) {
      Path name = Path.of(file).getFileName();
      new NativeLogReader(NativeLogParser.MAX_LINE_BYTES)
          .read(file, new Lines(name == null ? file : name.toString(), sink));
    }
  }

  /** A line: an exchange, a dead letter or blank. */
  private record Item(@Nullable Exchange exchange, @Nullable DeadLetter letter) {
    static final Item BLANK = new Item(null, null);
  }

  /** Lines read so far. */
  long lines() {
    return lines;
  }

  private final class Lines implements NativeLogReader.Lines {
    private final String name;
    private final ReadAhead.Sink<Item> sink;

    Lines(String name, ReadAhead.Sink<Item> sink) {
      this.name = name;
      this.sink = sink;
    }

    @Override
    public void line(long number, byte[] bytes, int offset, int length) throws IOException {
      sink.take(blank(bytes, offset, length) ? Item.BLANK : item(number, bytes, offset, length));
    }

    private Item item(long number, byte[] bytes, int offset, int length) {
      try {
        return new Item(parser.parse(bytes, offset, length, new Origin(name, 0, number)), null);
      } catch (IngestException e) {
        return new Item(null, DeadLetter.of(name, number, e.reason(), bytes, offset, length));
      }
    }

    @Override
    public void bad(long number, String reason, byte[] bytes, int length) throws IOException {
      sink.take(new Item(null, DeadLetter.of(name, number, reason, bytes, 0, length)));
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
