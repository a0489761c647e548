package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole rendering of each ci file, so that no change goes unseen. */
class ChartGoldenTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  static List<Path> ciValues() throws IOException {
    return Chart.ciValues();
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldBeTheGoldenOneWhenRendered(Path values) throws IOException {
    // When
    String text = Chart.render(values).text();

    // Then
    Updates.check(GOLDEN.resolve(values.getFileName()), shortened(text));
  }

  @Test
  void shouldBelongToACiFileWhenAGoldenFileIsThere() throws IOException {
    // When
    try (Stream<Path> golden = Files.list(GOLDEN)) {
      // Then
      assertThat(golden.map(Path::getFileName))
          .containsExactlyInAnyOrderElementsOf(
              Chart.ciValues().stream().map(Path::getFileName).toList());
    }
  }

  /** Without the long texts of dashboards, which have files and tests of their own. */
  private static String shortened(String text) {
    return text.lines()
        .map(l -> l.length() > 2000 ? l.substring(0, l.indexOf(':') + 1) + " (shortened)" : l)
        .reduce(new StringBuilder(), (b, l) -> b.append(l).append('\n'), StringBuilder::append)
        .toString();
  }
}
