package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.Exchange;
import io.vedette.core.Verdict;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts of a file in a replay. */
class ReplayVerdictsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Exchange> TRAFFIC = new ArrayList<>();
  private static Settings settings = Settings.defaults();

  @TempDir private Path directory;

  @BeforeAll
  static void play() {
    // Slowly: a replay works in batches of five seconds, and verdicts come between two of them.
    Scenario scenario = OneAttack.on(World.LOAN.build(), 1);
    scenario.forEach(TRAFFIC::add);
    settings = Settings.defaults().learnUntil(scenario.learnUntil());
  }

  @Test
  void shouldCloseAndExceptFromItsTimeOnWhenAVerdictIsReplayed() throws IOException {
    // Given
    List<JsonNode> before = replay("before", List.of());
    JsonNode create = of("CREATE", before).get(0);
    List<JsonNode> findings = lines("before", "findings.jsonl");
    JsonNode second = findings.get(findings.size() / 2);
    Instant judged = time(second);
    Path file =
        write(
            "{\"incidentId\":\"%s\",\"verdict\":\"FALSE_POSITIVE\",\"analyst\":\"ana\","
                + "\"note\":\"a test\",\"time\":\"%s\",\"until\":\"%s\","
                + "\"scope\":{\"tenant\":\"acme\",\"principal\":\"mallory\",\"model\":null}}",
            create.path("incidentId").asText(), judged, judged.plusSeconds(86_400));

    // When
    List<JsonNode> after = replay("after", VerdictFile.read(file));

    // Then
    assertThat(of("CLOSE", after))
        .singleElement()
        .satisfies(close -> assertThat(close.path("closeReason").asText()).contains("by ana"))
        .satisfies(close -> assertThat(close.path("verdict").asText()).isEqualTo("FALSE_POSITIVE"));
    assertThat(of("CLOSE", before)).isEmpty();
    List<JsonNode> marked = lines("after", "findings.jsonl");
    assertThat(marked).hasSameSizeAs(findings);
    long excepted = marked.stream().filter(f -> f.has("exception")).count();
    assertThat(excepted).isPositive().isLessThan(findings.size());
    assertThat(marked)
        .filteredOn(f -> f.has("exception"))
        .allSatisfy(f -> assertThat(time(f)).isAfterOrEqualTo(judged));
  }

  @Test
  void shouldOpenNoIncidentWhenAnExceptionIsInForceBeforehand() throws IOException {
    // Given
    Instant early = instant(TRAFFIC.get(0).timeMicros());
    Path file =
        write(
            "{\"incidentId\":\"inc-elsewhere\",\"verdict\":\"BENIGN\",\"analyst\":\"ana\","
                + "\"note\":\"load test\",\"time\":\"%s\",\"until\":\"%s\","
                + "\"scope\":{\"tenant\":\"acme\",\"principal\":\"mallory\"}}",
            early, early.plusSeconds(86_400));
    replay("a", List.of());

    // When
    List<JsonNode> incidents = replay("b", VerdictFile.read(file));

    // Then
    assertThat(incidents).isEmpty();
    assertThat(lines("b", "findings.jsonl")).isNotEmpty().allMatch(f -> f.has("exception"));
    int exit = Main.execute("diff", "--a", path("a"), "--b", path("b"));
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void shouldChangeNothingWhenAVerdictIsLaterThanTheTraffic() throws IOException {
    // Given
    Instant late = instant(TRAFFIC.get(TRAFFIC.size() - 1).timeMicros()).plusSeconds(60);
    Path file =
        write(
            "{\"incidentId\":\"inc-x\",\"verdict\":\"BENIGN\",\"time\":\"%s\",\"until\":\"%s\","
                + "\"scope\":{\"tenant\":\"acme\",\"principal\":\"mallory\"}}",
            late, late.plusSeconds(60));

    // When
    List<JsonNode> with = replay("with", VerdictFile.read(file));

    // Then
    assertThat(with).isNotEmpty().isEqualTo(replay("without", List.of()));
    int exit = Main.execute("diff", "--a", path("with"), "--b", path("without"));
    assertThat(exit).isZero();
  }

  @Test
  void shouldNameLineAndFieldWhenTheFileIsWrong() throws IOException {
    // Given
    Path word = write("\n{\"incidentId\":\"i\",\"verdict\":\"MAYBE\",\"time\":\"%s\"}", "x");
    Path time =
        write(
            "{\"incidentId\":\"i\",\"verdict\":\"BENIGN\",\"time\":\"soon\",\"note\":\"%s\"}", "");
    Path text = write("{%s", "");

    // Then
    assertThatThrownBy(() -> VerdictFile.read(word))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2: ");
    assertThatThrownBy(() -> VerdictFile.read(time)).hasMessageContaining("time must be");
    assertThatThrownBy(() -> VerdictFile.read(text)).hasMessageContaining("line 1 is not JSON");
  }

  private List<JsonNode> replay(String name, List<Verdict> verdicts) throws IOException {
    new ReplayRun(settings, directory.resolve(name), List.of(), verdicts)
        .run(
            (exchanges, letters) -> {
              TRAFFIC.forEach(exchanges);
              return TRAFFIC.size();
            });
    return lines(name, "incidents.jsonl");
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private List<JsonNode> lines(String run, String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(run).resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private Path write(String format, Object... parts) throws IOException {
    Path file = Files.createTempFile(directory, "verdicts", ".jsonl");
    return Files.writeString(file, format.formatted(parts) + '\n');
  }

  private static List<JsonNode> of(String activity, List<JsonNode> incidents) {
    return incidents.stream().filter(i -> i.path("activity").asText().equals(activity)).toList();
  }

  private static Instant time(JsonNode json) {
    return Instant.parse(json.path("time").asText());
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(0, micros * 1000);
  }
}
