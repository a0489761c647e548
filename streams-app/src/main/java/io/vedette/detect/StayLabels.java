package io.vedette.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The labels that the rows of a stay were answered with; 0 stands for none, which says nothing. */
final class StayLabels {

  private int first;
  private int last;
  private boolean two; // rows of two labels at least were seen

  private boolean own;

  /** A stay begins. */
  void begin(int answered) {
    first = answered;
    last = answered;
    two = false;
  }

  /** Forgets what was measured of the last row. */
  void clear() {
    own = false;
  }

  /** Takes the next row of the stay. */
  void measure(int answered) {
    own = last != 0 && last == first;
    if (answered == 0 || first == 0) {
      return;
    }
    two |= answered != first;
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

  void write(DataOutput out) throws IOException {
    out.writeInt(first);
    out.writeInt(last);
    out.writeBoolean(two);
  }

  void read(DataInput in) throws IOException {
    first = in.readInt();
    last = in.readInt();
    two = in.readBoolean();
  }
}
