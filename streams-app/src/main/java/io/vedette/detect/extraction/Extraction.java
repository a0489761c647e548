package io.vedette.detect.extraction;

import io.vedette.core.Detector;
import io.vedette.core.Maturity;
import io.vedette.core.Profile;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import io.vedette.detect.Observation;
import java.util.List;

/** Public face of the extraction detector. */
public final class Extraction {

  /** What a catalogue shows. */
  public static final Profile PROFILE =
      new Profile(
          "extraction",
          "Queries chosen to copy a model",
          Maturity.STABLE,
          List.of(
              new Technique(
                  "AML.T0024.002", "Exfiltration via AI Inference API: Extract AI Model")),
          Severity.HIGH);

  private Extraction() {}

  /** The detector of the caller stage. */
  public static Detector<ExtractionState, Observation> detector() {
    return new ExtractionDetector();
  }
}
