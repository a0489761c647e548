package io.vedette.state;

import io.vedette.core.State;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a written state: format byte, last use (stream time, microseconds, 8 bytes), state.
 * One instance serves one thread.
 */
final class StateFormat {

  private static final byte FORMAT = 1;
  private static final int HEADER = 1 + Long.BYTES;

  private final ArrayOutput buffer = new ArrayOutput(4096);

  byte[] write(State state, long lastUsed) throws IOException {
    buffer.reset();
    buffer.writeByte(FORMAT);
    buffer.writeLong(lastUsed);
    state.write(buffer);
    return buffer.toByteArray();
  }

  <S extends State> S read(byte[] bytes, StateReader<S> reader) throws IOException {
    if (bytes.length < HEADER || bytes[0] != FORMAT) {
      throw new IOException("unknown state format");
    }
    var in = new ArrayInput(bytes, HEADER);
    S state = reader.read(in);
    if (in.available() > 0) {
      throw new IOException("state has trailing bytes");
    }
    return state;
  }

  /**
   * Last use of a written state; {@link Long#MIN_VALUE}, never idle, when the bytes are damaged.
   */
  static long lastUsed(byte[] bytes) {
    return bytes.length < HEADER || bytes[0] != FORMAT
        ? Long.MIN_VALUE
        : ByteBuffer.wrap(bytes).getLong(1);
  }
}
