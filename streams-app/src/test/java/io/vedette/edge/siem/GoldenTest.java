package io.vedette.edge.siem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.Incident;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each renderer against its golden files: headers, then the value, JSON indented. */
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/io/vedette/edge/siem/golden");
  private static final ObjectMapper JSON = new ObjectMapper();

  static final Map<String, Renderer> RENDERERS =
      Map.of(
          "ocsf", new OcsfRenderer(Taxonomy.load(), SiemCases.OPTIONS),
          "ecs", new EcsRenderer(Taxonomy.load(), SiemCases.OPTIONS),
          "cef", new CefRenderer(Taxonomy.load(), SiemCases.OPTIONS));

  @TestFactory
  Stream<DynamicTest> shouldMatchGoldenFileWhenRendered() {
    List<DynamicTest> tests = new ArrayList<>();
    for (SiemCases.Case each : SiemCases.all()) {
      RENDERERS.forEach(
          (format, renderer) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      each.name() + '.' + format, () -> check(each, format, renderer))));
    }
    return tests.stream();
  }

  @Test
  void shouldGiveNoDetectionWhenAFindingClosesTheIncidentIntoACampaign() {
    // Given
    Renderer renderer = new OcsfRenderer(Taxonomy.load(), SiemCases.OPTIONS);

    // When
    List<View> views =
        renderer.render(
            SiemCases.extraction(Incident.Activity.CLOSE, "joined a campaign"),
            SiemCases.hostileFinding("x"));

    // Then
    assertThat(views).hasSize(1);
  }

  private static void check(SiemCases.Case each, String format, Renderer renderer)
      throws IOException {
    // Given
    Path file = GOLDEN.resolve(each.name() + '.' + format + ".txt");

    // When
    StringBuilder text = new StringBuilder();
    for (View view : renderer.render(each.incident(), each.cause(), each.link())) {
      view.headers().forEach((k, v) -> text.append(k).append(": ").append(v).append('\n'));
      text.append('\n').append(format.equals("cef") ? view.text() : pretty(view)).append("\n\n");
    }
    if (Boolean.getBoolean("vedette.golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    // Then
    assertThat(text)
        .as("read the change; then run this test with -Dvedette.golden.update=true")
        .hasToString(Files.readString(file, StandardCharsets.UTF_8));
  }

  private static String pretty(View view) throws IOException {
    return JSON.readTree(view.text()).toPrettyString().replace("\r\n", "\n");
  }
}
