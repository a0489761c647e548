package io.vedette.app;

import io.vedette.app.KillServiceChild.Trap;
import io.vedette.core.Engine;
import io.vedette.core.State;
import io.vedette.detect.ModelOutput;
import io.vedette.detect.ModelUpdate;
import io.vedette.detect.OpenWindow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The model engine; a trap is told whether a window is open in the states that it writes. */
record TrappedModel<S extends State>(Engine<S, ModelUpdate, ModelOutput> engine, Trap trap)
    implements Engine<TrappedModel.Watched<S>, ModelUpdate, ModelOutput> {

  @Override
  public Watched<S> create() {
    return new Watched<>(engine.create(), trap);
  }

  @Override
  public Watched<S> read(DataInput in) throws IOException {
    return new Watched<>(engine.read(in), trap);
  }

  @Override
  public void observe(Watched<S> state, ModelUpdate update, ModelOutput out) {
    if (update.modelKey().startsWith(KillTraffic.DRIFTING)) {
      state.drifting[0] = true;
    }
    engine.observe(state.state, update, out);
  }

  record Watched<S extends State>(S state, Trap trap, boolean[] drifting) implements State {

    Watched(S state, Trap trap) {
      this(state, trap, new boolean[1]);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      if (drifting[0]) {
        trap.windowIsOpen(OpenWindow.rows(state) > 0);
      }
      state.write(out);
    }

    @Override
    public int bytes() {
      return state.bytes();
    }
  }
}
