package io.vedette.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayDiffTest {

  private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

  @TempDir private Path directory;

  @Test
  void shouldSayTheSameWhenNothingAnAnalystSeesDiffers() throws IOException {
    // Given
    Path a = run("a", incident("inc-1", "CREATE", "svc", NINE, 100, "HIGH", "extraction"));
    Path b =
        run(
            "b",
            incident("inc-1", "CREATE", "svc", NINE, 100, "HIGH", "extraction")
                .replace("\"riskScore\":80", "\"riskScore\":81"));

    // When
    ReplayDiff diff = ReplayDiff.of(a, b);

    // Then
    assertThat(diff.same()).isTrue();
    assertThat(diff.text()).endsWith("0 appear, 0 vanish, 0 move, 1 are the same\n");
  }

  @Test
  void shouldSayHowItMovedWhenTheSameCallerIsFoundEarlierUnderAnotherId() throws IOException {
    // Given
    Path a = run("a", incident("inc-1", "CREATE", "svc", NINE, 100, "HIGH", "extraction"));
    Path b =
        run(
            "b",
            incident("inc-2", "CREATE", "svc", NINE.minusSeconds(90), 60, "HIGH", "extraction"),
            incident(
                "inc-2", "UPDATE", "svc\",\"ann", NINE.plusSeconds(5), 60, "CRITICAL", "evasion"));

    // When
    ReplayDiff diff = ReplayDiff.of(a, b);

    // Then
    assertThat(diff.text())
        .contains(
            "moves     2026-03-01T09:00:00Z  HIGH           inc-1",
            "opens 40 queries earlier, PT1M30S earlier; severity HIGH to CRITICAL;"
                + " detectors +evasion; members +ann; 1 to 2 members",
            "0 appear, 0 vanish, 1 move, 0 are the same");
    JsonNode json = new ObjectMapper().readTree(diff.json());
    assertThat(json.at("/moved/0/queriesLater").asLong()).isEqualTo(-40);
    assertThat(json.at("/moved/0/timeLater").asText()).isEqualTo("PT-1M-30S");
    assertThat(json.at("/moved/0/b/incidentId").asText()).isEqualTo("inc-2");
    assertThat(diff.same()).isFalse();
  }

  @Test
  void shouldNotMatchWhenTenantModelAccountOrDayDiffer() throws IOException {
    // Given
    String here = incident("inc-1", "CREATE", "svc", NINE, 100, "HIGH", "extraction");
    List<String> elsewhere =
        List.of(
            here.replace("acme", "beta"),
            here.replace("credit", "fraud"),
            here.replace("svc", "ann"),
            incident("inc-1", "CREATE", "svc", NINE.plusSeconds(90_000), 1, "HIGH", "extraction"));

    for (String other : elsewhere) {
      // When
      ReplayDiff diff = ReplayDiff.of(run("a", here), run("b", other));

      // Then
      assertThat(diff.text()).as(other).contains("1 appear, 1 vanish, 0 move, 0 are the same");
    }
  }

  @Test
  void shouldMatchByDetectorWhenNobodyIsNamed() throws IOException {
    // Given
    String drift =
        incident("inc-1", "CREATE", "", NINE, 100, "LOW", "drift").replace("[\"\"]", "[]");

    // When
    ReplayDiff same = ReplayDiff.of(run("a", drift), run("b", drift.replace("inc-1", "inc-2")));
    ReplayDiff other = ReplayDiff.of(run("a", drift), run("b", drift.replace("drift", "fairness")));

    // Then
    assertThat(same.same()).isTrue();
    assertThat(other.text()).contains("1 appear, 1 vanish");
    assertThat(other.text()).contains("all callers on credit");
  }

  @Test
  void shouldCountEveryIncidentOnceWhenRunsAreRandom() throws IOException {
    // Given
    var random = new Random(5);
    for (int round = 0; round < 50; round++) {
      Path a = run("a", some(random));
      Path b = run("b", some(random));

      // When
      ReplayDiff diff = ReplayDiff.of(a, b);
      ReplayDiff back = ReplayDiff.of(b, a);

      // Then
      int pairs = diff.moved.size() + diff.same;
      assertThat(pairs + diff.vanished.size()).isEqualTo(diff.a.incidents().size());
      assertThat(pairs + diff.appeared.size()).isEqualTo(diff.b.incidents().size());
      assertThat(back.moved).hasSameSizeAs(diff.moved);
      assertThat(back.appeared).hasSameSizeAs(diff.vanished);
      assertThat(ReplayDiff.of(a, a).same()).isTrue();
    }
  }

  @Test
  void shouldNameTheLineWhenItIsNoIncident() throws IOException {
    // Given
    String good = incident("inc-1", "CREATE", "svc", NINE, 100, "HIGH", "extraction");
    Path bad = run("bad", good, good.replace(NINE.toString(), "nine"));

    // Then
    assertThatThrownBy(() -> ReplayDiff.of(bad, bad))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void shouldPrintNothingThatMovesTheCursorWhenNamesAreHostile() throws IOException {
    // Given
    Path a = run("a", incident("inc-1", "CREATE", "e\\u001b[2Jve", NINE, 1, "HIGH", "extraction"));
    Path b = run("b");

    // When
    ReplayDiff diff = ReplayDiff.of(a, b);

    // Then
    assertThat(diff.text()).contains("e\\u{1b}[2Jve").doesNotContain("\u001b");
    assertThat(diff.json()).contains("e\\u001B[2Jve").doesNotContain("\u001b");
  }

  private static String[] some(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      String who = "p" + random.nextInt(3) + "\",\"p" + random.nextInt(3);
      Instant time = NINE.plusSeconds(random.nextInt(3) * 50_000L);
      lines.add(incident("inc-" + i, "CREATE", who, time, i, "HIGH", "extraction"));
    }
    return lines.toArray(String[]::new);
  }

  private Path run(String name, String... activities) throws IOException {
    Path run = Files.createDirectories(directory.resolve(name));
    Files.write(run.resolve("incidents.jsonl"), List.of(activities));
    Files.writeString(
        run.resolve("summary.json"),
        "{\"exchanges\":7,\"firstTime\":null,\"configHash\":\"abc\",\"version\":\"1\"}");
    return run;
  }

  private static String incident(
      String id,
      String activity,
      String who,
      Instant time,
      long exchanges,
      String severity,
      String detector) {
    return """
    {"incidentId":"%s","activity":"%s","time":"%s","openedAt":"%s","firstSeen":"%s",\
    "lastSeen":"%s","tenant":"acme","principals":["%s"],"model":"credit","detectors":["%s"],\
    "severity":"%s","riskScore":80,"exchanges":%d,"title":"Model extraction"}\
    """
        .formatted(id, activity, time, time, time, time, who, detector, severity, exchanges);
  }
}
