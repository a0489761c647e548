package io.vedette.wire;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Checks bytes against their writer's schema without building anything, so that Avro's own decoder
 * never meets a length that it would allocate blindly.
 */
final class AvroBounds {

  private static final int MAX_DEPTH = 64;

  private AvroBounds() {}

  /**
   * Walks one record.
   *
   * @throws SerializationException when the bytes are not exactly one record of this schema
   */
  static void check(Schema writer, ByteReader in) {
    walk(writer, in, 0);
    in.expectEnd();
  }

  private static void walk(Schema schema, ByteReader in, int depth) {
    if (depth > MAX_DEPTH) {
      throw new SerializationException("record nested deeper than " + MAX_DEPTH);
    }
    switch (schema.getType()) {
      case RECORD -> schema.getFields().forEach(field -> walk(field.schema(), in, depth + 1));
      case ENUM -> in.readIndex(schema.getEnumSymbols().size());
      case ARRAY -> walkItems(schema.getElementType(), false, in, depth);
      case MAP -> walkItems(schema.getValueType(), true, in, depth);
      case UNION ->
          walk(schema.getTypes().get(in.readIndex(schema.getTypes().size())), in, depth + 1);
      case FIXED -> in.skip(schema.getFixedSize());
      case STRING, BYTES -> in.skipString();
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case BOOLEAN -> in.skip(1);
      case NULL -> {}
    }
  }

  private static void walkItems(Schema item, boolean keyed, ByteReader in, int depth) {
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        if (keyed) {
          in.skipString();
        }
        walk(item, in, depth + 1);
      }
    }
  }
}
