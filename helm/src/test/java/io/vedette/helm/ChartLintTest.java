package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartLintTest {

  @Test
  void shouldFindNothingWhenLintedStrictly() {
    // When
    LintResult result = Chart.helm().lint().strict().call();

    // Then
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages())
        .filteredOn(m -> m.startsWith("[INFO]") || m.startsWith("[W") || m.startsWith("[E"))
        .isEmpty();
  }

  @Test
  void shouldRenderEveryTemplateWhenAllCiFilesAreTaken() throws Exception {
    // Given
    List<String> rendered = new ArrayList<>();
    for (Path values : Chart.ciValues()) {
      rendered.add(Chart.render(values).text());
    }

    // When
    List<String> templates;
    try (Stream<Path> files = Files.walk(Chart.DIRECTORY.resolve("templates"))) {
      templates =
          files
              .map(Chart.DIRECTORY.resolve("templates")::relativize)
              .map(Path::toString)
              .filter(name -> name.endsWith(".yaml"))
              .toList();
    }

    // Then
    assertThat(templates)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            name ->
                assertThat(String.join("\n", rendered))
                    .contains("# Source: vedette/templates/" + name));
  }
}
