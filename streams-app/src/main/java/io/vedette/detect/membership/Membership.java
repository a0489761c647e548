package io.vedette.detect.membership;

import io.vedette.core.Detector;
import io.vedette.core.Maturity;
import io.vedette.core.Profile;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import io.vedette.detect.Observation;
import java.util.List;

/** Public face of the membership detector. */
public final class Membership {

  /** What a catalogue shows. */
  public static final Profile PROFILE =
      new Profile(
          "membership",
          "Queries that find out who was in the training data",
          Maturity.STABLE,
          List.of(
              new Technique(
                  "AML.T0024.000",
                  "Exfiltration via AI Inference API: Infer Training Data Membership")),
          Severity.HIGH);

  private Membership() {}

  /** The detector of the caller stage. */
  public static Detector<MembershipState, Observation> detector(MembershipConfig config) {
    return new MembershipDetector(config);
  }
}
