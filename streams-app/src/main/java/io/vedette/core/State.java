package io.vedette.core;

import java.io.DataOutput;
import java.io.IOException;

/** What a detector or stage remembers about one key; can write itself, and knows its size. */
public interface State {

  /**
   * Writes itself so that its reader gives an equal state.
   *
   * @throws IOException when the output fails
   */
  void write(DataOutput out) throws IOException;

  /** Upper estimate of the heap it holds, bytes. */
  int bytes();
}
