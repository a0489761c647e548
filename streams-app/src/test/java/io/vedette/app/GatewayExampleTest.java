package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What deploy/gateway ships fits the service. */
class GatewayExampleTest {

  private static final Path GATEWAY = Path.of("..", "deploy", "gateway");

  @TempDir Path dir;

  @Test
  void shouldCompileAgainstTheServiceWhenItIsTheExample() throws IOException {
    // Given
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();

    // When
    try (var files = compiler.getStandardFileManager(problems, null, null)) {
      List<String> options =
          List.of("-d", dir.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
      var sources = files.getJavaFileObjects(GATEWAY.resolve("ActionGate.java"));
      compiler.getTask(null, files, problems, options, null, sources).call();
    }

    // Then
    assertThat(problems.getDiagnostics())
        .filteredOn(d -> d.getKind() == Diagnostic.Kind.ERROR)
        .isEmpty();
    assertThat(dir.resolve("ActionGate.class")).exists();
  }

  @Test
  void shouldAskTheGateWhenEnvoyReadsTheFilter() throws IOException {
    // When
    Object envoy = new Yaml().load(Files.readString(GATEWAY.resolve("envoy.yaml")));

    // Then
    assertThat(String.valueOf(envoy))
        .contains("uri=http://127.0.0.1:9191")
        .contains("{exact=x-tenant}, {exact=x-principal}, {exact=x-model}");
  }
}
