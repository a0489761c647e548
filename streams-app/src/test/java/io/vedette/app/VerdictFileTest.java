package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds of a file of verdicts. */
class VerdictFileTest {

  private static final String LINE =
      "{\"incidentId\":\"i\",\"verdict\":\"BENIGN\",\"time\":\"2026-03-01T00:00:00Z\"}\n";
  private static final int MOST = 100_000;

  @TempDir private Path directory;

  @Test
  void shouldRefuseWhenThereAreTooManyVerdicts() throws IOException {
    // Given
    Path most = Files.writeString(directory.resolve("most"), LINE.repeat(MOST) + "\n\n");
    Path more = Files.writeString(directory.resolve("more"), LINE.repeat(MOST + 1));

    // Then
    assertThat(VerdictFile.read(most)).hasSize(MOST);
    assertThatThrownBy(() -> VerdictFile.read(more))
        .isInstanceOf(IOException.class)
        .hasMessage(more + " line 100001: at most 100000 verdicts");
  }

  @Test
  void shouldNameTheLineWhenItIsTooLong() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("long"), LINE + " ".repeat(70_000) + LINE);

    // Then
    assertThatThrownBy(() -> VerdictFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " line 2 must have at most 65536 characters");
  }
}
