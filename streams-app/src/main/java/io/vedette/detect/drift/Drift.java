package io.vedette.detect.drift;

import io.vedette.core.Detector;
import io.vedette.core.Maturity;
import io.vedette.core.Profile;
import io.vedette.core.Severity;
import io.vedette.detect.PaneWindow;
import java.util.List;

/** Public face of the drift detector. */
public final class Drift {

  /** What a catalogue shows; drift has no adversary, so it claims no technique. */
  public static final Profile PROFILE =
      new Profile(
          "drift",
          "A model's inputs or answers no longer look like its clean traffic",
          Maturity.STABLE,
          List.of(),
          Severity.MEDIUM);

  private Drift() {}

  /** The detector of the model stage. */
  public static Detector<DriftState, PaneWindow> detector() {
    return detector(DriftConfig.USUAL);
  }

  /** The detector of the model stage with numbers of a deployment. */
  public static Detector<DriftState, PaneWindow> detector(DriftConfig config) {
    return new DriftDetector(config);
  }
}
