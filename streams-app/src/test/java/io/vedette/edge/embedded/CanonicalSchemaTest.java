package io.vedette.edge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalSchemaTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"string\" | {\"type\":\"string\",\"avro.java.string\":\"String\"}",
        "\"string\" | {\"type\":\"string\"}",
        "{\"type\":\"map\",\"values\":\"string\"}"
            + " | {\"values\":{\"avro.java.string\":\"String\",\"type\":\"string\"},"
            + " \"avro.java.string\":\"String\",\"type\":\"map\"}",
        "{\"type\":\"enum\",\"name\":\"a.E\",\"symbols\":[\"X\"]}"
            + " | {\"type\":\"enum\",\"namespace\":\"a\",\"name\":\"E\",\"symbols\":[\"X\"]}",
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2,\"p\":1,\"q\":2}"
            + " | {\"q\":2,\"type\":\"fixed\",\"name\":\"F\",\"size\":2,\"p\":1}",
      })
  void shouldBeEqualWhenOnlyLayoutOrJavaStringDiffers(String one, String other) {
    // When
    String canonical = canonical(one);

    // Then
    assertThat(canonical).isEqualTo(canonical(other));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\",\"Y\"]}"
            + " | {\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\",\"Y\"],\"default\":\"X\"}",
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\",\"Y\"]}"
            + " | {\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"Y\",\"X\"]}",
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2}"
            + " | {\"type\":\"fixed\",\"name\":\"F\",\"size\":2,\"aliases\":[\"G\"]}",
        "{\"type\":\"long\"} | {\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}",
        "[\"null\",\"int\"] | [\"int\",\"null\"]",
      })
  void shouldDifferWhenMeaningDiffers(String one, String other) {
    // When
    String canonical = canonical(one);

    // Then
    assertThat(canonical).isNotEqualTo(canonical(other));
  }

  private static String canonical(String text) {
    return CanonicalSchema.of(new Schema.Parser().parse(text));
  }
}
