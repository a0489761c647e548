package io.vedette.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArrayOutputTest {

  private static final String[] TEXTS = {"", "a", "client-17", "\0", "ü", "€", "\ud83d\ude00 x"};

  @Test
  void shouldWriteWhatJavaWritesWhenAnyValues() throws IOException {
    // Given
    var plain = new ByteArrayOutputStream();
    var array = new ArrayOutput(1);
    write(new DataOutputStream(plain), 5_000);

    // When
    write(array, 5_000);

    // Then
    assertThat(array.toByteArray()).isEqualTo(plain.toByteArray());
    assertThat(array.size()).isEqualTo(plain.size());
  }

  @Test
  void shouldReadWhatWasWrittenWhenAnyValues() throws IOException {
    // Given
    var array = new ArrayOutput(16);
    List<Object> written = write(array, 5_000);
    var in = new ArrayInput(array.toByteArray());

    // When
    List<Object> read = read(in, 5_000);

    // Then
    assertThat(read).isEqualTo(written);
    assertThat(in.available()).isZero();
  }

  @Test
  void shouldReadElsewhereWhenPlacesAreKnown() throws IOException {
    // Given a link to what comes after a text
    var array = new ArrayOutput(1);
    array.reserveRoom(64);
    array.writeInt(0);
    array.writeUTF("client-17");
    array.setInt(0, array.size());
    array.writeLong(17);

    // When
    var in = new ArrayInput(array.toByteArray());
    int link = in.readInt();
    int text = in.position();
    in.skipUTF();
    int after = in.position();
    in.position(text);

    // Then
    assertThat(after).isEqualTo(link);
    assertThat(in.readUTF()).isEqualTo("client-17");
    assertThat(in.readLong()).isEqualTo(17);
    for (int outside : new int[] {-1, array.size() + 1}) {
      assertThatThrownBy(() -> in.position(outside)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void shouldRefuseWhenBytesEndEarly() throws IOException {
    // Given
    var array = new ArrayOutput(16);
    array.writeUTF("client-17");
    byte[] whole = array.toByteArray();

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);

      // When
      var in = new ArrayInput(cut);

      // Then
      assertThatThrownBy(in::readUTF).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void shouldRefuseAndWriteNothingWhenTextIsTooLong() {
    // Given
    var array = new ArrayOutput(16);

    for (String text : List.of("x".repeat(65_536), "ü".repeat(32_768))) {
      // When
      var refused = assertThatThrownBy(() -> array.writeUTF(text));

      // Then
      refused.isInstanceOf(UTFDataFormatException.class);
      assertThat(array.size()).isZero();
    }
  }

  private static List<Object> write(DataOutput out, int values) throws IOException {
    var random = new SplittableRandom(5);
    List<Object> written = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      long bits = random.nextLong();
      String text = TEXTS[random.nextInt(TEXTS.length)];
      out.writeByte((int) bits);
      out.writeShort((int) bits);
      out.writeInt((int) bits);
      out.writeLong(bits);
      out.writeFloat((float) bits);
      out.writeDouble((double) bits);
      out.writeBoolean(bits > 0);
      out.writeUTF(text);
      written.add(
          List.of(
              (byte) bits,
              (short) bits,
              (int) bits,
              bits,
              (float) bits,
              (double) bits,
              bits > 0,
              text));
    }
    return written;
  }

  private static List<Object> read(DataInput in, int values) throws IOException {
    List<Object> read = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      read.add(
          List.of(
              in.readByte(),
              in.readShort(),
              in.readInt(),
              in.readLong(),
              in.readFloat(),
              in.readDouble(),
              in.readBoolean(),
              in.readUTF()));
    }
    return read;
  }
}
