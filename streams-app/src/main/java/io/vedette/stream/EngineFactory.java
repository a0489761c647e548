package io.vedette.stream;

import io.vedette.baseline.Baselines;

/** Makes the engines of a task. */
@FunctionalInterface
public interface EngineFactory {

  /**
   * New engines, sharing no mutable state with others.
   *
   * @param baselines the baselines in force, safe to read from every thread
   */
  Engines create(Baselines baselines);
}
