package io.vedette.detect.membership;

import io.vedette.core.Property;
import java.util.List;
import java.util.Map;

/**
 * What a deployment may set of the membership detector.
 *
 * @param trainingShare largest share of a benign caller's rows that are rows of the training data
 * @param fingerprints of training rows and decoys
 */
public record MembershipConfig(double trainingShare, Fingerprints fingerprints) {

  private static final Property TRAINING_SHARE =
      new Property(
          "trainingShare",
          "largest share of a benign caller's distinct rows that are rows of the training data",
          0.2,
          0.005,
          0.7);

  /** What may be set. */
  public static final List<Property> PROPERTIES = List.of(TRAINING_SHARE);

  /** The usual values, without fingerprints. */
  public static final MembershipConfig USUAL = of(Map.of(), Fingerprints.NONE);

  /** The values set, the usual ones elsewhere. */
  public static MembershipConfig of(Map<String, Double> set, Fingerprints fingerprints) {
    double share = set.getOrDefault(TRAINING_SHARE.name(), TRAINING_SHARE.usual());
    if (!TRAINING_SHARE.allows(share)) {
      throw new IllegalArgumentException(
          "trainingShare must be a number from 0.005 to 0.7, was " + share);
    }
    return new MembershipConfig(share, fingerprints);
  }
}
