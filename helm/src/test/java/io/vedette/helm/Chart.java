package io.vedette.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart under test, rendered by Helm itself. */
final class Chart {

  static final Path DIRECTORY = Path.of("vedette");
  static final Path CI = DIRECTORY.resolve("ci");
  static final Path MINIMAL = CI.resolve("minimal-values.yaml");
  static final String RELEASE = "rel";
  static final String NAMESPACE = "security";
  static final String OLDEST = "1.27.0";
  static final String NEWEST = "1.34.0";

  // Helm's library leaves hooks out of what it renders; without the mark, the test's pod is in it.
  private static final Path UNHOOKED = unhooked();

  private Chart() {}

  private static Path unhooked() {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      Path copy = Files.createTempDirectory(Path.of("target"), "chart");
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(DIRECTORY.relativize(file));
        Files.createDirectories(target.getParent());
        String text = Files.readString(file);
        Files.writeString(target, text.replaceAll("\\n *helm\\.sh/hook: .*", ""));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Helm helm() {
    return new Helm(DIRECTORY);
  }

  /** The values files that stand for the ways to deploy, in order of name. */
  static List<Path> ciValues() throws IOException {
    try (Stream<Path> files = Files.list(CI)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static Manifests render(Path values) {
    return render(values, OLDEST, Map.of());
  }

  static Manifests render(Path values, String kubeVersion, Map<String, String> set) {
    TemplateCommand template =
        new Helm(UNHOOKED)
            .template()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeVersion(kubeVersion)
            .withValuesFile(values);
    set.forEach(template::set);
    return new Manifests(template.call());
  }
}
