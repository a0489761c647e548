package io.vedette.state;

import java.io.DataOutput;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing array of bytes behind {@link DataOutput}, in the format of {@link
 * java.io.DataOutputStream}, without its call per byte. For one thread.
 */
public final class ArrayOutput implements DataOutput {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MOST_UTF_BYTES = 65_535;

  private byte[] bytes;
  private int size;

  /** An empty output with room for some bytes. */
  public ArrayOutput(int capacity) {
    this.bytes = new byte[Math.max(16, capacity)];
  }

  /** Makes room for some more bytes at once, where they will be many. */
  public void reserveRoom(int more) {
    int size = Math.addExact(this.size, more);
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, size);
    }
  }

  /** Forgets what was written, keeps the room. */
  public void reset() {
    size = 0;
  }

  /** Overwrites four bytes that were written earlier. */
  public void setInt(int at, int v) {
    Objects.checkFromIndexSize(at, Integer.BYTES, size);
    INTS.set(bytes, at, v);
  }

  /** Bytes written. */
  public int size() {
    return size;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Makes room for {@code more} bytes; gives where they start. */
  private int reserve(int more) {
    int at = size;
    int needed = Math.addExact(at, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
    }
    size = needed;
    return at;
  }

  @Override
  public void write(int b) {
    int at = reserve(1);
    bytes[at] = (byte) b;
  }

  @Override
  public void write(byte[] b) {
    write(b, 0, b.length);
  }

  @Override
  public void write(byte[] b, int off, int len) {
    int at = reserve(len);
    System.arraycopy(b, off, bytes, at, len);
  }

  @Override
  public void writeBoolean(boolean v) {
    write(v ? 1 : 0);
  }

  @Override
  public void writeByte(int v) {
    write(v);
  }

  @Override
  public void writeShort(int v) {
    int at = reserve(Short.BYTES);
    SHORTS.set(bytes, at, (short) v);
  }

  @Override
  public void writeChar(int v) {
    writeShort(v);
  }

  @Override
  public void writeInt(int v) {
    int at = reserve(Integer.BYTES);
    INTS.set(bytes, at, v);
  }

  @Override
  public void writeLong(long v) {
    int at = reserve(Long.BYTES);
    LONGS.set(bytes, at, v);
  }

  @Override
  public void writeFloat(float v) {
    writeInt(Float.floatToIntBits(v));
  }

  @Override
  public void writeDouble(double v) {
    writeLong(Double.doubleToLongBits(v));
  }

  @Override
  public void writeBytes(String s) {
    write(s.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void writeChars(String s) {
    for (int i = 0; i < s.length(); i++) {
      writeShort(s.charAt(i));
    }
  }

  @Override
  public void writeUTF(String s) throws IOException {
    int length = s.length();
    int start = size;
    int at = reserve(Short.BYTES + length) + Short.BYTES;
    for (int i = 0; i < length; i++) {
      char c = s.charAt(i);
      if (c == 0 || c > 0x7F) {
        size = start;
        writeModified(s);
        return;
      }
      bytes[at + i] = (byte) c;
    }
    if (length > MOST_UTF_BYTES) {
      size = start;
      throw new UTFDataFormatException("text must have 65535 bytes at most, has " + length);
    }
    SHORTS.set(bytes, start, (short) length);
  }

  private void writeModified(String s) throws IOException {
    int start = size;
    writeShort(0);
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c != 0 && c <= 0x7F) {
        write(c);
      } else if (c <= 0x7FF) {
        write(0xC0 | (c >> 6));
        write(0x80 | (c & 0x3F));
      } else {
        write(0xE0 | (c >> 12));
        write(0x80 | ((c >> 6) & 0x3F));
        write(0x80 | (c & 0x3F));
      }
    }
    int length = size - start - Short.BYTES;
    if (length > MOST_UTF_BYTES) {
      size = start;
      throw new UTFDataFormatException("text must have 65535 bytes at most, has " + length);
    }
    SHORTS.set(bytes, start, (short) length);
  }
}
