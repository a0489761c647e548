package io.vedette.detect.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.detect.membership.Originals.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginalsTest {

  private static final int SIDE = 14;

  @ParameterizedTest
  @CsvSource({"1, 0", "-1, 0", "0, 2", "3, -4", "-4, 4"})
  void shouldKnowACopyWhenThePictureIsMoved(int down, int right) {
    // Given
    Originals originals = new Originals();
    float[] picture = picture(1);
    originals.look(picture, 0, SIDE, SIDE);

    // When
    Kind first = originals.look(moved(picture, down, right), 0, SIDE, SIDE);
    Kind second = originals.look(moved(picture, -down, -right), 0, SIDE, SIDE);

    // Then
    assertThat(first).isEqualTo(Kind.FIRST_MOVED);
    assertThat(second).isEqualTo(Kind.MOVED);
  }

  @ParameterizedTest
  @CsvSource({"14", "15"})
  void shouldKnowACopyWhenThePictureIsMirrored(int width) {
    // Given
    Originals originals = new Originals();
    float[] picture = random(2, SIDE * width);
    float[] mirrored = new float[picture.length];
    for (int i = 0; i < picture.length; i++) {
      mirrored[i] = picture[i / width * width + width - 1 - i % width];
    }
    originals.look(picture, 0, SIDE, width);

    // When
    Kind kind = originals.look(mirrored, 0, SIDE, width);

    // Then
    assertThat(kind).isEqualTo(Kind.FIRST_MOVED);
  }

  @Test
  void shouldSeeANewPictureWhenTheSensorHasNoise() {
    // Given
    Originals originals = new Originals();
    float[] picture = picture(3);
    originals.look(picture, 0, SIDE, SIDE);
    float[] noisy = moved(picture, 1, 0);
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += (i % 3 - 1) / 255f;
    }

    // When
    Kind kind = originals.look(noisy, 0, SIDE, SIDE);

    // Then
    assertThat(kind).isEqualTo(Kind.NEW);
  }

  @Test
  void shouldSayNothingWhenThePictureIsFlatOrSmall() {
    // Given
    Originals originals = new Originals();
    float[] flat = new float[SIDE * SIDE];
    Arrays.fill(flat, 0.5f);

    // When
    List<Kind> kinds = new ArrayList<>();
    kinds.add(originals.look(flat, 0, SIDE, SIDE));
    kinds.add(originals.look(flat, 0, SIDE, SIDE));
    kinds.add(originals.look(random(4, 64), 0, 8, 8));

    // Then
    assertThat(kinds).containsOnly(Kind.UNCLEAR);
  }

  @Test
  void shouldRememberAnOriginalThatIsInUseWhenOthersComeBetween() {
    // Given
    Originals originals = new Originals();
    float[] picture = picture(5);
    originals.look(picture, 0, SIDE, SIDE);
    List<Kind> kinds = new ArrayList<>();

    // When
    for (int i = 0; i < 8; i++) {
      originals.look(picture(100 + i), 0, SIDE, SIDE);
      originals.look(picture(200 + i), 0, SIDE, SIDE);
      int down = (i % 2 == 0 ? 1 : -1) * (1 + i % 3);
      kinds.add(originals.look(moved(picture, down, 0), 0, SIDE, SIDE));
    }

    // Then
    assertThat(kinds).startsWith(Kind.FIRST_MOVED).containsOnlyOnce(Kind.FIRST_MOVED);
    assertThat(kinds.subList(1, 8)).containsOnly(Kind.MOVED);
  }

  @Test
  void shouldCountOneStepWhenAWindowSlidesOverASeries() {
    // Given 100 points of time by as many channels as a picture is wide
    float[] series = random(9, 100 * SIDE);
    Originals originals = new Originals();
    List<Kind> kinds = new ArrayList<>();

    // When
    for (int from = 0; from < 80; from++) {
      kinds.add(originals.look(series, from * SIDE, SIDE, SIDE));
    }

    // Then
    assertThat(kinds).containsOnlyOnce(Kind.FIRST_MOVED).doesNotContain(Kind.MOVED);
  }

  @Test
  void shouldSayTheSameWhenWrittenAndRead() throws IOException {
    // Given
    Originals originals = new Originals();
    for (int i = 0; i < 3; i++) {
      originals.look(picture(i), 0, SIDE, SIDE);
    }
    originals.look(moved(picture(1), 0, 1), 0, SIDE, SIDE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    originals.write(new DataOutputStream(bytes));

    // When
    Originals read =
        Originals.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    // Then
    for (int i = 0; i < 3; i++) {
      float[] copy = moved(picture(i), 2, 0);
      assertThat(read.look(copy, 0, SIDE, SIDE)).isEqualTo(originals.look(copy, 0, SIDE, SIDE));
    }
  }

  private static float[] picture(long seed) {
    return random(seed, SIDE * SIDE);
  }

  private static float[] random(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(256) / 255f;
    }
    return values;
  }

  private static float[] moved(float[] picture, int down, int right) {
    float[] result = new float[picture.length];
    for (int i = 0; i < picture.length; i++) {
      int row = Math.max(0, Math.min(SIDE - 1, i / SIDE - down));
      int column = Math.max(0, Math.min(SIDE - 1, i % SIDE - right));
      result[i] = picture[row * SIDE + column];
    }
    return result;
  }
}
