package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLinesTest {

  private static final String SIGNS = "aä\n\r\n\r";

  @TempDir private Path directory;

  @Test
  void shouldSplitAsTheJdkWhenLinesEndInAnyWay() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      // Given
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
      }
      Path file = Files.writeString(directory.resolve("lines"), text);

      // Then
      assertThat(lines(file, 20)).isEqualTo(Files.readAllLines(file));
    }
  }

  @Test
  void shouldNameTheLineWhenItIsTooLong() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("lines"), "12345\n\n123456\n1\n");

    // Then
    assertThat(lines(file, 6)).hasSize(4);
    assertThatThrownBy(() -> lines(file, 5))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " line 3 must have at most 5 characters");
  }

  @Test
  void shouldReadNoFurtherWhenALineIsTooLong() throws IOException {
    // Given: far behind the bound is what no text can hold
    byte[] bytes = new byte[1 << 20];
    Arrays.fill(bytes, (byte) 'a');
    bytes[bytes.length - 1] = (byte) 0xff;
    Path file = Files.write(directory.resolve("lines"), bytes);

    // Then
    assertThatThrownBy(() -> lines(file, 5)).hasMessageContaining("at most 5 characters");
  }

  private static List<String> lines(Path file, int longest) throws IOException {
    List<String> all = new ArrayList<>();
    try (BoundedLines lines = new BoundedLines(file, longest)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
    }
    return all;
  }
}
