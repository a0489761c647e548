package io.vedette.detect.membership;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The middles of a caller's last pictures, to know exact copies that were moved or mirrored. */
final class Originals {

  /*
   * A picture is a moved copy when the 4 x 4 pixels in the middle of an earlier one stand in it,
   * exactly, up to four pixels aside or mirrored about the vertical axis. Two takes of a scene
   * never agree so, because sensors have noise; flat middles say nothing. Windows that slide over one
   * series stand aside along one axis in one direction, again and again: only the first such step
   * counts.
   *
   * Cost per picture: 4 x 82 comparisons, as most fail at the first pixel. State: 64 bytes for each
   * of four originals.
   */

  /** What a picture is. */
  enum Kind {
    /** Says nothing: too small, or flat in the middle. */
    UNCLEAR,
    NEW,
    /** Copy of an original that had none before. */
    FIRST_MOVED,
    MOVED
  }

  private static final int KEPT = 4;
  private static final int SIDE = 4;
  private static final int PIXELS = SIDE * SIDE;
  private static final int FARTHEST = 4; // pixels
  private static final int NO_COPY = -1;
  private static final int DISTINCT = 6; // values in a middle that says something

  private final float[] middles = new float[KEPT * PIXELS]; // latest used first
  private int count;
  private int copied; // bit per original that had a copy
  private int direction; // of the last copy: 0 for none or both axes, else 1 to 4

  /**
   * Looks at a picture and remembers it when it is new.
   *
   * @param offset of its first pixel
   */
  Kind look(float[] values, int offset, int height, int width) {
    if (height < SIDE + 2 * FARTHEST || width < SIDE + 2 * FARTHEST) {
      return Kind.UNCLEAR;
    }
    int top = (height - SIDE) / 2;
    int left = (width - SIDE) / 2;
    for (int i = 0; i < count; i++) {
      int found = copy(values, offset, width, top, left, i * PIXELS);
      if (found != NO_COPY) {
        boolean slides = found != 0 && found == direction;
        direction = found;
        boolean first = (copied & 1 << i) == 0;
        toFront(i);
        if (slides) {
          return Kind.UNCLEAR;
        }
        copied |= 1;
        return first ? Kind.FIRST_MOVED : Kind.MOVED;
      }
    }
    float[] middle = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      middle[i] = values[offset + (top + i / SIDE) * width + left + i % SIDE];
    }
    if (distinct(middle) < DISTINCT) {
      return Kind.UNCLEAR;
    }
    count = Math.min(KEPT, count + 1);
    System.arraycopy(middles, 0, middles, PIXELS, (KEPT - 1) * PIXELS);
    System.arraycopy(middle, 0, middles, 0, PIXELS);
    copied = copied << 1 & (1 << KEPT) - 1;
    return Kind.NEW;
  }

  /** The direction in which the middle stands aside, {@link #NO_COPY} when it does not. */
  private int copy(float[] values, int offset, int width, int top, int left, int middle) {
    for (int down = -FARTHEST; down <= FARTHEST; down++) {
      for (int right = -FARTHEST; right <= FARTHEST; right++) {
        int at = offset + (top + down) * width + left + right;
        if ((down != 0 || right != 0) && stands(values, at, width, 1, middle)) {
          return direction(down, right);
        }
      }
    }
    // The pixel that was c from the left is now c from the right.
    return stands(values, offset + top * width + width - 1 - left, width, -1, middle) ? 0 : NO_COPY;
  }

  private static int direction(int down, int right) {
    if (down != 0 && right != 0) {
      return 0;
    }
    return right == 0 ? (down > 0 ? 1 : 2) : right > 0 ? 3 : 4;
  }

  private boolean stands(float[] values, int at, int width, int step, int middle) {
    for (int i = 0; i < PIXELS; i++) {
      if (values[at + i / SIDE * width + i % SIDE * step] != middles[middle + i]) {
        return false;
      }
    }
    return true;
  }

  private static int distinct(float[] middle) {
    float[] sorted = middle.clone();
    Arrays.sort(sorted);
    int distinct = 1;
    for (int i = 1; i < PIXELS; i++) {
      distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct;
  }

  private void toFront(int index) {
    float[] middle = Arrays.copyOfRange(middles, index * PIXELS, (index + 1) * PIXELS);
    System.arraycopy(middles, 0, middles, PIXELS, index * PIXELS);
    System.arraycopy(middle, 0, middles, 0, PIXELS);
    int newer = copied & (1 << index) - 1;
    int older = copied & -(1 << (index + 1));
    int own = copied >>> index & 1;
    copied = older | newer << 1 | own;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(count);
    out.writeByte(copied);
    out.writeByte(direction);
    for (int i = 0; i < count * PIXELS; i++) {
      out.writeFloat(middles[i]);
    }
  }

  static Originals read(DataInput in) throws IOException {
    Originals originals = new Originals();
    originals.count = in.readUnsignedByte();
    if (originals.count > KEPT) {
      throw new IOException("originals must be " + KEPT + " at most, were " + originals.count);
    }
    originals.copied = in.readUnsignedByte();
    originals.direction = in.readUnsignedByte();
    for (int i = 0; i < originals.count * PIXELS; i++) {
      originals.middles[i] = in.readFloat();
    }
    return originals;
  }

  int bytes() {
    return 56 + 4 * middles.length;
  }
}
