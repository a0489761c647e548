package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.core.Finding;

/** Where the model engine's results go; given by the stage. */
public interface ModelOutput {

  /** Takes a finding, to be published at once. */
  void finding(Finding finding);

  /** Takes a learnt baseline, to be published on the baselines topic. */
  void baseline(Baseline baseline);
}
