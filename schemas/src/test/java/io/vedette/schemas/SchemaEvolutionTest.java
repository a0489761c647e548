package io.vedette.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Released schemas stay readable, both ways and for ever. */
class SchemaEvolutionTest {

  @ParameterizedTest
  @MethodSource("current")
  void shouldReadEveryReleaseAndBeReadByItWhenCurrent(Schema current) {
    // Given
    List<Schema> versions = new ArrayList<>(released(current));
    versions.add(current);

    // When
    List<String> broken = new ArrayList<>();
    for (Schema writer : versions) {
      for (Schema reader : versions) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
          broken.add(result.getDescription());
        }
      }
    }

    // Then
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("current")
  void shouldEqualTheNewestReleaseWhenCurrent(Schema current) throws IOException {
    // Given
    List<Schema> released = released(current);

    // When
    Schema newest = released.get(released.size() - 1);

    // Then
    assertThat(SchemaNormalization.toParsingForm(newest))
        .as("a changed schema needs a new history file")
        .isEqualTo(SchemaNormalization.toParsingForm(current));
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(newest.toString()))
        .as("defaults and docs")
        .isEqualTo(json.readTree(current.toString()));
  }

  @ParameterizedTest
  @MethodSource("current")
  void shouldCarryNoJavaPropertyWhenReleased(Schema current) {
    // Given
    List<Schema> released = released(current);

    // When
    List<String> texts = released.stream().map(Schema::toString).toList();

    // Then
    assertThat(texts).noneMatch(text -> text.contains("avro.java.string"));
  }

  @Test
  void shouldReportABreakWhenAnEnumGrowsWithoutADefault() {
    // Given
    Schema old =
        new Schema.Parser().parse("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}");
    Schema grown =
        new Schema.Parser().parse("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}");

    // When
    var result = SchemaCompatibility.checkReaderWriterCompatibility(old, grown);

    // Then
    assertThat(result.getType()).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  static Stream<Schema> current() {
    return Schemas.all().stream();
  }

  private static List<Schema> released(Schema current) {
    List<Schema> versions = Schemas.released(current.getName());
    assertThat(versions).as("released versions of %s", current.getName()).isNotEmpty();
    return versions;
  }
}
