package io.vedette.detect.inversion;

import io.vedette.core.State;
import io.vedette.detect.Wagers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bets on one caller, and the entities it asked about where a feature is marked. */
public final class InversionState implements State {

  final Wagers wagers;
  @Nullable Entities entities; // once a marked model is asked

  InversionState(Wagers wagers) {
    this.wagers = wagers;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    wagers.write(out);
    out.writeBoolean(entities != null);
    if (entities != null) {
      entities.write(out);
    }
  }

  static InversionState read(DataInput in, Wagers wagers) throws IOException {
    InversionState state = new InversionState(wagers);
    state.entities = in.readBoolean() ? Entities.read(in) : null;
    return state;
  }

  @Override
  public int bytes() {
    return 24 + wagers.bytes() + (entities == null ? 0 : entities.bytes());
  }
}
