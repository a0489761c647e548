package io.vedette.edge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryJsonTest {

  private static final String SCHEMA_KEY =
      "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":2,\"magic\":1}";

  @Test
  void shouldReadSchemaEntryWhenItWroteIt() {
    // Given
    var entry = new SchemaEntry.Version("s", 2, 7, new Schema.Parser().parse(Schemas.V2));

    // When
    var read = EntryJson.read(EntryJson.key(entry), EntryJson.value(entry));

    // Then
    assertThat(read).contains(entry);
    assertThat(EntryJson.key(entry)).isEqualTo(SCHEMA_KEY);
  }

  @ParameterizedTest
  @CsvSource({"s, FULL", ", NONE"})
  void shouldReadLevelEntryWhenItWroteIt(String subject, CompatibilityLevel level) {
    // Given
    var entry = new SchemaEntry.Level(subject, level);

    // When
    var read = EntryJson.read(EntryJson.key(entry), EntryJson.value(entry));

    // Then
    assertThat(read).contains(entry);
  }

  @Test
  void shouldReadEntryWhenItHasFieldsWeDoNotKnow() {
    // Given
    String value =
        "{\"subject\":\"s\",\"version\":2,\"id\":7,\"md5\":\"x\",\"schema\":\"\\\"int\\\"\","
            + "\"ruleSet\":null,\"deleted\":false}";

    // When
    var read = EntryJson.read(SCHEMA_KEY, value);

    // Then
    assertThat(read).contains(new SchemaEntry.Version("s", 2, 7, Schema.create(Schema.Type.INT)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"keytype\":\"NOOP\",\"magic\":0} | {}",
        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s\",\"magic\":0} | {\"subject\":\"s\"}",
        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1} | ",
        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1} | {\"deleted\":true}",
        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1} | {\"schemaType\":\"JSON\"}",
        "{\"keytype\":\"CONFIG\",\"subject\":\"s\"} | {\"compatibilityLevel\":\"SIDEWAYS\"}",
        " | {}",
      })
  void shouldPassOverEntryWhenItIsOfAnotherKind(String key, String value) {
    // When
    var read = EntryJson.read(key, value);

    // Then
    assertThat(read).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"version\":1,\"id\":1,\"schema\":\"nonsense\"}",
        "{\"version\":0,\"id\":1,\"schema\":\"\\\"int\\\"\"}",
        "{\"version\":1,\"schema\":\"\\\"int\\\"\"}",
      })
  void shouldRefuseEntryWhenItCannotBeRead(String value) {
    // Then
    assertThatIllegalArgumentException().isThrownBy(() -> EntryJson.read(SCHEMA_KEY, value));
  }
}
