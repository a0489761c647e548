package io.vedette.wire;

import io.vedette.core.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Avro's binary encoding into a growing array, behind a registry header. For one record. */
final class AvroOutput {

  private static final int INITIAL_BYTES = 512;
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  AvroOutput(int schemaId) {
    bytes[0] = WireFormat.MAGIC;
    bytes[1] = (byte) (schemaId >>> 24);
    bytes[2] = (byte) (schemaId >>> 16);
    bytes[3] = (byte) (schemaId >>> 8);
    bytes[4] = (byte) schemaId;
    size = WireFormat.HEADER_BYTES;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  int size() {
    return size;
  }

  /** An optional fixed of 16 bytes. */
  void writeOptional(@Nullable TraceId trace) {
    if (trace == null) {
      writeNothing();
      return;
    }
    writePresent();
    reserve(2 * Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size] = (byte) (trace.high() >>> shift);
      bytes[Long.BYTES + size++] = (byte) (trace.low() >>> shift);
    }
    size += Long.BYTES;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
    }
  }

  void writeLong(long value) {
    reserve(MAX_VARINT_BYTES);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** An int, an enum's symbol or a union's branch: all are written as a long is. */
  void writeInt(int value) {
    writeLong(value);
  }

  @SuppressWarnings("EnumOrdinal") // a generated enum has its symbols in the order of the schema
  void writeEnum(Enum<?> symbol) {
    writeLong(symbol.ordinal());
  }

  /** The null branch of a union, an empty array or an empty map. */
  void writeNothing() {
    reserve(1);
    bytes[size++] = 0;
  }

  /** The second branch of a union, whose first is null. */
  void writePresent() {
    writeLong(1);
  }

  void writeBoolean(boolean value) {
    reserve(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  void writeFloat(float value) {
    reserve(Float.BYTES);
    LittleEndian.FLOAT.set(bytes, size, value);
    size += Float.BYTES;
  }

  void writeDouble(double value) {
    reserve(Double.BYTES);
    LittleEndian.DOUBLE.set(bytes, size, value);
    size += Double.BYTES;
  }

  /** Numbers as the data of an FP32 tensor. */
  void writeFloats(float[] values) {
    int length = Math.multiplyExact(values.length, Float.BYTES);
    writeLong(length);
    reserve(length);
    for (float value : values) {
      LittleEndian.FLOAT.set(bytes, size, value);
      size += Float.BYTES;
    }
  }

  void writeString(String text) {
    int length = text.length();
    int start = size;
    if (length < 64) { // the length takes one byte when all characters do
      reserve(1 + length);
      bytes[size++] = (byte) (length << 1);
      int i = 0;
      for (; i < length; i++) {
        char c = text.charAt(i);
        if (c > 0x7f) {
          break;
        }
        bytes[size++] = (byte) c;
      }
      if (i == length) {
        return;
      }
      size = start;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeLong(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  void writeOptional(@Nullable String text) {
    if (text == null) {
      writeNothing();
    } else {
      writePresent();
      writeString(text);
    }
  }

  void writeStrings(List<String> texts) {
    if (!texts.isEmpty()) {
      writeLong(texts.size());
      for (String text : texts) {
        writeString(text);
      }
    }
    writeNothing();
  }

  void writeMap(Map<String, String> map) {
    if (!map.isEmpty()) {
      writeLong(map.size());
      for (Map.Entry<String, String> entry : map.entrySet()) {
        writeString(entry.getKey());
        writeString(entry.getValue());
      }
    }
    writeNothing();
  }
}
