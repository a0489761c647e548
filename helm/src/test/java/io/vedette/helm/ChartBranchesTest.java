package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every branch of every template is rendered by some ci file. */
class ChartBranchesTest {

  /** Named so that Helm renders it after all others. */
  private static final String LIST =
      """
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: branches
      data:
        {{- range $key, $_ := .Values }}
        {{- if hasPrefix "%s" $key }}
        {{ sha256sum $key }}: {{ quote $key }}
        {{- end }}
        {{- end }}
      """
          .formatted(TemplateBranches.KEY);

  @Test
  void shouldBeTakenBySomeCiFileWhenABranchExists() throws IOException {
    // Given
    var branches = new TemplateBranches();
    Path chart = Chart.copy(Chart::unhooked);
    Path templates = chart.resolve("templates");
    try (Stream<Path> files = Files.walk(templates)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = templates.relativize(file).toString();
        Files.writeString(file, branches.mark(name, Files.readString(file)));
      }
    }
    Files.writeString(templates.resolve("0.yaml"), LIST);

    // When
    Set<String> missed = new TreeSet<>(branches.branches());
    for (Path values : Chart.ciValues()) {
      Manifests marked = Chart.render(chart, values, Chart.OLDEST, Map.of());
      JsonNode list = list(marked);
      list.get("data")
          .forEach(key -> missed.remove(key.asText().substring(TemplateBranches.KEY.length())));

      // Then: the marks change nothing else
      List<JsonNode> rest = marked.all().stream().filter(d -> d != list).toList();
      assertThat(rest).containsExactlyInAnyOrderElementsOf(Chart.render(values).all());
    }
    assertThat(branches.branches()).hasSizeGreaterThan(200);
    assertThat(missed).as("branches of helm/vedette/templates that no ci file takes").isEmpty();
  }

  private static JsonNode list(Manifests manifests) {
    return manifests.all("ConfigMap").stream()
        .filter(m -> m.at("/metadata/name").asText().equals("branches"))
        .findFirst()
        .orElseThrow();
  }
}
