package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that nobody runs at every build must be able to fail. */
class CiScriptsTest {

  private static final Path CI = Path.of("..", ".ci");
  private static final Path APP = Path.of("..", "streams-app/src");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"figures", "image.sh", "life/run", "prometheus.sh", "run"})
  void shouldBeReadWhenBashLooksAtThem(String script) throws Exception {
    assertThat(bash("bash -n " + CI.resolve(script))).isEqualTo("exit 0");
  }

  /**
   * A reader that ends early breaks the pipe; with pipefail the writer's end then fails the script.
   */
  @ParameterizedTest
  @ValueSource(strings = {"../.ci", "../deploy"})
  void shouldReadAllThatIsPipedWhenAScriptLooksForSomething(String directory) throws IOException {
    // Given
    var endsEarly =
        Pattern.compile(
            "\\|\\s*(head\\b|grep\\s+(-\\w+\\s+)*-\\w*[qm]|sed\\b.*\\bq\\b|awk\\b.*\\bexit\\b)");
    var scripts = new ArrayList<Path>();
    var faults = new ArrayList<String>();

    // When
    try (Stream<Path> files = Files.walk(Path.of(directory))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (file.toString().endsWith(".sh") || text.startsWith("#!/usr/bin/env bash")) {
          scripts.add(file);
          endsEarly
              .matcher(text)
              .results()
              .forEach(fault -> faults.add(file + ": " + fault.group()));
        }
      }
    }

    // Then
    assertThat(scripts).isNotEmpty();
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metric a vedette_ready                       | 1 exit 0
          metric a vedette_state_damaged_total         | 3 exit 0
          expect a vedette_state_damaged_total 3       | exit 0
          expect a vedette_state_damaged_total 0       | vedette_state_damaged_total of instance a is 3, not 0 exit 1
          expect a vedette_state_damaged 0             | instance a has no metric vedette_state_damaged exit 1
          expect b vedette_state_damaged_total 0       | instance b shows no metrics exit 1
          lost some.txt more.txt                       | exit 0
          lost more.txt some.txt                       | two life: these incidents are lost exit 1
          """)
  void shouldFailWhenAnInstanceDoesNotShowWhatItShould(String call, String said) throws Exception {
    // Given: the functions of the script, and a curl that reaches instance a
    Files.writeString(
        directory.resolve("curl"),
        """
        #!/bin/sh
        case "$*" in *:1/metrics*) printf 'vedette_ready 1.0\\nvedette_state_damaged_total{x="y"} 1.0\\nvedette_state_damaged_total{x="z"} 2.0\\n' ;; *) exit 7 ;; esac
        """);
    assertThat(directory.resolve("curl").toFile().setExecutable(true)).isTrue();
    Files.writeString(directory.resolve("some.txt"), "one\n");
    Files.writeString(directory.resolve("more.txt"), "one\ntwo\n");
    var functions = new StringBuilder("set -Eeuo pipefail\ndeclare -A port=([a]=1 [b]=2)\n");
    String script = Files.readString(CI.resolve("life/run"));
    for (String name : List.of("fail", "metric", "expect", "lost")) {
      var matcher =
          Pattern.compile("(?ms)^" + name + "\\(\\) \\{(?:[^\\n]*}$|.*?^}$)").matcher(script);
      assertThat(matcher.find()).as(name).isTrue();
      functions.append(matcher.group()).append('\n');
    }

    // When
    String output = bash("cd '" + directory + "'\n" + functions + call);

    // Then
    assertThat(output.replaceFirst("^life: ", "")).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"14.9, 15, pass", "15.1, 15, fail", "'', 15, fail"})
  void shouldFailWhenAFigureIsAboveItsLimitOrMissing(String measured, String limit, String word)
      throws Exception {
    // Given
    var verdict =
        Pattern.compile("(?ms)^verdict\\(\\) \\{.*?^}$")
            .matcher(Files.readString(CI.resolve("figures")));
    assertThat(verdict.find()).isTrue();

    // When
    String call = "verdict start '%s' %s s; exit $failed".formatted(measured, limit);
    String output = bash("failed=0\n" + verdict.group() + '\n' + call);

    // Then
    assertThat(output).startsWith(word).endsWith(word.equals("pass") ? "exit 0" : "exit 1");
  }

  @Test
  void shouldJudgeTheLargestNumberOfALogWhenFiguresAreRead() throws Exception {
    String output = bash("bash " + CI.resolve("figures") + " check");
    assertThat(output).isEqualTo("figures: made-up logs are read as they should be exit 0");
  }

  @Test
  void shouldKeepItsLogsWhereNoBuildCleansWhenFiguresAreTaken() throws IOException {
    String figures = Files.readString(CI.resolve("figures"));
    assertThat(figures).contains("logs=$(mktemp -d -t ", "echo \"logs: $logs\"");
    assertThat(figures).doesNotContain("/target/figures");
  }

  @Test
  void shouldSayWhatTheFiguresLookForWhenTestsPrint() throws IOException {
    String figures = Files.readString(CI.resolve("figures"));
    assertThat(figures)
        .contains("image: size ([0-9]+) bytes")
        .contains("standby took over [0-9]+ partitions ([0-9.]+) s")
        .contains("ready in ([0-9.]+) s on an empty")
        .contains("ready in ([0-9.]+) s after restoring")
        .contains("incident, p99: ([0-9]+) ms");
    assertThat(Files.readString(CI.resolve("image.sh"))).contains("image: size $size bytes of");
    assertThat(Files.readString(APP.resolve("test/java/io/vedette/app/ClusterIT.java")))
        .contains("standby took over %d partitions %.1f s after");
    assertThat(Files.readString(APP.resolve("test/java/io/vedette/app/RestoreIT.java")))
        .contains("ready in %.1f s on an empty state", "ready in %.1f s after restoring");
    assertThat(Files.readString(APP.resolve("main/java/io/vedette/app/bench/LatencyCommand.java")))
        .contains("event to incident, %s: %.0f ms", "\"p\" + Math.round(quantile * 100)");
  }

  /** What a script says, its lines joined, and its exit code. */
  private String bash(String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
    builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    return (output.replaceAll("\\s+", " ") + "exit " + exit).strip();
  }
}
