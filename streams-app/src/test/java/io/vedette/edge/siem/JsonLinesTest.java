package io.vedette.edge.siem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {

  private static final long TIME = 1_772_355_600_125_000L; // 2026-03-01T09:00:00.125Z
  private static final List<Technique> TECHNIQUES =
      List.of(new Technique("AML.T0024.002", "Extract AI Model"));
  private static final List<Sample> SAMPLES =
      List.of(new Sample("r-1", new Origin("log.jsonl", 0, 7)));

  private final JsonLines lines = new JsonLines();

  @Test
  void shouldWriteTheFieldsOfTheContractWhenAnIncidentOpens() {
    // When
    String line = lines.incident(incident("acme", 3.25, 0.1 + 0.2));

    // Then
    assertThat(line)
        .isEqualTo(
            "{\"incidentId\":\"i-1\",\"activity\":\"CREATE\",\"time\":\"2026-03-01T09:00:00.125Z\","
                + "\"openedAt\":\"2026-03-01T09:00:00.125Z\",\"firstSeen\":\"2026-03-01T09:00:00Z\","
                + "\"lastSeen\":\"2026-03-01T09:00:00.125001Z\",\"tenant\":\"acme\","
                + "\"principals\":[\"p\"],\"model\":\"m\",\"detectors\":[\"extraction\"],"
                + "\"techniques\":[\"AML.T0024.002\"],\"severity\":\"HIGH\",\"confidence\":0.3,"
                + "\"riskScore\":80,\"logEvidence\":3.25,\"exchanges\":42,\"title\":\"t\","
                + "\"summary\":\"s\",\"evidence\":[{\"name\":\"w\",\"value\":0.3,\"unit\":\"1\","
                + "\"limit\":null}],\"samples\":[{\"requestId\":\"r-1\",\"topic\":\"log.jsonl\","
                + "\"partition\":0,\"offset\":7}]}");
  }

  @Test
  void shouldWriteTheFieldsOfTheContractWhenADetectorFinds() throws Exception {
    // When
    String line = lines.finding(finding(null, List.of("a", "b"), Double.POSITIVE_INFINITY));

    // Then
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "detector",
            "time",
            "tenant",
            "principal",
            "principals",
            "model",
            "score",
            "logEvidence",
            "maturity",
            "techniques",
            "evidence",
            "samples");
    assertThat(json.get("principal").isNull()).isTrue();
    assertThat(json.get("logEvidence").asInt()).isEqualTo(999);
    assertThat(json.get("model").asText()).isEqualTo("m");
  }

  @Test
  void shouldLeaveOutMembersWhenTheFindingIsAboutOneCaller() {
    // When
    String line = lines.finding(finding("p", List.of(), 2));

    // Then
    assertThat(line).contains("\"principal\":\"p\",\"model\"").doesNotContain("principals");
  }

  @Test
  void shouldStayOneLineWhenNamesHoldLineBreaks() {
    // When
    String line = lines.incident(incident("a\nb\u001b[2J\"", 1, 1));

    // Then
    assertThat(line).doesNotContain("\n", "\u001b").contains("a\\nb\\u001B[2J\\\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1e-12, 1E-12",
    "123.4567891234, 123.456789",
    "-2, -2",
    "0.3333333333333333, 0.333333333",
    "NaN, null",
    "-Infinity, null"
  })
  void shouldWriteNineDigitsWhenNumbersAreLong(double value, String written) {
    // When
    String line = lines.incident(incident("acme", value, 1));

    // Then
    assertThat(line).contains("\"logEvidence\":" + written + ",");
  }

  @Test
  void shouldHoldNoPayloadWhenALineIsDead() {
    // Given
    byte[] bytes = "{secret".getBytes(StandardCharsets.UTF_8);

    // When
    String line =
        lines.deadLetter(DeadLetter.of("log.jsonl", 3, "time is required", bytes, 0, bytes.length));

    // Then
    assertThat(line)
        .matches(
            "\\{\"line\":3,\"reason\":\"time is required\",\"file\":\"log.jsonl\","
                + "\"excerptSha256\":\"[0-9a-f]{64}\"}");
  }

  @Test
  void shouldWriteTheFieldsOfTheContractWhenAReplayEnds() throws Exception {
    // Given
    ReplaySummary summary =
        new ReplaySummary(
            10,
            12,
            2,
            TIME,
            null,
            0.5,
            Map.of("b", 1L, "a", 2L),
            Map.of(),
            Map.of(),
            3,
            1,
            "hash",
            "0.1.0");

    // When
    String json = lines.summary(summary);

    // Then
    JsonNode tree = new ObjectMapper().readTree(json);
    assertThat(tree.fieldNames())
        .toIterable()
        .containsExactly(
            "exchanges",
            "lines",
            "deadLetters",
            "firstTime",
            "lastTime",
            "wallSeconds",
            "exchangesPerSecond",
            "findingsByDetector",
            "incidentsByDetector",
            "callers",
            "models",
            "configHash",
            "version");
    assertThat(tree.get("exchangesPerSecond").asDouble()).isEqualTo(20);
    assertThat(tree.get("findingsByDetector").toString()).isEqualTo("{\"a\":2,\"b\":1}");
    assertThat(tree.get("lastTime").isNull()).isTrue();
  }

  private static Incident incident(String tenant, double logEvidence, double value) {
    return new Incident(
        "i-1",
        Incident.Activity.CREATE,
        0,
        TIME,
        TIME,
        TIME - 125_000,
        TIME + 1,
        tenant,
        List.of("p"),
        "m",
        List.of("extraction"),
        TECHNIQUES,
        Severity.HIGH,
        value,
        80,
        logEvidence,
        42,
        "t",
        "s",
        List.of(new Measurement("w", value, "1", Double.NaN)),
        SAMPLES,
        null);
  }

  private static Finding finding(String principal, List<String> members, double logEvidence) {
    return new Finding(
        "extraction",
        Scope.CELL,
        "cell:1f",
        "acme",
        principal,
        members,
        new ModelRef("m", "1", null),
        TIME,
        TIME,
        0.5,
        logEvidence,
        42,
        Maturity.STABLE,
        Severity.HIGH,
        TECHNIQUES,
        List.of(new Measurement("w", 0.5, "1", 0.9)),
        SAMPLES,
        "s",
        Map.of());
  }
}
