package io.vedette.detect;

import io.vedette.baseline.Hashes;
import io.vedette.core.CallerId;
import io.vedette.core.ModelRef;
import org.jspecify.annotations.Nullable;

/**
 * One sighting of each of many cells, in flat arrays of fixed size: what a cell's state begins with
 * once the cell turns out to need one. A later cell takes the place of an earlier one with the same
 * slot; models and samples are not kept.
 */
final class Sightings {

  private static final int CELL = 0;
  private static final int TIME = 1;
  private static final int CONTENT = 2;
  private static final int ANSWER = 3; // label and confidence
  private static final int SKETCH = 4;
  private static final int SKETCH_WORDS = CellEpoch.SKETCH / 4;
  private static final int WORDS = 8; // one line of the processor's cache
  private static final int USED = 1; // of the last word: all-zero slots are empty

  private final int mask;
  private long[] words = {}; // taken when the first sighting comes
  private @Nullable CallerId[] callers = {};

  /**
   * Room for so many cells, 68 bytes each.
   *
   * @param slots a power of two
   */
  Sightings(int slots) {
    this.mask = slots - 1;
  }

  /** Remembers a sighting. */
  void put(CellSighting seen) {
    if (seen.sketch().length != CellEpoch.SKETCH) {
      return;
    }
    if (words.length == 0) {
      words = new long[(mask + 1) * WORDS];
      callers = new CallerId[mask + 1];
    }
    int slot = slot(seen.cell());
    int at = slot * WORDS;
    words[at + CELL] = seen.cell();
    words[at + TIME] = seen.timeMicros();
    words[at + CONTENT] = seen.content();
    words[at + ANSWER] =
        (long) seen.label() << 32 | (Float.floatToRawIntBits(seen.confidence()) & 0xffffffffL);
    for (int word = 0; word < SKETCH_WORDS; word++) {
      words[at + SKETCH + word] = packed(seen.sketch(), 4 * word);
    }
    words[at + WORDS - 1] = USED;
    callers[slot] = seen.caller();
  }

  private static long packed(short[] sketch, int from) {
    long packed = 0;
    for (int c = 3; c >= 0; c--) {
      packed = packed << 16 | (sketch[from + c] & 0xffff);
    }
    return packed;
  }

  /**
   * The sighting of a cell, without a sample.
   *
   * @param sinceMicros least event time
   * @return null when it is older, or another cell has taken its place
   */
  @Nullable CellSighting find(long cell, ModelRef model, long sinceMicros) {
    if (words.length == 0) {
      return null;
    }
    int slot = slot(cell);
    int at = slot * WORDS;
    CallerId caller = callers[slot];
    if (words[at + WORDS - 1] != USED
        || words[at + CELL] != cell
        || words[at + TIME] < sinceMicros
        || caller == null) {
      return null;
    }
    short[] sketch = new short[CellEpoch.SKETCH];
    for (int c = 0; c < sketch.length; c++) {
      sketch[c] = (short) (words[at + SKETCH + (c >> 2)] >>> ((c & 3) << 4));
    }
    long answer = words[at + ANSWER];
    return new CellSighting(
        cell,
        caller,
        model,
        words[at + TIME],
        words[at + CONTENT],
        (int) (answer >> 32),
        Float.intBitsToFloat((int) answer),
        sketch,
        null);
  }

  private int slot(long cell) {
    return (int) (Hashes.mix(cell) >>> 40) & mask;
  }
}
