package io.vedette.state;

import io.vedette.core.State;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a written state: format byte, last use (stream time, microseconds, 8 bytes), state.
 * The header is the same in every format. One instance serves one thread.
 *
 * @param <S> state
 */
final class StateFormat<S extends State> {

  private static final int HEADER = 1 + Long.BYTES;

  private final StateFormats<S> formats;
  private final ArrayOutput buffer = new ArrayOutput(4096);

  StateFormat(StateFormats<S> formats) {
    this.formats = formats;
  }

  byte[] write(S state, long lastUsed) throws IOException {
    buffer.reset();
    buffer.writeByte(formats.current());
    buffer.writeLong(lastUsed);
    state.write(buffer);
    return buffer.toByteArray();
  }

  S read(byte[] bytes) throws IOException {
    StateReader<S> reader = bytes.length < HEADER ? null : formats.reader(bytes[0]);
    if (reader == null) {
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
    return bytes.length < HEADER || bytes[0] < 1
        ? Long.MIN_VALUE
        : ByteBuffer.wrap(bytes).getLong(1);
  }
}
