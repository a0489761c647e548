package io.vedette.detect.inversion;

import io.vedette.core.Detector;
import io.vedette.core.Maturity;
import io.vedette.core.Profile;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import io.vedette.detect.Observation;
import java.util.List;

/** Public face of the inversion detector. */
public final class Inversion {

  /** What a catalogue shows. */
  public static final Profile PROFILE =
      new Profile(
          "inversion",
          "Queries that rebuild a class, or a hidden feature of people",
          Maturity.STABLE,
          List.of(
              new Technique("AML.T0024.001", "Exfiltration via AI Inference API: Invert AI Model")),
          Severity.HIGH);

  private Inversion() {}

  /** The detector of the caller stage. */
  public static Detector<InversionState, Observation> detector(InversionConfig config) {
    return new InversionDetector(config);
  }
}
