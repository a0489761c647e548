package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Payload;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {

  private final Random random = new Random(3);
  private final Tiles tiles = new Tiles();

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 16, 28, 33, 224})
  void shouldTellWhichTilesAPatchChanges(int side) {
    // Given
    float[] picture = pixels(side * side);
    picture[0] = -1; // neither the darkest nor the brightest pixel is painted
    picture[1] = 2;
    float[] patched = picture.clone();
    int from = 2 * side / 8;
    int to = 5 * side / 8;
    for (int y = from; y < to; y++) {
      for (int x = from; x < to; x++) {
        patched[y * side + x] += 0.1f;
      }
    }

    // When
    byte[] before = measured(picture, side, side);
    byte[] after = measured(patched, side, side);

    // Then
    for (int tile = 0; tile < Tiles.COUNT; tile++) {
      boolean inside = touches(tile % 8, side, from, to) && touches(tile / 8, side, from, to);
      assertThat(before[tile] != after[tile]).as("tile %d", tile).isEqualTo(inside);
    }
  }

  @Test
  void shouldTakeChannelsOfAColourPictureInEitherOrder() {
    // Given
    float[] picture = pixels(3 * 256);
    float[] patched = picture.clone();
    patched[3 * (5 * 16 + 9) + 1] += 0.1f; // channels last
    float[] planes = pixels(3 * 256);
    float[] patchedPlanes = planes.clone();
    patchedPlanes[256 + 5 * 16 + 9] += 0.1f; // channels first

    // When, then
    assertThat(differing(measured(picture, 16, 16, 3), measured(patched, 16, 16, 3)))
        .containsExactly(2 * 8 + 4);
    assertThat(differing(measured(planes, 3, 16, 16), measured(patchedPlanes, 3, 16, 16)))
        .containsExactly(2 * 8 + 4);
  }

  @Test
  void shouldLeaveOutTheGround() {
    // Given a digit's worth of ink on black, and a grey field
    float[] picture = new float[256];
    for (int y = 4; y < 8; y++) {
      for (int x = 4; x < 8; x++) {
        picture[y * 16 + x] = random.nextFloat();
        picture[(y + 8) * 16 + x] = 0.5f;
      }
    }
    picture[4 * 16 + 4] = 1;

    // When
    byte[] hashes = measured(picture, 16, 16);

    // Then
    for (int tile = 0; tile < Tiles.COUNT; tile++) {
      boolean ink = tile % 8 / 2 == 1 && tile / 8 / 2 % 2 == 1;
      assertThat(hashes[tile] != 0).as("tile %d", tile).isEqualTo(ink);
    }
  }

  @Test
  void shouldNotTellRoundingApart() {
    // Given pixels that were scaled to and fro
    float[] picture = new float[256];
    float[] scaled = new float[256];
    for (int i = 0; i < 256; i++) {
      picture[i] = random.nextInt(256) / 255f;
      scaled[i] = (picture[i] * 3f - 0.4f * 3f) / 3f + 0.4f;
    }

    // When, then
    assertThat(differing(measured(picture, 16, 16), measured(scaled, 16, 16)).size())
        .isLessThanOrEqualTo(4);
  }

  @Test
  void shouldLeaveOtherInputsAlone() {
    assertThat(tiles.measure(payload(pixels(64), 64), 0, new byte[64])).isFalse();
    assertThat(tiles.measure(payload(pixels(56), 7, 8), 0, new byte[64])).isFalse();
    assertThat(tiles.measure(payload(pixels(64), 8, 9), 0, new byte[64])).isFalse();
    assertThat(tiles.measure(payload(pixels(64), 1, 1, 8, 8), 0, new byte[64])).isFalse();
    assertThat(tiles.measure(payload(pixels(64)), 0, new byte[64])).isFalse();
    assertThat(tiles.measure(payload(pixels(0), 1 << 16, 1 << 16), 0, new byte[64])).isFalse();
  }

  @Test
  void shouldMeasureEachRowOfABatch() {
    // Given
    float[] one = pixels(64);
    float[] two = pixels(64);
    float[] both = new float[128];
    System.arraycopy(one, 0, both, 0, 64);
    System.arraycopy(two, 0, both, 64, 64);
    Payload.Features batch = new Payload.Features(both, 2, 64, new int[] {8, 8}, List.of(), false);
    byte[] second = new byte[64];

    // When
    tiles.measure(batch, 1, second);

    // Then
    assertThat(second).isEqualTo(measured(two, 8, 8));
  }

  private static boolean touches(int tile, int side, int from, int to) {
    int begins = (tile * side + 7) / 8;
    int ends = ((tile + 1) * side + 7) / 8;
    return begins < to && ends > from;
  }

  private static List<Integer> differing(byte[] a, byte[] b) {
    return IntStream.range(0, a.length).filter(i -> a[i] != b[i]).boxed().toList();
  }

  private float[] pixels(int n) {
    float[] pixels = new float[n];
    for (int i = 0; i < n; i++) {
      pixels[i] = random.nextFloat();
    }
    return pixels;
  }

  private static Payload.Features payload(float[] values, int... shape) {
    return new Payload.Features(values, 1, values.length, shape, List.of(), false);
  }

  private byte[] measured(float[] values, int... shape) {
    byte[] hashes = new byte[Tiles.COUNT];
    assertThat(tiles.measure(payload(values, shape), 0, hashes)).isTrue();
    return hashes;
  }
}
