package io.vedette.state;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array of bytes behind {@link DataInput}, in the format of {@link DataInputStream}, without its
 * call per byte. Bytes that end early give an {@link EOFException}. For one thread.
 */
public final class ArrayInput implements DataInput {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;

  private final byte[] bytes;
  private int at;

  /** Reads an array from its start. */
  public ArrayInput(byte[] bytes) {
    this(bytes, 0);
  }

  /** Reads an array from an offset. */
  public ArrayInput(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.at = Objects.checkIndex(offset, bytes.length + 1);
  }

  /** Bytes not read yet. */
  public int available() {
    return bytes.length - at;
  }

  /** Where the next byte is read. */
  public int position() {
    return at;
  }

  /**
   * Reads on elsewhere.
   *
   * @throws EOFException when the array ends before
   */
  public void position(int position) throws EOFException {
    if (position < 0 || position > bytes.length) {
      throw new EOFException("bytes end before " + position);
    }
    at = position;
  }

  /** The array that is read, not a copy. */
  public byte[] array() {
    return bytes;
  }

  /** Takes some bytes; gives where they start. */
  private int take(int count) throws IOException {
    if (count > bytes.length - at) {
      throw new EOFException("bytes end early");
    }
    int start = at;
    at += count;
    return start;
  }

  @Override
  public void readFully(byte[] b) throws IOException {
    readFully(b, 0, b.length);
  }

  @Override
  public void readFully(byte[] b, int off, int len) throws IOException {
    Objects.checkFromIndexSize(off, len, b.length);
    System.arraycopy(bytes, take(len), b, off, len);
  }

  @Override
  public int skipBytes(int n) {
    int skipped = Math.max(0, Math.min(n, available()));
    at += skipped;
    return skipped;
  }

  @Override
  public boolean readBoolean() throws IOException {
    return readByte() != 0;
  }

  @Override
  public byte readByte() throws IOException {
    return bytes[take(1)];
  }

  @Override
  public int readUnsignedByte() throws IOException {
    return readByte() & 0xFF;
  }

  @Override
  public short readShort() throws IOException {
    return (short) SHORTS.get(bytes, take(Short.BYTES));
  }

  @Override
  public int readUnsignedShort() throws IOException {
    return readShort() & 0xFFFF;
  }

  @Override
  public char readChar() throws IOException {
    return (char) readShort();
  }

  @Override
  public int readInt() throws IOException {
    return (int) INTS.get(bytes, take(Integer.BYTES));
  }

  @Override
  public long readLong() throws IOException {
    return (long) LONGS.get(bytes, take(Long.BYTES));
  }

  @Override
  public float readFloat() throws IOException {
    return Float.intBitsToFloat(readInt());
  }

  @Override
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(readLong());
  }

  @Override
  public @Nullable String readLine() {
    throw new UnsupportedOperationException("states and batches have no lines");
  }

  @Override
  public String readUTF() throws IOException {
    int start = at;
    int length = readUnsignedShort();
    int from = take(length);
    if (!plain(from, from + length)) {
      at = start;
      return DataInputStream.readUTF(this);
    }
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }

  /** Passes by what {@link #readUTF} would read. */
  public void skipUTF() throws IOException {
    take(readUnsignedShort());
  }

  /** Whether all bytes are characters of their own, looked at eight at a time. */
  private boolean plain(int from, int to) {
    long high = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      high |= (long) LONGS.get(bytes, i);
    }
    for (; i < to; i++) {
      high |= bytes[i];
    }
    return (high & HIGH_BITS) == 0;
  }
}
