package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of deploy/ and helm/ point to what is there. */
class DeployPagesTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");
  private static final Pattern TEST = Pattern.compile("-Dtest='([^']+)'");

  @Test
  void shouldLeadSomewhereWhenAPageLinks() throws IOException {
    // Given
    List<Path> pages = new ArrayList<>();
    for (String room : List.of("deploy", "helm")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(room))) {
        files
            .filter(f -> f.toString().endsWith(".md") && !f.toString().contains("/target/"))
            .forEach(pages::add);
      }
    }
    assertThat(pages).hasSizeGreaterThan(25);

    for (Path page : pages) {
      // When
      Matcher links = LINK.matcher(Files.readString(page));

      // Then
      while (links.find()) {
        if (!links.group(1).contains("://")) {
          assertThat(page.resolveSibling(links.group(1)).normalize()).as("%s", page).exists();
        }
      }
    }
  }

  @Test
  void shouldPointToTheChartAndItsTestsWhenTheRoomsPageIsRead() throws IOException {
    // Given
    String page = Files.readString(ROOT.resolve("helm/README.md"));

    // When
    Matcher command = TEST.matcher(page);

    // Then
    assertThat(page).contains("](vedette/README.md)").doesNotContain("not there yet");
    assertThat(command.find()).isTrue();
    for (String name : command.group(1).split(",")) {
      String file = name.replace("*", ".*") + "\\.java";
      try (Stream<Path> tests = Files.list(Path.of("src/test/java/io/vedette/helm"))) {
        assertThat(tests.map(t -> t.getFileName().toString())).anyMatch(t -> t.matches(file));
      }
    }
  }
}
