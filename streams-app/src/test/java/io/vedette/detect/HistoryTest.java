package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 40})
  void shouldGoOnAlikeWhenReadAtAnySize(int size) {
    // Given
    SplittableRandom random = new SplittableRandom(size);
    History history = new History(3);
    fill(history, size, random);

    // When
    History read = CleanModel.reread(history, History::read);

    // Then now and for twenty rows more
    for (int more = 0; more < 20; more++) {
      assertThat(read.size()).isEqualTo(history.size());
      for (int back = 0; back < history.size(); back++) {
        assertThat(point(read, back)).containsExactly(point(history, back));
        assertThat(read.label(back)).isEqualTo(history.label(back));
      }
      long content = random.nextLong(30);
      assertThat(read.repeats(content)).isEqualTo(history.repeats(content));
      float[] next = CleanModel.row(3, random);
      history.add(next, more);
      read.add(next, more);
    }
    assertThat(CleanModel.bytes(read)).isEqualTo(CleanModel.bytes(history));
  }

  @Test
  void shouldKeepTheLastEightWhenMoreAreAdded() {
    // Given
    History history = new History(1);

    // When
    for (int i = 0; i < 21; i++) {
      history.add(new float[] {i}, 100 + i);
    }

    // Then
    assertThat(history.size()).isEqualTo(8);
    for (int back = 0; back < 8; back++) {
      assertThat(point(history, back)).containsExactly(20 - back);
      assertThat(history.label(back)).isEqualTo(120 - back);
    }
  }

  @Test
  void shouldKnowFortyEightContentsWhenAskedForRepeats() {
    // Given
    History history = new History(1);
    for (long c = 1; c <= 49; c++) {
      history.repeats(c << 33);
    }

    // When
    boolean oldest = history.repeats(2L << 33);
    boolean forgotten = history.repeats(1L << 33);

    // Then
    assertThat(oldest).isTrue();
    assertThat(forgotten).isFalse();
  }

  @Test
  void shouldRefuseTheBytesWhenTheyEndEarly() {
    // Given
    History history = new History(4);
    fill(history, 8, new SplittableRandom(1));
    byte[] bytes = CleanModel.bytes(history);

    // When / Then
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> History.read(new DataInputStream(new ByteArrayInputStream(part))))
          .isInstanceOf(IOException.class);
    }
  }

  private static void fill(History history, int size, SplittableRandom random) {
    for (int i = 0; i < size; i++) {
      history.repeats(random.nextLong(30));
      history.add(CleanModel.row(history.dimensions(), random), i);
    }
  }

  private static float[] point(History history, int back) {
    int at = history.offset(back);
    return Arrays.copyOfRange(history.points(), at, at + history.dimensions());
  }
}
