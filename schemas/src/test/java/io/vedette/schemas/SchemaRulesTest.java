package io.vedette.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The rules that every record of the contract holds. */
class SchemaRulesTest {

  /** Fields of the public input that have no default; everything else has one. */
  private static final Set<String> REQUIRED =
      Set.of(
          "InferenceRequest.eventId",
          "InferenceRequest.requestId",
          "InferenceRequest.eventTime",
          "InferenceRequest.caller",
          "InferenceRequest.model",
          "InferenceRequest.payload",
          "InferenceResponse.eventId",
          "InferenceResponse.requestId",
          "InferenceResponse.eventTime",
          "InferenceResponse.model",
          "InferenceResponse.payload",
          "ModelRef.name",
          "InputSketch.kind",
          "InputSketch.version",
          "InputSketch.dim",
          "InputSketch.data");

  private final Map<String, Schema> types = types();

  @Test
  void shouldStartWithUnknownAndDefaultToItWhenTypeIsAnEnum() {
    // Given
    List<Schema> enums =
        types.values().stream().filter(type -> type.getType() == Schema.Type.ENUM).toList();

    // When
    List<String> broken =
        enums.stream()
            .filter(
                type ->
                    !"UNKNOWN".equals(type.getEnumDefault())
                        || !"UNKNOWN".equals(type.getEnumSymbols().get(0)))
            .map(Schema::getFullName)
            .toList();

    // Then
    assertThat(enums).hasSizeGreaterThan(15);
    assertThat(broken).isEmpty();
  }

  @Test
  void shouldBeDocumentedWhenTypeOrField() {
    // Given
    List<String> broken = new ArrayList<>();

    // When
    for (Schema type : types.values()) {
      if (blank(type.getDoc())) {
        broken.add(type.getFullName());
      }
      for (Schema.Field field : fields(type)) {
        if (blank(field.doc())) {
          broken.add(type.getName() + '.' + field.name());
        }
      }
    }

    // Then
    assertThat(broken).isEmpty();
  }

  @Test
  void shouldPutNullFirstAndByDefaultWhenFieldIsAUnion() {
    // Given
    List<String> broken = new ArrayList<>();

    // When
    for (Schema type : types.values()) {
      for (Schema.Field field : fields(type)) {
        if (field.schema().isUnion()
            && (field.schema().getTypes().size() != 2
                || field.schema().getTypes().get(0).getType() != Schema.Type.NULL
                || field.defaultVal() != JsonProperties.NULL_VALUE)) {
          broken.add(type.getName() + '.' + field.name());
        }
      }
    }

    // Then
    assertThat(broken).isEmpty();
  }

  @Test
  void shouldHaveDefaultsExceptWhereAnEventWouldBeNoneWhenTrafficRecord() {
    // Given
    Set<String> without = new TreeSet<>();

    // When
    for (Schema type : types.values()) {
      for (Schema.Field field : fields(type)) {
        if (type.getNamespace().startsWith("io.vedette.inference.") && !field.hasDefaultValue()) {
          without.add(type.getName() + '.' + field.name());
        }
      }
    }

    // Then
    assertThat(without).containsExactlyInAnyOrderElementsOf(REQUIRED);
  }

  @Test
  void shouldCountMicrosecondsWhenFieldIsATime() {
    // Given
    List<String> times = new ArrayList<>();

    // When
    for (Schema type : types.values()) {
      for (Schema.Field field : fields(type)) {
        Schema schema =
            field.schema().isUnion() ? field.schema().getTypes().get(1) : field.schema();
        if (schema.getLogicalType() != null) {
          times.add(schema.getLogicalType().getName());
        }
      }
    }

    // Then
    assertThat(times).hasSizeGreaterThan(10).containsOnly("timestamp-micros");
  }

  @Test
  void shouldNameAKnownSchemaWhenTopicCarriesAvro() {
    // Given
    List<String> named =
        TopicCatalogue.topics().stream().flatMap(topic -> topic.schema().stream()).toList();

    // When
    List<String> known = Schemas.all().stream().map(Schema::getFullName).toList();

    // Then
    assertThat(named).containsExactlyInAnyOrderElementsOf(known);
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }

  private static List<Schema.Field> fields(Schema type) {
    return type.getType() == Schema.Type.RECORD ? type.getFields() : List.of();
  }

  private static Map<String, Schema> types() {
    Map<String, Schema> types = new LinkedHashMap<>();
    Schemas.all().forEach(schema -> collect(schema, types));
    return types;
  }

  private static void collect(Schema schema, Map<String, Schema> types) {
    switch (schema.getType()) {
      case RECORD -> {
        if (types.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), types));
        }
      }
      case ENUM, FIXED -> types.putIfAbsent(schema.getFullName(), schema);
      case ARRAY -> collect(schema.getElementType(), types);
      case MAP -> collect(schema.getValueType(), types);
      case UNION -> schema.getTypes().forEach(type -> collect(type, types));
      default -> {}
    }
  }
}
