package io.vedette.edge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come, the parser gives an exchange or an {@link IngestException}. */
class NativeLogParserFuzzTest {

  private static final String[] VALUES = {
    "null",
    "true",
    "-0",
    "1e-400",
    "1E5",
    "\"\"",
    "\"\\ud800\"",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "NaN",
    "-Infinity",
    "[{}]",
    "{\"\":0}",
    "123456789012345678901234567890",
    "\"2026-02-30T00:00:00Z\""
  };

  private final NativeLogParser parser = new NativeLogParser();
  private int good;
  private int bad;

  static List<String> lines() {
    return List.of(
        NativeLogParserTest.CONTRACT_LINE,
        NativeLogParserTest.BATCH_LINE,
        NativeLogParserTest.TEXT_LINE);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void shouldRefuseEveryPrefixWhenLineIsTruncated(String line) {
    // Given
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);

    // When
    for (int length = 0; length < bytes.length; length++) {
      parse(Arrays.copyOf(bytes, length));
    }

    // Then
    assertThat(bad).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void shouldNeverThrowOtherwiseWhenBytesAreMutated(String line) {
    // Given
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);

    // When
    for (int i = 0; i < 60_000; i++) {
      byte[] mutant = bytes.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      parse(mutant);
    }

    // Then
    assertThat(good).isPositive();
    assertThat(bad).isPositive();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void shouldNeverThrowOtherwiseWhenPartsAreSwapped(String line) {
    // Given
    Random random = new Random(11);

    // When
    for (int i = 0; i < 60_000; i++) {
      int from = random.nextInt(line.length());
      int to = Math.min(line.length(), from + random.nextInt(12));
      String filler =
          random.nextInt(3) == 0
              ? line.substring(from, to).repeat(3)
              : VALUES[random.nextInt(VALUES.length)];
      parse(
          (line.substring(0, from) + filler + line.substring(to)).getBytes(StandardCharsets.UTF_8));
    }

    // Then
    assertThat(good).isPositive();
    assertThat(bad).isPositive();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void shouldNeverThrowOtherwiseWhenValuesHaveOtherTypes(String line) {
    // Given
    String[] parts = line.split(":", -1);

    // When
    for (int at = 1; at < parts.length; at++) {
      for (String value : VALUES) {
        String[] changed = parts.clone();
        changed[at] = parts[at].replaceFirst("^(\"[^\"]*\"|[0-9.]+|\\[[^\\]{]*\\])", "VALUE");
        String mutant = String.join(":", changed).replace("VALUE", value);
        parse(mutant.getBytes(StandardCharsets.UTF_8));
      }
    }

    // Then
    assertThat(good).isPositive();
    assertThat(bad).isPositive();
  }

  /** Any exception but IngestException fails the test. */
  private void parse(byte[] bytes) {
    try {
      Exchange exchange = parser.parse(bytes, NativeLogParserTest.ORIGIN);
      assertThat(exchange.rows()).isPositive();
      assertThat(exchange.requestId()).isNotEmpty();
      assertThat(exchange.caller().principal()).isNotEmpty();
      good++;
    } catch (IngestException e) {
      assertThat(e.reason()).isNotEmpty();
      bad++;
    }
  }
}
