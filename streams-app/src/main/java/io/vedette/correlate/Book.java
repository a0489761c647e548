package io.vedette.correlate;

import io.vedette.core.Engine;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.State;
import java.util.function.Consumer;

/**
 * The incident book: an engine that also acts when its time has come, for closings.
 *
 * @param <S> state per incident key
 */
public interface Book<S extends State> extends Engine<S, Finding, Consumer<Incident>> {

  /** The key that the finding's incident is kept under. */
  String key(Finding finding);

  /**
   * Stream time at which the state wants its next tick, microseconds; {@link Long#MAX_VALUE} for
   * never.
   */
  long nextDueMicros(S state);

  /**
   * Stream time of the last finding that the state knows of, microseconds; {@link Long#MIN_VALUE}
   * when it knows of none. It tells a restarted stage how far stream time had come.
   */
  default long lastMicros(S state) {
    return Long.MIN_VALUE;
  }

  /**
   * Acts on time alone. Must move {@link #nextDueMicros} beyond {@code nowMicros}.
   *
   * @param nowMicros the time that was due, which may lie before stream time
   */
  void tick(S state, long nowMicros, Consumer<Incident> out);
}
