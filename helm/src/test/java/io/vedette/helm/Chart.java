package io.vedette.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Path UNHOOKED = copy(Chart::unhooked);
  private static final Pattern NAMED = Pattern.compile("(?m)^# release: (\\S+)$");

  private Chart() {}

  static Helm helm() {
    return new Helm(DIRECTORY);
  }

  /** The values files that stand for the ways to deploy, in order of name. */
  static List<Path> ciValues() throws IOException {
    try (Stream<Path> files = Files.list(CI)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static String unhooked(String text) {
    return text.replaceAll("\\n *helm\\.sh/hook: .*", "");
  }

  /** A copy of the chart below {@code target}, its templates changed. */
  static Path copy(UnaryOperator<String> change) {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      Path copy = Files.createTempDirectory(Path.of("target"), "chart");
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(DIRECTORY.relativize(file));
        Files.createDirectories(target.getParent());
        Files.writeString(target, change.apply(Files.readString(file)));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Helm tells whoever installs it. */
  static String notes(Path values) {
    Path chart = copy(UnaryOperator.identity());
    Path templates = chart.resolve("templates");
    try {
      String notes = Files.readString(templates.resolve("NOTES.txt"));
      Files.writeString(
          templates.resolve("notes.yaml"),
          "{{ define \"notes\" }}"
              + notes
              + "{{ end }}\nkind: Notes\nnotes: {{ include \"notes\" . | toJson }}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return render(chart, values, OLDEST, Map.of()).one("Notes").get("notes").asText();
  }

  /** Name of the release: a values file may say it in a comment, as it is no value. */
  private static String release(Path values) {
    try {
      Matcher matcher = NAMED.matcher(Files.readString(values));
      return matcher.find() ? matcher.group(1) : RELEASE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Manifests render(Path values) {
    return render(values, OLDEST, Map.of());
  }

  static Manifests render(Path values, String kubeVersion, Map<String, String> set) {
    return render(UNHOOKED, values, kubeVersion, set);
  }

  /** A rendering of a copy of the chart. */
  static Manifests render(Path chart, Path values, String kubeVersion, Map<String, String> set) {
    TemplateCommand template =
        new Helm(chart)
            .template()
            .withName(release(values))
            .withNamespace(NAMESPACE)
            .withKubeVersion(kubeVersion)
            .withValuesFile(values);
    set.forEach(template::set);
    return new Manifests(template.call());
  }
}
