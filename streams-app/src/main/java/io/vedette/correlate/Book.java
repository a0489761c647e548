package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import io.vedette.core.State;
import io.vedette.core.Verdict;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The incident book: weighs findings, hears verdicts, and acts when a time has come. It keeps
 * several states, and asks for each by its key.
 *
 * @param <S> state per key
 */
public interface Book<S extends State> {

  /** A fresh state. */
  S create();

  /**
   * Reads a state written by {@link State#write}, also one of an older format.
   *
   * @throws IOException when the bytes are not such a state
   */
  S read(DataInput in) throws IOException;

  /** What findings must have in common to meet: those of one answer need the same states. */
  String meeting(Finding finding);

  /** Takes a finding in. */
  void observe(Finding finding, Cases<S> cases, Consumer<Incident> out);

  /**
   * Takes a finding in that may have been read before, and does nothing to states that know it.
   *
   * @param at where it was read; findings that meet are on one partition
   */
  default void observe(Finding finding, Origin at, Cases<S> cases, Consumer<Incident> out) {
    observe(finding, cases, out);
  }

  /** Id of the incident that the state of a key holds, open or not; empty for none. */
  String incident(String key, S state);

  /**
   * Takes a verdict in on the incident that the state of a key holds; the same verdict twice does
   * nothing.
   *
   * @return true when the verdict was new to the incident
   */
  boolean judge(String key, Verdict verdict, Cases<S> cases, Consumer<Incident> out);

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
  void tick(String key, Cases<S> cases, long nowMicros, Consumer<Incident> out);
}
