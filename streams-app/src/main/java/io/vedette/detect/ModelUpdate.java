package io.vedette.detect;

import java.io.DataOutput;
import java.io.IOException;

/** What crosses partitions towards the model stage: a pane's counts or a row to learn from. */
public interface ModelUpdate {

  /** Key of the model stage, {@code name|version}. */
  String modelKey();

  /** Latest event time in it, microseconds since the epoch. */
  long timeMicros();

  /** About how many bytes it writes: batches are bounded by them. */
  int bytes();

  /**
   * Writes itself, kind byte first, for {@code ModelUpdates.read}.
   *
   * @throws IOException when the output fails
   */
  void write(DataOutput out) throws IOException;
}
