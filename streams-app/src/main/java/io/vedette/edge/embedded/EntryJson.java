package io.vedette.edge.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The bytes of entries in the schema topic: JSON key and value, shaped as Confluent's are. */
final class EntryJson {

  private EntryJson() {}

  static String key(SchemaEntry entry) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    if (entry instanceof SchemaEntry.Version version) {
      key.put("keytype", "SCHEMA")
          .put("subject", version.subject())
          .put("version", version.version())
          .put("magic", 1);
    } else if (entry instanceof SchemaEntry.Level level) {
      key.put("keytype", "CONFIG").put("subject", level.subject()).put("magic", 0);
    }
    return key.toString();
  }

  static String value(SchemaEntry entry) {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    if (entry instanceof SchemaEntry.Version version) {
      value
          .put("subject", version.subject())
          .put("version", version.version())
          .put("id", version.id())
          .put("schema", version.text())
          .put("deleted", false);
    } else if (entry instanceof SchemaEntry.Level level) {
      value.put("compatibilityLevel", level.level().name());
    }
    return value.toString();
  }

  /**
   * The entry, or empty if it is of another kind or deleted.
   *
   * @throws IllegalArgumentException if it is of a kind we know and cannot be read
   */
  static Optional<SchemaEntry> read(@Nullable String key, @Nullable String value) {
    if (key == null || value == null) {
      return Optional.empty();
    }
    try {
      JsonNode keyNode = Json.MAPPER.readTree(key);
      JsonNode valueNode = Json.MAPPER.readTree(value);
      return switch (keyNode.path("keytype").asText()) {
        case "SCHEMA" -> readVersion(valueNode);
        case "CONFIG" -> readLevel(keyNode, valueNode);
        default -> Optional.empty();
      };
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("schema entry is not JSON"); // its cause quotes the text
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("schema entry holds no Avro schema", e);
    }
  }

  private static Optional<SchemaEntry> readVersion(JsonNode value) {
    if (value.path("deleted").asBoolean()
        || !"AVRO".equals(value.path("schemaType").asText("AVRO"))) {
      return Optional.empty();
    }
    int version = value.path("version").asInt();
    int id = value.path("id").asInt();
    if (version < 1 || id < 1) {
      throw new IllegalArgumentException("schema entry needs a version and an id from 1 up");
    }
    Schema schema = new Schema.Parser().parse(value.path("schema").asText());
    return Optional.of(
        new SchemaEntry.Version(value.path("subject").asText(), version, id, schema));
  }

  private static Optional<SchemaEntry> readLevel(JsonNode key, JsonNode value) {
    JsonNode subject = key.path("subject");
    return CompatibilityLevel.named(value.path("compatibilityLevel").asText())
        .map(level -> new SchemaEntry.Level(subject.isTextual() ? subject.asText() : null, level));
  }
}
