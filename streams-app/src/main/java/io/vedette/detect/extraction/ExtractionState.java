package io.vedette.detect.extraction;

import io.vedette.core.State;
import io.vedette.detect.Wagers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bets on one caller, and once it is suspect, what it could have copied. */
public final class ExtractionState implements State {

  final Wagers wagers;
  @Nullable Substitute substitute;

  ExtractionState(Wagers wagers) {
    this.wagers = wagers;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    wagers.write(out);
    out.writeBoolean(substitute != null);
    if (substitute != null) {
      substitute.write(out);
    }
  }

  static ExtractionState read(DataInput in, int bets, int size) throws IOException {
    ExtractionState state = new ExtractionState(Wagers.read(in, bets, size));
    if (in.readBoolean()) {
      state.substitute = Substitute.read(in);
    }
    return state;
  }

  @Override
  public int bytes() {
    return 24 + wagers.bytes() + (substitute == null ? 0 : substitute.bytes());
  }
}
