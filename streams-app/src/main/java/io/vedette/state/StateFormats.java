package io.vedette.state;

import io.vedette.core.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The formats of one store's states, oldest first: a state is written in the last one, and read in
 * whichever it was written. So a release that changes the bytes of a state calls {@link #then} with
 * its new reader and keeps the old one, and states of the release before it are read on.
 *
 * @param <S> state
 */
public final class StateFormats<S extends State> {

  private static final int MOST = Byte.MAX_VALUE;

  private final List<StateReader<S>> readers; // of format 1, 2, ...

  private StateFormats(List<StateReader<S>> readers) {
    this.readers = List.copyOf(readers);
  }

  /** The first format, 1, alone. */
  public static <S extends State> StateFormats<S> first(StateReader<S> reader) {
    return new StateFormats<>(List.of(reader));
  }

  /**
   * These formats and a newer one, which is written from now on.
   *
   * @throws IllegalStateException beyond format 127
   */
  public StateFormats<S> then(StateReader<S> newer) {
    if (readers.size() == MOST) {
      throw new IllegalStateException("a store has at most " + MOST + " formats");
    }
    List<StateReader<S>> more = new ArrayList<>(readers);
    more.add(newer);
    return new StateFormats<>(more);
  }

  /** The format that is written. */
  byte current() {
    return (byte) readers.size();
  }

  /** The reader of a format; null when this version cannot read it. */
  @Nullable StateReader<S> reader(byte format) {
    return format >= 1 && format <= readers.size() ? readers.get(format - 1) : null;
  }
}
