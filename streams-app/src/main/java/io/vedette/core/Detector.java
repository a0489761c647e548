package io.vedette.core;

import java.io.DataInput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A detector: immutable, told of one event at a time together with the state of that event's key.
 *
 * @param <S> what it remembers per key
 * @param <E> what it is told of
 */
public interface Detector<S extends State, E> {

  /** What a catalogue shows of it. */
  Profile profile();

  /** A fresh state. */
  S create();

  /**
   * Reads a state written by {@link State#write}.
   *
   * @throws IOException when the bytes are not such a state
   */
  S read(DataInput in) throws IOException;

  /**
   * The state with which the next day begins, UTC in event time; a fresh one unless evidence is
   * carried on.
   *
   * @param state the day's last one, not used any more
   */
  default S nextDay(S state) {
    return create();
  }

  /** Takes one event into the state and reports what it finds. */
  void observe(S state, E event, Consumer<Finding> findings);
}
