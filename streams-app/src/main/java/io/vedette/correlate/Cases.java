package io.vedette.correlate;

import io.vedette.core.State;

/**
 * The states that an incident book works on, by key.
 *
 * @param <S> state per key
 */
@FunctionalInterface
public interface Cases<S extends State> {

  /** The state of a key for reading and changing, a fresh one when there is none. */
  S get(String key);
}
