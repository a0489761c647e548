package io.vedette.detect.evasion;

import io.vedette.baseline.Baselines;
import io.vedette.core.Detector;
import io.vedette.core.Maturity;
import io.vedette.core.Profile;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import io.vedette.detect.CellSighting;
import io.vedette.detect.Observation;
import io.vedette.detect.Wagers;
import java.util.List;

/** Public face of the evasion detectors: one looks at callers, one at fingerprint cells. */
public final class Evasion {

  /** What a catalogue shows. */
  public static final Profile PROFILE =
      new Profile(
          "evasion",
          "Queries that search for an adversarial example",
          Maturity.STABLE,
          List.of(
              new Technique("AML.T0043.001", "Craft Adversarial Data: Black-Box Optimization"),
              new Technique("AML.T0015", "Evade AI Model")),
          Severity.HIGH);

  private Evasion() {}

  /** The detector of the caller stage. */
  public static Detector<Wagers, Observation> callers() {
    return new EvasionDetector();
  }

  /**
   * The detector of the cell stage.
   *
   * @param baselines what the clean traffic allows in a cell
   */
  public static Detector<CellMembers, CellSighting> cells(Baselines baselines) {
    return new CellDetector(baselines);
  }
}
