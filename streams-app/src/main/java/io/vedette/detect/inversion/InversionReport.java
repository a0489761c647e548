package io.vedette.detect.inversion;

import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Profile;
import io.vedette.detect.Observation;
import io.vedette.detect.Wagers;
import io.vedette.detect.inversion.InversionDetector.Mechanism;
import java.util.List;
import java.util.Locale;

/** A finding of inversion in words and numbers. */
final class InversionReport {

  private InversionReport() {}

  static Finding finding(
      int steps, Wagers wagers, Observation seen, double log10, Mechanism mechanism) {
    Profile profile = Inversion.PROFILE;
    return seen.finding(
        profile,
        profile.severity(),
        log10,
        measurements(steps, wagers, seen, mechanism),
        wagers,
        summary(wagers, mechanism),
        mechanism.id());
  }

  private static List<Measurement> measurements(
      int steps, Wagers wagers, Observation seen, Mechanism mechanism) {
    Measurement count = new Measurement("distinct_queries", steps, "{query}", Double.NaN);
    return switch (mechanism) {
      case CLASS_CLIMB ->
          List.of(
              Observation.share(
                  "climb_share", returns(wagers), trials(wagers), InversionDetector.RETURN_RATE),
              Observation.share(
                  "record_share",
                  wagers.hits(InversionDetector.RECORD),
                  wagers.placed(InversionDetector.RECORD),
                  Double.NaN),
              count);
      case CLASS_GRADIENT ->
          List.of(
              Observation.share(
                  "mirrored_share",
                  wagers.hits(InversionDetector.PAIRS),
                  wagers.placed(InversionDetector.PAIRS),
                  seen.baseline().nulls().antithetic()),
              count);
      case ENUMERATION ->
          List.of(
              Observation.share(
                  "enumerated_share",
                  wagers.hits(InversionDetector.ENUMERATION),
                  wagers.placed(InversionDetector.ENUMERATION),
                  InversionDetector.ENUMERATION_RATE),
              new Measurement(
                  "enumerated_entities",
                  wagers.hits(InversionDetector.ENUMERATION),
                  "{entity}",
                  Double.NaN),
              count);
    };
  }

  private static int returns(Wagers wagers) {
    return wagers.hits(InversionDetector.CLIMB) + wagers.hits(InversionDetector.FALL);
  }

  private static int trials(Wagers wagers) {
    return wagers.placed(InversionDetector.CLIMB) + wagers.placed(InversionDetector.FALL);
  }

  private static String summary(Wagers wagers, Mechanism mechanism) {
    return switch (mechanism) {
      case CLASS_CLIMB ->
          String.format(
              Locale.ROOT,
              "after a failed try %d of %d queries start from the best one again, and %d made the"
                  + " model surer than ever, as rebuilding a class does",
              returns(wagers),
              trials(wagers),
              wagers.hits(InversionDetector.RECORD));
      case CLASS_GRADIENT ->
          String.format(
              Locale.ROOT,
              "%d of %d queries about a made-up input mirror the one before, as gradients towards a"
                  + " class are estimated",
              wagers.hits(InversionDetector.PAIRS),
              wagers.placed(InversionDetector.PAIRS));
      case ENUMERATION ->
          String.format(
              Locale.ROOT,
              "of %d entities several values of a sensitive feature were asked, all else equal",
              wagers.hits(InversionDetector.ENUMERATION));
    };
  }
}
