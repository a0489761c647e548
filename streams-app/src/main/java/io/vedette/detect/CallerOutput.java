package io.vedette.detect;

import io.vedette.core.Finding;

/** Where the caller engine's results go; given by the stage. */
public interface CallerOutput {

  /** Takes a finding, to be published at once. */
  void finding(Finding finding);

  /** Takes one sighting of a fingerprint cell, to be re-keyed by {@link CellSighting#cell()}. */
  void cell(CellSighting sighting);

  /** Takes an update for the model stage, to be re-keyed by {@link ModelUpdate#modelKey()}. */
  void update(ModelUpdate update);

  /** Is told that a detector threw and was fenced. */
  default void fenced(String detector, RuntimeException cause) {}
}
