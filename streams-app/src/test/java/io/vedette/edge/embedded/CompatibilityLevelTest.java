package io.vedette.edge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompatibilityLevelTest {

  private static final Schema V1 = parse(Schemas.V1);
  private static final Schema V2 = parse(Schemas.V2);

  @ParameterizedTest
  @CsvSource({
    "NONE,                true,  true",
    "BACKWARD,            false, true",
    "BACKWARD_TRANSITIVE, false, true",
    "FORWARD,             true,  false",
    "FORWARD_TRANSITIVE,  true,  false",
    "FULL,                false, false",
    "FULL_TRANSITIVE,     false, false",
  })
  void shouldAllowOneDirectionOnlyWhenLevelAsksForIt(
      CompatibilityLevel level, boolean mayNeedMore, boolean mayBeEmpty) {
    // Given
    List<Schema> versions = List.of(V1);

    // When
    var needsMore = level.objection(parse(Schemas.NEEDS_MORE), versions);

    // Then
    assertThat(needsMore.isEmpty()).isEqualTo(mayNeedMore);
    assertThat(level.objection(parse(Schemas.EMPTY), versions).isEmpty()).isEqualTo(mayBeEmpty);
  }

  @ParameterizedTest
  @EnumSource
  void shouldAllowWhenFieldWithDefaultIsAdded(CompatibilityLevel level) {
    // When
    var objection = level.objection(V2, List.of(V1));

    // Then
    assertThat(objection).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"BACKWARD, true", "BACKWARD_TRANSITIVE, false"})
  void shouldLookAtOlderVersionsWhenLevelIsTransitive(CompatibilityLevel level, boolean allowed) {
    // Given: the middle version gave the field a default that the last one took away again
    Schema first = parse(Schemas.EMPTY);
    Schema candidate = parse(Schemas.NEEDS_MORE.replace("\"must\"", "\"count\""));

    // When
    var objection = level.objection(candidate, List.of(first, V2));

    // Then
    assertThat(objection.isEmpty()).isEqualTo(allowed);
  }

  @Test
  void shouldKnowLevelInAnyCaseWhenNamed() {
    // When
    var level = CompatibilityLevel.named("full_transitive");

    // Then
    assertThat(level).contains(CompatibilityLevel.FULL_TRANSITIVE);
    assertThat(CompatibilityLevel.named("full-transitive")).isEmpty();
  }

  private static Schema parse(String text) {
    return new Schema.Parser().parse(text);
  }
}
