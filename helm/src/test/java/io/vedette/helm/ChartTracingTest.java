package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The parts of tracing fit together: who brings the agent, where it is looked for, its settings.
 */
class ChartTracingTest {

  private static final Path TRACED = Chart.DIRECTORY.resolve("ci/ha-values.yaml");

  @Test
  void shouldFindAgentAndSettingsWhenTracingIsOn() throws IOException {
    // Given
    Manifests manifests = Chart.render(TRACED);
    JsonNode copy = manifests.podSpec().at("/initContainers/0");

    // When
    TreeMap<String, String> environment = new TreeMap<>();
    manifests
        .container()
        .get("env")
        .forEach(e -> environment.put(e.get("name").asText(), e.path("value").asText()));
    TreeMap<String, String> mounts = new TreeMap<>();
    manifests
        .container()
        .get("volumeMounts")
        .forEach(m -> mounts.put(m.get("name").asText(), m.get("mountPath").asText()));

    // Then
    assertThat(environment.get("JAVA_TOOL_OPTIONS"))
        .contains("-javaagent:" + copy.at("/command/2").asText());
    assertThat(copy.at("/command/2").asText()).startsWith(mounts.get("agent") + "/");
    assertThat(copy.at("/volumeMounts/0/name").asText()).isEqualTo("agent");
    assertThat(copy.at("/volumeMounts/0/mountPath").asText()).isEqualTo(mounts.get("agent"));
    assertThat(environment.get("OTEL_JAVAAGENT_CONFIGURATION_FILE"))
        .isEqualTo(mounts.get("config") + "/tracing.properties");
    assertThat(manifests.all("ConfigMap"))
        .extracting(map -> map.at("/data/tracing.properties").asText().strip())
        .contains(Files.readString(Chart.DIRECTORY.resolve("files/tracing.properties")).strip());
  }
}
