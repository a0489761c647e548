package io.vedette.wire;

import io.vedette.inference.v1.DType;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A tensor as it came, not yet trusted.
 *
 * @param name tensor or column name
 * @param dtype element type
 * @param shape dimensions, not copied
 * @param buffer holds the elements, not copied
 * @param offset first byte of the elements
 * @param length bytes of the elements
 * @param strings elements when dtype is STRING
 * @param batched whether dimension 0 is the batch
 */
record TensorParts(
    String name,
    DType dtype,
    long[] shape,
    byte[] buffer,
    int offset,
    int length,
    List<String> strings,
    boolean batched) {

  static final int MAX_ROWS = 65536;
  static final int MAX_COLUMNS = 1 << 20;

  private static final int MAX_DIMENSIONS = 16;
  private static final int MAX_ELEMENTS = 1 << 26;

  /** Rows, 1 to 65536. */
  int rows() {
    if (!batched || shape.length == 0) {
      return 1;
    }
    if (shape[0] < 1 || shape[0] > MAX_ROWS) {
      throw bad("shape[0] must be 1 to " + MAX_ROWS + ", was " + shape[0]);
    }
    return (int) shape[0];
  }

  /** Elements of one row, 0 to 2^20. */
  int columns() {
    if (shape.length > MAX_DIMENSIONS) {
      throw bad("shape must have at most " + MAX_DIMENSIONS + " dimensions, had " + shape.length);
    }
    long product = 1;
    for (int i = batched ? 1 : 0; i < shape.length; i++) {
      if (shape[i] < 0 || shape[i] > MAX_COLUMNS) {
        throw bad("shape[" + i + "] must be 0 to " + MAX_COLUMNS + ", was " + shape[i]);
      }
      product *= shape[i];
      if (product > MAX_COLUMNS) {
        throw bad("one row must have at most " + MAX_COLUMNS + " elements");
      }
    }
    return (int) product;
  }

  /** Shape of one row; {@code {1}} for scalars. */
  int[] rowShape() {
    int first = batched ? 1 : 0;
    if (shape.length <= first) {
      return new int[] {1};
    }
    int[] row = new int[shape.length - first];
    for (int i = 0; i < row.length; i++) {
      row[i] = (int) shape[first + i];
    }
    return row;
  }

  /** The elements as numbers, row-major. */
  float[] numbers() {
    int count = count();
    int size = elementBytes();
    if ((long) count * size != length) {
      throw bad("data must have " + (long) count * size + " bytes for its shape, had " + length);
    }
    float[] values = new float[count];
    fill(values, size);
    return values;
  }

  /** The elements as text, row-major. */
  List<String> texts() {
    int count = count();
    if (strings.size() != count) {
      throw bad("strings must have " + count + " items for its shape, had " + strings.size());
    }
    return strings;
  }

  SerializationException bad(String what) {
    return new SerializationException("tensor " + what);
  }

  private int count() {
    long count = (long) rows() * columns();
    if (count > MAX_ELEMENTS) {
      throw bad("must have at most " + MAX_ELEMENTS + " elements, had " + count);
    }
    return (int) count;
  }

  private int elementBytes() {
    return switch (dtype) {
      case BOOL, UINT8, INT8 -> 1;
      case UINT16, INT16, FP16, BF16 -> 2;
      case UINT32, INT32, FP32 -> 4;
      case UINT64, INT64, FP64 -> 8;
      case STRING, UNKNOWN -> throw bad("dtype must be numeric, was " + dtype);
    };
  }

  private void fill(float[] values, int size) {
    if (dtype == DType.FP32) { // what native producers write
      for (int i = 0, at = offset; i < values.length; i++, at += Float.BYTES) {
        values[i] = (float) LittleEndian.FLOAT.get(buffer, at);
      }
      return;
    }
    for (int i = 0, at = offset; i < values.length; i++, at += size) {
      values[i] = number(at);
    }
  }

  private float number(int at) {
    return switch (dtype) {
      case BOOL -> buffer[at] == 0 ? 0 : 1;
      case UINT8 -> buffer[at] & 0xff;
      case INT8 -> buffer[at];
      case UINT16 -> (short) LittleEndian.SHORT.get(buffer, at) & 0xffff;
      case INT16 -> (short) LittleEndian.SHORT.get(buffer, at);
      case FP16 -> half((short) LittleEndian.SHORT.get(buffer, at));
      case BF16 -> Float.intBitsToFloat((short) LittleEndian.SHORT.get(buffer, at) << 16);
      case UINT32 -> Integer.toUnsignedLong((int) LittleEndian.INT.get(buffer, at));
      case INT32 -> (int) LittleEndian.INT.get(buffer, at);
      case UINT64 -> unsigned((long) LittleEndian.LONG.get(buffer, at));
      case INT64 -> (long) LittleEndian.LONG.get(buffer, at);
      case FP64 -> (float) (double) LittleEndian.DOUBLE.get(buffer, at);
      case FP32 -> (float) LittleEndian.FLOAT.get(buffer, at);
      case STRING, UNKNOWN -> throw bad("dtype must be numeric, was " + dtype);
    };
  }

  private static float unsigned(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2f;
  }

  /** IEEE 754 binary16 to binary32; exact. */
  private static float half(short bits) {
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f; // subnormal
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
