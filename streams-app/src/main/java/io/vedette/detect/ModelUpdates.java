package io.vedette.detect;

import java.io.DataInput;
import java.io.IOException;

/** Reads what {@link ModelUpdate#write} wrote. */
public final class ModelUpdates {

  private ModelUpdates() {}

  /**
   * Reads one update.
   *
   * @throws IOException when the bytes are not an update
   */
  public static ModelUpdate read(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case LearningRow.KIND -> LearningRow.read(in);
      case PaneDelta.KIND -> PaneDelta.read(in);
      case NewcomerRow.KIND -> NewcomerRow.read(in);
      default -> throw new IOException("kind of model update must be 1 to 3, was " + kind);
    };
  }
}
