package io.vedette.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The labels that the rows of a stay were answered with; 0 stands for none, which says nothing. */
final class StayLabels {

  private int first;
  private int last;
  private int same; // rows with the first label
  private int others; // rows with another one

  private boolean own;
  private boolean contested;
  private boolean contests;

  /** A stay begins. */
  void begin(int answered) {
    first = answered;
    last = answered;
    same = 1;
    others = 0;
  }

  /** Forgets what was measured of the last row. */
  void clear() {
    own = false;
    contested = false;
    contests = false;
  }

  /** Takes the next row of the stay. */
  void measure(int answered) {
    own = last != 0 && last == first;
    if (answered == 0 || first == 0) {
      return;
    }
    boolean other = answered != first;
    contested = same != others;
    contests = contested && other == same > others && answered != last;
    same += other ? 0 : 1;
    others += other ? 1 : 0;
    last = answered;
  }

  /** True when both a row and the one before have another label than the first; asked before. */
  boolean flips(int answered) {
    return answered != 0 && first != 0 && last != 0 && answered != first && last != first;
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
    out.writeInt(same);
    out.writeInt(others);
  }

  void read(DataInput in) throws IOException {
    first = in.readInt();
    last = in.readInt();
    same = in.readInt();
    others = in.readInt();
  }
}
