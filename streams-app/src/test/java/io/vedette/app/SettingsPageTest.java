package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages about settings say what the code says. */
class SettingsPageTest {

  private static final Path PAGE = Path.of("SETTINGS.md");
  private static final Path EXAMPLE = Path.of("..", "deploy", "vedette.yaml");
  private static final String START = "<!-- reference: start -->\n";
  private static final String END = "<!-- reference: end -->\n";

  @Test
  void shouldHoldTheReferenceWhenThePageIsRead() throws IOException {
    // Given
    String page = Files.readString(PAGE, StandardCharsets.UTF_8);

    // When
    String table = page.substring(page.indexOf(START) + START.length(), page.indexOf(END));

    // Then
    assertThat(table)
        .as("put SettingsText.reference() between the two comments of SETTINGS.md")
        .isEqualTo(SettingsText.reference());
  }

  @Test
  void shouldHoldTheNumbersOfDetectorsWhenThePageIsRead() throws IOException {
    // Given
    String page = Files.readString(PAGE, StandardCharsets.UTF_8);
    String start = "<!-- properties: start -->\n";

    // When
    String table =
        page.substring(
            page.indexOf(start) + start.length(), page.indexOf("<!-- properties: end -->\n"));

    // Then
    assertThat(table)
        .as("put SettingsText.properties() between the two comments of SETTINGS.md")
        .isEqualTo(SettingsText.properties());
  }

  @Test
  void shouldBeValidWhenTheExampleIsLoaded() throws SettingsException {
    // Given
    Map<String, String> nothing = Map.of();

    // When
    Settings settings = SettingsLoader.load(EXAMPLE, nothing);

    // Then
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.registry().url()).isEqualTo("http://registry.example:8081");
  }
}
