package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.edge.cli.CaseScreen;
import io.vedette.lab.NativeLog;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace id of a call, from the event to everything that an analyst reads. */
class TraceReplayTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void shouldLeadToTheCallWhenItsEventHadATraceId() throws IOException {
    // Given: every other exchange has a trace, one has something else in its place
    Scenario scenario = OneAttack.on(World.LOAN.build());
    StringWriter plain = new StringWriter();
    new NativeLog().writeAll(scenario, plain);
    List<String> log = new ArrayList<>();
    for (String line : plain.toString().lines().toList()) {
      String id = JSON.readTree(line).path("requestId").asText();
      String trace = number(id) % 2 == 0 ? '"' + trace(id) + '"' : "[\"no\", {\"such\": 1}]";
      log.add("{\"traceId\":" + trace + ',' + line.substring(1));
    }
    Path traffic = Files.write(directory.resolve("traffic.jsonl"), log);

    // When
    int exit =
        Main.execute(
            "replay",
            "--in",
            traffic.toString(),
            "--out",
            directory.resolve("out").toString(),
            "--learn-until",
            scenario.learnUntil().toString());

    // Then
    assertThat(exit).isZero();
    assertThat(lines("deadletter.jsonl")).isEmpty();
    Set<String> seen = new HashSet<>();
    for (String file : List.of("findings.jsonl", "incidents.jsonl")) {
      for (JsonNode line : lines(file)) {
        for (JsonNode sample : line.path("samples")) {
          String id = sample.path("requestId").asText();
          assertThat(sample.path("traceId").asText(""))
              .isEqualTo(number(id) % 2 == 0 ? trace(id) : "");
          seen.add(sample.path("traceId").asText(""));
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(2).contains("");
    assertThat(lines("ecs.jsonl"))
        .isNotEmpty()
        .allSatisfy(doc -> assertThat(seen).contains(doc.at("/trace/id").asText("")))
        .anySatisfy(doc -> assertThat(doc.at("/trace/id").asText()).isNotEmpty());
    assertThat(Files.readString(directory.resolve("out/ocsf.jsonl")))
        .contains(
            "\"trace_id\":\"" + Set.copyOf(seen).stream().max(String::compareTo).orElseThrow());
    JsonNode incident = lines("incidents.jsonl").get(0);
    assertThat(new CaseScreen(false, "").render(incident.toString())).contains("  trace 0");
  }

  private static int number(String requestId) {
    return Integer.parseInt(requestId.substring("lab-".length()));
  }

  private static String trace(String requestId) {
    return String.format(Locale.ROOT, "%032x", 0xabc0000000L + number(requestId));
  }

  private List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("out").resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
