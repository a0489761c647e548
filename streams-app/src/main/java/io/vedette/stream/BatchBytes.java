package io.vedette.stream;

import io.vedette.state.ArrayInput;
import io.vedette.state.ArrayOutput;
import java.io.DataInput;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Bytes of batches on the internal topics: format byte, size, entries. */
final class BatchBytes {

  private static final int MAX_ENTRIES = 1 << 20;

  private BatchBytes() {}

  /** Writes a value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T value, ArrayOutput out) throws IOException;
  }

  /** Reads a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ArrayInput in) throws IOException;
  }

  /** A serde; bytes that are no such value give a SerializationException that quotes none. */
  static <T> Serde<T> serde(Writer<T> writer, Reader<T> reader) {
    return Serdes.serdeFrom(
        (topic, value) -> {
          var bytes = new ArrayOutput(512);
          try {
            writer.write(value, bytes);
          } catch (IOException e) {
            throw new SerializationException("batch cannot be written", e);
          }
          return bytes.toByteArray();
        },
        (topic, bytes) -> {
          try {
            return reader.read(new ArrayInput(bytes));
          } catch (IOException | RuntimeException e) {
            throw new SerializationException("not a batch of a known format", e);
          }
        });
  }

  /** Reads and checks the head. */
  static int size(DataInput in, byte format) throws IOException {
    byte found = in.readByte();
    int size = in.readInt();
    if (found != format || size < 0 || size > MAX_ENTRIES) {
      throw new IOException("unknown format " + found + " or size " + size);
    }
    return size;
  }
}
