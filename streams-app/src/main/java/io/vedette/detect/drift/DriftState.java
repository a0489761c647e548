package io.vedette.detect.drift;

import io.vedette.core.State;
import io.vedette.stats.LordPlusPlus;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What is remembered of one model: the day's false-discovery budget and the last three windows. */
public final class DriftState implements State {

  static final int WINDOWS = 3;

  LordPlusPlus budget;
  long day = Long.MIN_VALUE;
  final double[] p = {1, 1, 1}; // newest first
  int breaches; // bit per window, newest lowest
  long reportedMicros = Long.MIN_VALUE;
  long firstBreachMicros;
  long rows;
  String calibration = ""; // of the baseline that the windows were held against

  DriftState(LordPlusPlus budget) {
    this.budget = budget;
  }

  /** Forgets windows that were held against another baseline. */
  void against(String calibrationId) {
    if (!calibration.equals(calibrationId)) {
      calibration = calibrationId;
      Arrays.fill(p, 1);
      breaches = 0;
      reportedMicros = Long.MIN_VALUE;
      rows = 0;
    }
  }

  void push(double newest, boolean breach) {
    p[2] = p[1];
    p[1] = p[0];
    p[0] = newest;
    breaches = (breaches << 1 | (breach ? 1 : 0)) & 0b111;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    budget.write(out);
    out.writeLong(day);
    for (double value : p) {
      out.writeDouble(value);
    }
    out.writeByte(breaches);
    out.writeLong(reportedMicros);
    out.writeLong(firstBreachMicros);
    out.writeLong(rows);
    out.writeUTF(calibration);
  }

  static DriftState read(DataInput in) throws IOException {
    DriftState state = new DriftState(LordPlusPlus.read(in));
    state.day = in.readLong();
    for (int i = 0; i < WINDOWS; i++) {
      state.p[i] = in.readDouble();
    }
    state.breaches = in.readUnsignedByte();
    state.reportedMicros = in.readLong();
    state.firstBreachMicros = in.readLong();
    state.rows = in.readLong();
    state.calibration = in.readUTF();
    return state;
  }

  @Override
  public int bytes() {
    return 512;
  }
}
