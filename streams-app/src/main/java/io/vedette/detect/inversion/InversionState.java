package io.vedette.detect.inversion;

import io.vedette.core.State;
import io.vedette.detect.Wagers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bets on one caller, and the entities it asked about where a feature is marked. */
public final class InversionState implements State {

  int steps; // distinct rows
  @Nullable Wagers wagers; // once there is a stay or an entity to bet on
  @Nullable Entities entities; // once a marked model is asked

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(steps);
    out.writeBoolean(wagers != null);
    if (wagers != null) {
      wagers.write(out);
    }
    out.writeBoolean(entities != null);
    if (entities != null) {
      entities.write(out);
    }
  }

  static InversionState read(DataInput in, int bets, int size) throws IOException {
    InversionState state = new InversionState();
    state.steps = in.readInt();
    state.wagers = in.readBoolean() ? Wagers.read(in, bets, size) : null;
    state.entities = in.readBoolean() ? Entities.read(in) : null;
    return state;
  }

  @Override
  public int bytes() {
    int bets = wagers == null ? 0 : wagers.bytes();
    return 32 + bets + (entities == null ? 0 : entities.bytes());
  }
}
