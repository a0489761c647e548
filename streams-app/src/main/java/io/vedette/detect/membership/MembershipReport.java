package io.vedette.detect.membership;

import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Profile;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.detect.Observation;
import io.vedette.detect.Wagers;
import io.vedette.detect.membership.MembershipDetector.Mechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A finding of membership inference in words and numbers. */
final class MembershipReport {

  private MembershipReport() {}

  static Finding finding(
      MembershipState state,
      Observation seen,
      double log10,
      Mechanism mechanism,
      double trainingShare) {
    Profile profile = Membership.PROFILE;
    String principal = seen.caller().principal();
    return new Finding(
        profile.id(),
        Scope.CALLER,
        seen.caller().key(),
        seen.caller().tenant(),
        principal,
        List.of(principal),
        seen.exchange().model(),
        seen.exchange().timeMicros(),
        seen.firstSeenMicros(),
        Math.min(1, log10 / 8),
        log10,
        seen.exchanges(),
        profile.maturity(),
        mechanism == Mechanism.DECOY ? Severity.CRITICAL : profile.severity(),
        profile.techniques(),
        measurements(state, mechanism, trainingShare),
        state.wagers.samples(),
        summary(state, mechanism),
        Map.of(
            "mechanism",
            mechanism.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "calibration",
            seen.baseline().calibrationId()));
  }

  private static List<Measurement> measurements(
      MembershipState state, Mechanism mechanism, double trainingShare) {
    Wagers wagers = state.wagers;
    int steps = wagers.steps();
    List<Measurement> evidence = new ArrayList<>();
    switch (mechanism) {
      case GROWING_NOISE -> {
        int placed = wagers.placed(MembershipDetector.GROWING);
        int hits = wagers.hits(MembershipDetector.GROWING);
        evidence.add(Observation.share("farther_share", hits, placed, Double.NaN));
        evidence.add(new Measurement("probed_seeds", state.climbed, "{row}", Double.NaN));
      }
      case CHOSEN_SEEDS -> {
        int cut = MembershipState.CUTS - 1;
        double limit = state.alone == 0 ? Double.NaN : (double) state.aloneSure[cut] / state.alone;
        evidence.add(
            Observation.share("sure_seed_share", state.seedsSure[cut], state.seeds, limit));
        evidence.add(new Measurement("probed_seeds", state.seeds, "{row}", Double.NaN));
      }
      case MOVED_PICTURES -> {
        int hits = wagers.hits(MembershipDetector.MOVED);
        evidence.add(
            Observation.share(
                "moved_picture_share",
                hits,
                wagers.placed(MembershipDetector.MOVED),
                MembershipDetector.MOVED_RATE));
        evidence.add(new Measurement("probed_seeds", state.moved, "{row}", Double.NaN));
      }
      case TRAINING_ROWS ->
          evidence.add(
              Observation.share(
                  "training_row_share",
                  state.training,
                  wagers.placed(MembershipDetector.TRAINING),
                  trainingShare));
      case DECOY -> {
        evidence.add(new Measurement("decoys", state.decoys, "{row}", 0));
        double expected = steps * Fingerprints.DECOY_RATE;
        evidence.add(new Measurement("false_decoys_expected", expected, "{row}", Double.NaN));
      }
    }
    evidence.add(new Measurement("distinct_queries", steps, "{query}", Double.NaN));
    return List.copyOf(evidence);
  }

  private static String summary(MembershipState state, Mechanism mechanism) {
    Wagers wagers = state.wagers;
    return switch (mechanism) {
      case GROWING_NOISE ->
          String.format(
              Locale.ROOT,
              "noisy copies of each of %d rows lie ever farther from it, as the distance to the"
                  + " label's boundary is measured row by row",
              state.climbed);
      case CHOSEN_SEEDS ->
          String.format(
              Locale.ROOT,
              "noisy copies of %d rows, chosen by how sure the model is of them; %d rows were left"
                  + " alone",
              state.seeds,
              state.alone);
      case MOVED_PICTURES ->
          String.format(
              Locale.ROOT,
              "%d pictures are exact copies of %d others, moved or mirrored",
              wagers.hits(MembershipDetector.MOVED),
              state.moved);
      case TRAINING_ROWS ->
          String.format(
              Locale.ROOT,
              "%d of %d distinct queries are rows of the training data",
              state.training,
              wagers.placed(MembershipDetector.TRAINING));
      case DECOY ->
          String.format(
              Locale.ROOT,
              "%d of %d distinct queries are decoys, which only a copy of the training data holds",
              state.decoys,
              wagers.steps());
    };
  }
}
