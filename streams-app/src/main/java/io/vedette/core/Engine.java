package io.vedette.core;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * The pure work of one stage: takes one event into the state of its key and hands results out. One
 * engine serves one task and is used by one thread.
 *
 * @param <S> state per key
 * @param <E> event
 * @param <O> where results go
 */
public interface Engine<S extends State, E, O> {

  /** A fresh state. */
  S create();

  /**
   * Reads a state written by {@link State#write}.
   *
   * @throws IOException when the bytes are not such a state
   */
  S read(DataInput in) throws IOException;

  /** Takes one event into the state. */
  void observe(S state, E event, O out);

  /** Told of events that are about to come, for an engine that gains by knowing them together. */
  default void expect(List<E> events) {}

  /** False for an event that needs no state at all; asked before the state is looked up. */
  default boolean admits(E event) {
    return true;
  }

  /** Hands out what it holds back, before each commit; most engines hold nothing back. */
  default void drain(O out) {}
}
