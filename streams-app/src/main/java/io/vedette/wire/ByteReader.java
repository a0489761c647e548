package io.vedette.wire;

import io.vedette.core.TraceId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * A bounds-checked walk over Avro bytes. Every length is held against what is left, and the number
 * of array and map items against a budget per record, so no length that an attacker writes can
 * allocate more than the record's own size.
 */
final class ByteReader {

  /** Items of all arrays and maps of one record together. */
  static final int MAX_ITEMS = 1 << 20;

  private static final int MAX_VARINT_BYTES = 10;
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_INT_BYTES = 5;

  private final byte[] bytes;
  private int position;
  private int itemsLeft = MAX_ITEMS;

  ByteReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  long readLong() {
    long value = 0;
    for (int shift = 0; shift < 7 * MAX_VARINT_BYTES; shift += 7) {
      if (position >= bytes.length) {
        throw truncated();
      }
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new SerializationException("number longer than 10 bytes at byte " + position);
  }

  int readInt() {
    int start = position;
    long value = readLong();
    if (value != (int) value || position - start > MAX_INT_BYTES) {
      throw new SerializationException("number beyond 32 bits at byte " + position);
    }
    return (int) value;
  }

  boolean readBoolean() {
    skip(1);
    return bytes[position - 1] == 1;
  }

  float readFloat() {
    skip(Float.BYTES);
    return (float) LittleEndian.FLOAT.get(bytes, position - Float.BYTES);
  }

  double readDouble() {
    skip(Double.BYTES);
    return (double) LittleEndian.DOUBLE.get(bytes, position - Double.BYTES);
  }

  /** Reads 16 bytes; null when they are all zero, which is no trace. */
  @Nullable TraceId readTraceId() {
    skip(2 * Long.BYTES);
    return TraceId.of(
        (long) BIG_ENDIAN.get(bytes, position - 2 * Long.BYTES),
        (long) BIG_ENDIAN.get(bytes, position - Long.BYTES));
  }

  /** Reads the length of a string or byte string, which is known to fit what is left. */
  int readLength() {
    long length = readLong();
    if (length < 0 || length > bytes.length - position) {
      throw new SerializationException(
          "length " + length + " at byte " + position + " exceeds the record");
    }
    return (int) length;
  }

  String readString() {
    int length = readLength();
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  String readString(StringCache cache) {
    int length = readLength();
    position += length;
    return cache.get(bytes, position - length, length);
  }

  void skipString() {
    int length = readLength();
    position += length;
  }

  /** Items of the next block of an array or map, 0 at its end. */
  int readBlock() {
    long count = readLong();
    if (count < 0) {
      count = -count; // the smallest long stays negative and is refused below
      readLength();
    }
    if (count < 0 || count > itemsLeft) {
      throw new SerializationException("more than " + MAX_ITEMS + " array and map items");
    }
    itemsLeft -= (int) count;
    return (int) count;
  }

  /** Index of an enum symbol or union branch, below {@code limit}. */
  int readIndex(int limit) {
    int index = readInt();
    if (index < 0 || index >= limit) {
      throw new SerializationException(
          "index " + index + " at byte " + position + " must be below " + limit);
    }
    return index;
  }

  void skip(int count) {
    if (count > bytes.length - position) {
      throw truncated();
    }
    position += count;
  }

  /** Refuses bytes after the record. */
  void expectEnd() {
    if (position != bytes.length) {
      throw new SerializationException(
          (bytes.length - position) + " bytes follow the record of " + position + " bytes");
    }
  }

  private SerializationException truncated() {
    return new SerializationException("record ends early, at byte " + bytes.length);
  }
}
