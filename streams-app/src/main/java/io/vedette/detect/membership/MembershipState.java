package io.vedette.detect.membership;

import io.vedette.core.State;
import io.vedette.detect.Wagers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bets on one caller, and what its seeds were like. */
public final class MembershipState implements State {

  static final int CUTS = 4; // as Observation.surerThan has

  final Wagers wagers;
  // By cut of the clean confidences: seeds and rows left alone, and how many the model was sure of.
  final int[] seedsSure = new int[CUTS];
  final int[] aloneSure = new int[CUTS];
  int seeds;
  int alone;
  int copies; // of the present seed, when it was looked at last
  int fartherHere; // copies of the present seed that lay farther than all before
  int climbed; // seeds with several such copies
  int moved; // originals of moved pictures
  int training; // rows of the training data
  int decoys;
  @Nullable Originals originals; // of pictures, once there is one

  MembershipState(Wagers wagers) {
    this.wagers = wagers;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    wagers.write(out);
    for (int cut = 0; cut < CUTS; cut++) {
      out.writeInt(seedsSure[cut]);
      out.writeInt(aloneSure[cut]);
    }
    out.writeInt(seeds);
    out.writeInt(alone);
    out.writeInt(copies);
    out.writeInt(fartherHere);
    out.writeInt(climbed);
    out.writeInt(moved);
    out.writeInt(training);
    out.writeInt(decoys);
    out.writeBoolean(originals != null);
    if (originals != null) {
      originals.write(out);
    }
  }

  static MembershipState read(DataInput in, Wagers wagers) throws IOException {
    MembershipState state = new MembershipState(wagers);
    for (int cut = 0; cut < CUTS; cut++) {
      state.seedsSure[cut] = in.readInt();
      state.aloneSure[cut] = in.readInt();
    }
    state.seeds = in.readInt();
    state.alone = in.readInt();
    state.copies = in.readInt();
    state.fartherHere = in.readInt();
    state.climbed = in.readInt();
    state.moved = in.readInt();
    state.training = in.readInt();
    state.decoys = in.readInt();
    state.originals = in.readBoolean() ? Originals.read(in) : null;
    return state;
  }

  @Override
  public int bytes() {
    return 96 + wagers.bytes() + (originals == null ? 0 : originals.bytes());
  }
}
