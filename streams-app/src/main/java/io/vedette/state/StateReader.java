package io.vedette.state;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.IOException;

/**
 * Reads what {@link State#write} wrote.
 *
 * @param <S> state
 */
@FunctionalInterface
public interface StateReader<S extends State> {

  /**
   * Reads a state.
   *
   * @throws IOException when the bytes are not such a state
   */
  S read(DataInput in) throws IOException;
}
