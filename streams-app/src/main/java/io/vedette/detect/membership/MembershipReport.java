package io.vedette.detect.membership;

import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Profile;
import io.vedette.core.Severity;
import io.vedette.detect.Observation;
import io.vedette.detect.Wagers;
import io.vedette.detect.membership.MembershipDetector.Mechanism;
import io.vedette.detect.membership.MembershipState.Started;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A finding of membership inference in words and numbers. */
final class MembershipReport {

  // The third copy of a seed, the first that is bet on, is the farthest with this probability by
  // chance; later ones with less.
  private static final double FARTHER = 1.0 / MembershipDetector.FIRST_TRIAL;

  private MembershipReport() {}

  static Finding finding(
      int steps,
      Started state,
      Observation seen,
      double log10,
      Mechanism mechanism,
      double trainingShare) {
    Profile profile = Membership.PROFILE;
    return seen.finding(
        profile,
        mechanism == Mechanism.DECOY ? Severity.CRITICAL : profile.severity(),
        log10,
        measurements(steps, state, mechanism, trainingShare),
        state.wagers,
        summary(steps, state, mechanism),
        mechanism.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static List<Measurement> measurements(
      int steps, Started state, Mechanism mechanism, double trainingShare) {
    Wagers wagers = state.wagers;
    List<Measurement> evidence = new ArrayList<>();
    switch (mechanism) {
      case GROWING_NOISE -> {
        int placed = wagers.placed(MembershipDetector.GROWING);
        int hits = wagers.hits(MembershipDetector.GROWING);
        evidence.add(Observation.share("farther_share", hits, placed, FARTHER));
        int threes = wagers.placed(MembershipDetector.LADDER);
        int ascents = wagers.hits(MembershipDetector.LADDER);
        evidence.add(
            Observation.share("ladder_share", ascents, threes, MembershipDetector.LADDER_RATE));
        int seeds = Math.max(state.climbed, state.ascended);
        evidence.add(new Measurement("probed_seeds", seeds, "{row}", MembershipDetector.SEEDS - 1));
      }
      case CHOSEN_SEEDS -> {
        int most = MembershipState.LEVELS - 1;
        long seeds = Arrays.stream(state.seeds).sum();
        long alone = Arrays.stream(state.alone).sum();
        double limit = alone == 0 ? Double.NaN : (double) state.alone[most] / alone;
        evidence.add(Observation.share("sure_seed_share", state.seeds[most], seeds, limit));
        evidence.add(new Measurement("probed_seeds", seeds, "{row}", Double.NaN));
      }
      case MOVED_PICTURES -> {
        int hits = wagers.hits(MembershipDetector.MOVED);
        evidence.add(
            Observation.share(
                "moved_picture_share",
                hits,
                wagers.placed(MembershipDetector.MOVED),
                MembershipDetector.MOVED_RATE));
        evidence.add(
            new Measurement("probed_seeds", state.moved, "{row}", MembershipDetector.SEEDS - 1));
      }
      case TRAINING_ROWS ->
          evidence.add(
              Observation.share(
                  "training_row_share",
                  wagers.hits(MembershipDetector.TRAINING),
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

  private static String summary(int steps, Started state, Mechanism mechanism) {
    Wagers wagers = state.wagers;
    return switch (mechanism) {
      case GROWING_NOISE ->
          String.format(
              Locale.ROOT,
              "noisy copies of each of %d rows lie ever farther from it, as the distance to the"
                  + " label's boundary is measured row by row",
              Math.max(state.climbed, state.ascended));
      case CHOSEN_SEEDS ->
          String.format(
              Locale.ROOT,
              "noisy copies of %d rows, chosen by how sure the model is of them; %d rows were left"
                  + " alone",
              Arrays.stream(state.seeds).sum(),
              Arrays.stream(state.alone).sum());
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
              wagers.hits(MembershipDetector.TRAINING),
              wagers.placed(MembershipDetector.TRAINING));
      case DECOY ->
          String.format(
              Locale.ROOT,
              "%d of %d distinct queries are decoys, which only a copy of the training data holds",
              state.decoys,
              steps);
    };
  }
}
