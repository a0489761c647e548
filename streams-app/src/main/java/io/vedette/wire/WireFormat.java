package io.vedette.wire;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** The registry wire format: magic byte 0, schema id as four big-endian bytes, Avro body. */
final class WireFormat {

  static final byte MAGIC = 0;
  static final int HEADER_BYTES = 5;

  private WireFormat() {}

  static String subject(String topic) {
    return topic + "-value";
  }

  /**
   * The schema id of a framed record.
   *
   * @throws SerializationException when the frame is not one
   */
  static int schemaId(byte[] data, int maxBytes) {
    if (data.length > maxBytes) {
      throw new SerializationException(
          "record of " + data.length + " bytes exceeds avro.max.record.bytes " + maxBytes);
    }
    if (data.length < HEADER_BYTES) {
      throw new SerializationException(
          "record of " + data.length + " bytes is shorter than the 5-byte header");
    }
    if (data[0] != MAGIC) {
      throw new SerializationException("unknown magic byte " + data[0] + ", must be 0");
    }
    return ByteBuffer.wrap(data).getInt(1);
  }
}
