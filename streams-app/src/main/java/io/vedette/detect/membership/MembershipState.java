package io.vedette.detect.membership;

import io.vedette.core.State;
import io.vedette.detect.Wagers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bets on one caller, and what its seeds were like; next to nothing while there is no seed. */
public final class MembershipState implements State {

  /** Levels of how sure the model is: above how many cuts of the clean confidences. */
  static final int LEVELS = 5;

  int steps; // distinct rows
  @Nullable Started started;

  /** What is kept once there is something to bet on. */
  static final class Started {
    final Wagers wagers;
    final int[] seeds = new int[LEVELS]; // with copies, by how sure the model was of them
    final int[] alone = new int[LEVELS]; // rows without copies, since there was a seed
    int climbed; // seeds with copies ever farther
    int ascended; // seeds with copies ever farther after a drop
    int moved; // originals of moved pictures
    int decoys;
    @Nullable Originals originals; // of pictures

    Started(Wagers wagers) {
      this.wagers = wagers;
    }

    private void write(DataOutput out) throws IOException {
      wagers.write(out);
      for (int level = 0; level < LEVELS; level++) {
        out.writeInt(seeds[level]);
        out.writeInt(alone[level]);
      }
      out.writeInt(climbed);
      out.writeInt(ascended);
      out.writeInt(moved);
      out.writeInt(decoys);
      out.writeBoolean(originals != null);
      if (originals != null) {
        originals.write(out);
      }
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(steps);
    out.writeBoolean(started != null);
    if (started != null) {
      started.write(out);
    }
  }

  static MembershipState read(DataInput in, int bets, int size) throws IOException {
    MembershipState state = new MembershipState();
    state.steps = in.readInt();
    if (!in.readBoolean()) {
      return state;
    }
    Started started = new Started(Wagers.read(in, bets, size));
    for (int level = 0; level < LEVELS; level++) {
      started.seeds[level] = in.readInt();
      started.alone[level] = in.readInt();
    }
    started.climbed = in.readInt();
    started.ascended = in.readInt();
    started.moved = in.readInt();
    started.decoys = in.readInt();
    started.originals = in.readBoolean() ? Originals.read(in) : null;
    state.started = started;
    return state;
  }

  @Override
  public int bytes() {
    if (started == null) {
      return 24;
    }
    int pictures = started.originals == null ? 0 : started.originals.bytes();
    return 144 + started.wagers.bytes() + pictures;
  }
}
