package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLogTest {

  private static final Site SITE = World.CHURN.build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void shouldReadBackTheSameNumbersWhenParsed() throws IOException {
    // Given
    NativeLog log = new NativeLog();

    for (Exchange e : scenario(BenignKind.MONITORED_DECLARED)) {
      // When
      JsonNode line = MAPPER.readTree(log.line(e));

      // Then
      float[] values = ((Payload.Features) e.input()).values();
      for (int i = 0; i < values.length; i++) {
        assertThat(line.at("/input/features/" + i).floatValue()).isEqualTo(values[i]);
      }
      for (int c = 0; c < 2; c++) {
        assertThat(line.at("/output/probabilities/" + c).floatValue())
            .isEqualTo(e.answer(0).probabilities()[c]);
      }
      assertThat(line.at("/output/label").textValue()).isEqualTo(e.answer(0).label());
      assertThat(line.at("/subjectId").textValue()).startsWith("entity-");
      assertThat(line.at("/model/digest").textValue()).matches("sha256:[0-9a-f]{64}");
      assertThat(line.at("/status").intValue()).isEqualTo(200);
    }
  }

  @Test
  void shouldWriteListsWhenTheCallHasManyRows() throws IOException {
    // Given
    Exchange batch = scenario(BenignKind.BATCH_ROWS).iterator().next();

    // When
    JsonNode line = MAPPER.readTree(new NativeLog().line(batch));

    // Then
    assertThat(line.at("/input/features")).hasSize(50);
    assertThat(line.at("/input/features/49")).hasSize(20);
    assertThat(line.at("/output/label")).hasSize(50);
    assertThat(line.at("/output/probabilities/49")).hasSize(2);
  }

  @Test
  void shouldWriteShapeAndNullWhenAnImageHasAHole() throws IOException {
    // Given
    Exchange e = scenario(BenignKind.INDEPENDENT).iterator().next();
    var image =
        new Payload.Features(
            new float[] {0.5f, Float.NaN, 0, 1}, 1, 4, new int[] {2, 2}, List.of(), false);
    Exchange holed =
        new Exchange(
            e.requestId(),
            e.caller(),
            e.model(),
            e.timeMicros(),
            image,
            e.answers(),
            null,
            null,
            0,
            -1,
            0,
            0,
            null,
            null,
            null,
            e.groups(),
            e.parameters(),
            e.pairing(),
            e.origin());

    // When
    JsonNode line = MAPPER.readTree(new NativeLog().line(holed));

    // Then
    assertThat(line.at("/input").toString())
        .isEqualTo("{\"features\":[0.5,null,0.0,1.0],\"shape\":[2,2]}");
    assertThat(line.has("latencyMs")).isFalse();
    assertThat(line.has("auth")).isFalse();
  }

  @Test
  void shouldWriteTheSameBytesWhenSeedIsTheSame() throws IOException {
    // Given
    StringWriter first = new StringWriter();
    new NativeLog().writeAll(scenario(BenignKind.WHAT_IF), first);
    StringWriter second = new StringWriter();

    // When
    long lines = new NativeLog().writeAll(scenario(BenignKind.WHAT_IF), second);

    // Then
    assertThat(second.toString()).isEqualTo(first.toString());
    assertThat(second.toString().lines().count()).isEqualTo(lines).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({
    "LOAN, 80aeac53fb4ca953",
    "CHURN, 2d790cc08c38d84e",
    "FRAUD, 5ac8bfd2417e20ea",
    "SIGNS, d5fb4586c0f8c00b"
  })
  void shouldWriteTheGoldenBytesWhenRunAnywhere(World world, String golden) throws Exception {
    // Given
    Site site = world.build();
    Scenario.Builder builder = Scenario.of(1);
    for (AttackKind kind : AttackKind.values()) {
      if (kind.suits(site)) {
        CallerId caller = new CallerId("acme", kind.id());
        builder.add(
            Participant.attack(
                kind, List.of(caller), site, 1, 60, Pace.perSecond(2), Scenario.START));
      }
    }
    StringWriter lines = new StringWriter();

    // When
    new NativeLog().writeAll(builder.build(), lines);

    // Then: changes with the lab's numbers only; figures measured before are then void
    byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
    assertThat(HexFormat.of().formatHex(hash)).startsWith(golden);
  }

  @Test
  void shouldKeepMicrosecondsWhenWritingTime() throws IOException {
    // Given
    Iterator<Exchange> exchanges = scenario(BenignKind.INDEPENDENT).iterator();
    Exchange e = exchanges.next();

    // When
    JsonNode line = MAPPER.readTree(new NativeLog().line(e));

    // Then
    Instant time = Instant.parse(line.at("/time").textValue());
    assertThat(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000)
        .isEqualTo(e.timeMicros());
  }

  private static Scenario scenario(BenignKind kind) {
    return Scenario.of(6)
        .add(
            Participant.benign(
                kind,
                new CallerId("acme", "client"),
                SITE,
                20,
                Scenario.START,
                Scenario.START.plus(Duration.ofDays(1))))
        .build();
  }
}
