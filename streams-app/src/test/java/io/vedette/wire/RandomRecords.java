package io.vedette.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Records with every field filled at random, from a seed; tensors mostly hold together. */
final class RandomRecords {

  private static final int ID = 1;

  private final SplittableRandom random;

  RandomRecords(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A record in wire format, schema id 1. */
  byte[] framed(Schema schema) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(ByteBuffer.allocate(WireFormat.HEADER_BYTES).putInt(1, ID).array());
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(schema).write(value(schema), encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object value(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case ARRAY -> items(schema);
      case MAP -> entries(schema);
      case UNION -> random.nextBoolean() ? null : value(schema.getTypes().get(1));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(9)));
      case INT -> random.nextInt(-3, 300);
      case LONG -> random.nextLong();
      case FLOAT -> (float) random.nextDouble(-2, 2);
      case DOUBLE -> random.nextDouble(-2, 2);
      case BOOLEAN -> random.nextBoolean();
      case NULL -> null;
    };
  }

  private GenericData.Record record(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.name(), value(field.schema()));
    }
    if (schema.getName().equals("Tensor") && random.nextInt(30) != 0) {
      repair(record);
    }
    if (schema.getName().equals("Candidate") && random.nextInt(30) != 0) {
      record.put("row", random.nextInt(4));
    }
    if (schema.getName().equals("InputSketch") && random.nextBoolean()) {
      record.put("kind", "embedding");
      record.put("rows", 1);
      record.put("dim", 2);
      record.put("data", ByteBuffer.wrap(bytes(8)));
    }
    return record;
  }

  private void repair(GenericData.Record tensor) {
    Schema dtypes = tensor.getSchema().getField("dtype").schema();
    int rows = 2;
    int columns = 1 + random.nextInt(4);
    String dtype =
        List.of("FP32", "FP64", "INT64", "UINT8", "FP16", "BF16", "BOOL", "STRING", "UINT64")
            .get(random.nextInt(9));
    int size =
        switch (dtype) {
          case "FP32" -> 4;
          case "FP64", "INT64", "UINT64" -> 8;
          case "FP16", "BF16" -> 2;
          case "STRING" -> 0;
          default -> 1;
        };
    List<String> strings = new ArrayList<>();
    for (int i = 0; size == 0 && i < rows * columns; i++) {
      strings.add(text());
    }
    tensor.put("dtype", new GenericData.EnumSymbol(dtypes, dtype));
    tensor.put("shape", List.of((long) rows, (long) columns));
    tensor.put("data", ByteBuffer.wrap(bytes(rows * columns * size)));
    tensor.put("strings", strings);
    tensor.put("batched", true);
  }

  private List<Object> items(Schema schema) {
    List<Object> items = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      items.add(value(schema.getElementType()));
    }
    return items;
  }

  private Map<String, Object> entries(Schema schema) {
    Map<String, Object> entries = new HashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      entries.put(text(), value(schema.getValueType()));
    }
    return entries;
  }

  private String text() {
    return List.of("a", "", "grüße", "inputHash", "long text that is not kept in any cache " + 1e9)
            .get(random.nextInt(5))
        + random.nextInt(50);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
