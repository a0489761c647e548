package io.vedette.detect;

import io.vedette.core.Payload;

/** Hashes of the 8 x 8 tiles of a picture: which parts of two pictures are the same. */
final class Tiles {

  /** Tiles of a picture, line by line. */
  static final int COUNT = 64;

  /** Tiles of a line. */
  static final int SIDE = 8;

  private static final int COARSE = 11; // bits of a mantissa that are rounded away
  private static final int HALF = 1 << (COARSE - 1);
  private static final int FEW_CHANNELS = 4;
  private static final int PRIME = 0x01000193; // FNV-1a

  private final int[] hash = new int[COUNT];
  private final float[] some = new float[COUNT]; // a value of each tile
  private final boolean[] flat = new boolean[COUNT];
  private float darkest;
  private float brightest;

  /**
   * Writes one byte a tile, 0 where it is ground: nothing but the darkest or brightest value of the
   * picture, as in pictures that have nothing else in common.
   *
   * @param features of shape {@code {h, w}}, {@code {h, w, c}} or {@code {c, h, w}}
   * @param row row index
   * @param tiles {@code byte[COUNT]}
   * @return false when it is no picture of 8 x 8 pixels at least
   */
  boolean measure(Payload.Features features, int row, byte[] tiles) {
    int[] shape = features.shape();
    boolean planes = shape.length == 3 && shape[0] <= FEW_CHANNELS;
    int line = planes ? 1 : 0; // where the shape says how many lines there are
    if (shape.length < line + 2 || shape.length > 3) {
      return false;
    }
    int height = shape[line];
    int width = shape[line + 1];
    int channels = shape.length == 3 && !planes ? shape[2] : 1;
    int lines = planes ? shape[0] * height : height;
    if (height < SIDE || width < SIDE || (long) lines * width * channels != features.columns()) {
      return false;
    }
    for (int tile = 0; tile < COUNT; tile++) {
      hash[tile] = 0;
      some[tile] = Float.NaN;
      flat[tile] = true;
    }
    darkest = Float.POSITIVE_INFINITY;
    brightest = Float.NEGATIVE_INFINITY;
    float[] values = features.values();
    int at = row * features.columns();
    for (int y = 0; y < lines; y++) {
      int tile = y % height * SIDE / height * SIDE;
      for (int column = 0; column < SIDE; column++) {
        int from = at + from(column, width) * channels;
        take(values, from, at + from(column + 1, width) * channels, tile + column);
      }
      at += width * channels;
    }
    for (int tile = 0; tile < COUNT; tile++) {
      boolean ground = flat[tile] && (some[tile] == darkest || some[tile] == brightest);
      tiles[tile] = ground ? 0 : (byte) (1 + Integer.remainderUnsigned(hash[tile], 255));
    }
    return true;
  }

  private static int from(int column, int width) {
    return (column * width + SIDE - 1) / SIDE;
  }

  /** Takes the pixels that one line of the picture has of a tile. */
  private void take(float[] values, int from, int to, int tile) {
    float first = Float.isNaN(some[tile]) ? values[from] : some[tile];
    int h = hash[tile];
    boolean same = flat[tile];
    for (int i = from; i < to; i++) {
      float v = values[i] + 0.0f; // one zero
      h = (h ^ ((Float.floatToRawIntBits(v) + HALF) >>> COARSE)) * PRIME;
      same &= v == first;
      darkest = Math.min(darkest, v);
      brightest = Math.max(brightest, v);
    }
    hash[tile] = h ^ (h >>> 15);
    some[tile] = first;
    flat[tile] = same;
  }
}
