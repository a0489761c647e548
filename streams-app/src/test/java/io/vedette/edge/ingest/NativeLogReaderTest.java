package io.vedette.edge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLogReaderTest {

  private final NativeLogReader reader = new NativeLogReader(1000);
  private final Seen seen = new Seen();

  @Test
  void shouldNumberLinesWhenSomeAreEmptyAndTheLastHasNoEnd() throws IOException {
    // When
    read("a\n\nb\r\nc");

    // Then
    assertThat(seen.lines).containsExactly("1:a", "3:b", "4:c");
    assertThat(seen.bad).isEmpty();
  }

  @Test
  void shouldSkipToTheEndWhenALineIsOverlong() throws IOException {
    // When
    read("a\n" + "x".repeat(200_000) + "\nb\n" + "y".repeat(1000) + "\n" + "z".repeat(1001));

    // Then
    assertThat(seen.lines).containsExactly("1:a", "3:b", "4:" + "y".repeat(1000));
    assertThat(seen.bad)
        .containsExactly(
            "2:line must have at most 1000 bytes", "5:line must have at most 1000 bytes");
  }

  @Test
  void shouldGiveLinesWholeWhenTheyCrossChunks() throws IOException {
    // Given
    List<String> lines =
        IntStream.rangeClosed(1, 3000).mapToObj(i -> "x".repeat(i % 997 + 1)).toList();

    // When
    read(String.join("\n", lines));

    // Then
    assertThat(seen.lines)
        .isEqualTo(IntStream.range(0, 3000).mapToObj(i -> i + 1 + ":" + lines.get(i)).toList());
  }

  @Test
  void shouldReadGzipWhenTheNameSaysSo(@TempDir Path dir) throws IOException {
    // Given
    Path file = dir.resolve("log.jsonl.GZ");
    byte[] twice = gzip("a\nb\n");
    Files.write(file, twice);
    Files.write(file, gzip("c\n"), StandardOpenOption.APPEND);

    // When
    reader.read(file.toString(), seen);

    // Then
    assertThat(seen.lines).containsExactly("1:a", "2:b", "3:c");
  }

  @Test
  void shouldReportOneBadLineWhenGzipIsTruncatedAnywhere() throws IOException {
    // Given
    byte[] whole = gzip("a\nb\nc\n");
    for (int length = 0; length < whole.length; length++) {
      Seen part = new Seen();

      // When
      reader.readGzip(new ByteArrayInputStream(Arrays.copyOf(whole, length)), part);

      // Then
      assertThat(part.bad).hasSize(1).first().asString().contains("must be whole gzip");
      assertThat(part.lines).isSubsetOf("1:a", "2:b", "3:c");
    }
  }

  @Test
  void shouldDeliverWholeLinesWhenALongGzipIsTruncated() throws IOException {
    // Given
    String text = "line\n".repeat(100_000);
    byte[] whole = gzip(text);

    // When
    reader.readGzip(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 100)), seen);

    // Then
    assertThat(seen.lines).hasSizeBetween(1, 99_999).endsWith(seen.lines.size() + ":line");
    assertThat(seen.bad).hasSize(1);
  }

  private void read(String text) throws IOException {
    reader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), seen);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static final class Seen implements NativeLogReader.Lines {
    final List<String> lines = new ArrayList<>();
    final List<String> bad = new ArrayList<>();

    @Override
    public void line(long number, byte[] bytes, int offset, int length) {
      lines.add(number + ":" + new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void bad(long number, String reason, byte[] bytes, int length) {
      bad.add(number + ":" + reason);
    }
  }
}
