package io.vedette.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The labels that the rows of a stay were answered with; 0 stands for none, which says nothing. */
final class StayLabels {

  private int first;
  private int last;
  private boolean two; // rows of two labels at least were seen
  private int base; // label of the first of the last rows that all lay near
  private int same; // of those, rows with its label
  private int others; // of those, rows with another one

  private boolean own;
  private boolean contested;
  private boolean contests;

  /** A stay begins. */
  void begin(int answered) {
    first = answered;
    last = answered;
    two = false;
    rebase(answered);
  }

  private void rebase(int answered) {
    base = answered;
    same = 1;
    others = 0;
  }

  /** Forgets what was measured of the last row. */
  void clear() {
    own = false;
    contested = false;
    contests = false;
  }

  /**
   * Takes the next row of the stay.
   *
   * @param near whether it lies as near as the benign share of other labels is known for
   */
  void measure(int answered, boolean near) {
    own = last != 0 && last == first;
    if (answered == 0 || first == 0) {
      return;
    }
    two |= answered != first;
    if (!near) {
      base = 0; // nothing to be held against, for good
    } else if (base != 0) {
      boolean other = answered != base;
      contested = same != others;
      contests = contested && other == same > others && answered != last;
      same += other ? 0 : 1;
      others += other ? 1 : 0;
    }
    last = answered;
  }

  /** True when both a row and the one before have another label than the first; asked before. */
  boolean flips(int answered) {
    return answered != 0 && first != 0 && last != 0 && answered != first && last != first;
  }

  /** True when rows of two labels at least were seen. */
  boolean hasTwo() {
    return two;
  }

  /** True for the label of the first row. */
  boolean isFirst(int answered) {
    return answered == first;
  }

  /** True when the row before was answered with the label of the first. */
  boolean own() {
    return own;
  }

  /** True when most rows so far had one label, so that {@link #contests} tells something. */
  boolean contested() {
    return contested;
  }

  /** True when the row's label is neither that of most rows so far nor that of the last. */
  boolean contests() {
    return contests;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(first);
    out.writeInt(last);
    out.writeBoolean(two);
    out.writeInt(base);
    out.writeInt(same);
    out.writeInt(others);
  }

  void read(DataInput in) throws IOException {
    first = in.readInt();
    last = in.readInt();
    two = in.readBoolean();
    base = in.readInt();
    same = in.readInt();
    others = in.readInt();
  }
}
