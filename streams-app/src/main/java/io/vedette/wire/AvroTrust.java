package io.vedette.wire;

import io.vedette.schemas.Schemas;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the generated classes, and no others beyond its own defaults, may be made from
 * bytes. Avro 1.12.2 refuses every class that nobody vouches for.
 */
final class AvroTrust {

  static {
    Set<String> names = new HashSet<>();
    Schemas.all().forEach(schema -> collect(schema, names));
    trust(names);
  }

  private AvroTrust() {}

  /** Vouches for the classes, once for each class loader. */
  static void establish() {
    // the static initialiser has done it
  }

  private static void trust(Set<String> names) {
    try {
      ClassSecurityValidator.Builder builder = ClassSecurityValidator.builder();
      names.forEach(builder::add);
      ClassSecurityValidator.setGlobal(
          ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), builder.build()));
    } catch (NoClassDefFoundError e) {
      // Avro before 1.12.2, on a user's own class path, has no such guard
      return;
    }
  }

  private static void collect(Schema schema, Set<String> names) {
    switch (schema.getType()) {
      case RECORD -> {
        if (names.add(schema.getFullName())) {
          schema.getFields().forEach(field -> collect(field.schema(), names));
        }
      }
      case ENUM, FIXED -> names.add(schema.getFullName());
      case ARRAY -> collect(schema.getElementType(), names);
      case MAP -> collect(schema.getValueType(), names);
      case UNION -> schema.getTypes().forEach(type -> collect(type, names));
      default -> {}
    }
  }
}
