package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Profile;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One distinct row of one exchange, measured once for all detectors of the caller stage. Reused:
 * valid only during the call that hands it in.
 */
public final class Observation {

  private static final double SURE = 8; // log10 of the evidence at which the score is 1

  private final Exchange exchange;
  private final int row;
  private final Lens lens;
  private final Geometry geometry;
  private final Track track;
  private final boolean novel;
  private final boolean scattered;
  private final boolean onSphere;
  private final int answered;

  Observation(
      Exchange exchange,
      int row,
      Lens lens,
      Geometry geometry,
      Track track,
      boolean novel,
      boolean scattered,
      boolean onSphere,
      int answered) {
    this.exchange = exchange;
    this.row = row;
    this.lens = lens;
    this.geometry = geometry;
    this.track = track;
    this.novel = novel;
    this.scattered = scattered;
    this.onSphere = onSphere;
    this.answered = answered;
  }

  /** The exchange it belongs to. */
  public Exchange exchange() {
    return exchange;
  }

  /** Who sent it. */
  public CallerId caller() {
    return exchange.caller();
  }

  /** The baseline in force. */
  public Baseline baseline() {
    return lens.baseline;
  }

  /** How the row lies to the caller's last rows. */
  public Geometry geometry() {
    return geometry;
  }

  /** Exchanges of this caller with this model so far, this one included. */
  public long exchanges() {
    return track.exchanges;
  }

  /** Event time of the caller's first exchange with this model. */
  public long firstSeenMicros() {
    return track.firstSeenMicros;
  }

  /** How the row lies to the caller's present stay in one neighbourhood. */
  public Search search() {
    return track.search;
  }

  /** How the row lies to the row that the caller's last rows are copies of. */
  public Cluster cluster() {
    return track.cluster;
  }

  /** Whether the step to the row undoes one of the caller's last steps. */
  public Mirror mirror() {
    return track.mirror;
  }

  /** Noise about a centre that comes in pairs, the row included; changes with the next row. */
  public Reflection reflection() {
    return track.reflection;
  }

  /** Whether pictures are made of the best one so far; changes with the next row. */
  public Incumbent incumbent() {
    return track.incumbent;
  }

  /**
   * True when the present stay began off the clean traffic, or in its very middle, where no row is.
   */
  public boolean foreignStay() {
    return track.foreign;
  }

  /**
   * True when all of the caller's last rows, before this one, lay off the clean traffic: that
   * another one does tells nothing of it.
   */
  public boolean alwaysForeign() {
    return track.wasAlwaysForeign();
  }

  /** Place of the row in its exchange, from 0. */
  public int row() {
    return row;
  }

  /** True when the step to the row was unusually wide along directions that clean rows keep to. */
  public boolean scattered() {
    return scattered;
  }

  /** True when the row lies off the clean traffic and the step towards it was unusually wide. */
  public boolean novel() {
    return novel;
  }

  /** True when the row is as far from an end of the last boundary search as the one before. */
  public boolean onSphere() {
    return onSphere;
  }

  /** Bisection steps in a row, this one included; 0 when it is none. */
  public int bisectionRun() {
    return track.bisectionRun;
  }

  /** The row as a point of the manifold, standard deviations; valid during the call only. */
  public float[] point() {
    return lens.g;
  }

  /** Bins of the row's values in the clean histograms, one per column; not to be kept. */
  public int[] bins() {
    return lens.bins;
  }

  /** Hash of the label that was answered, 0 when none was. */
  public int answered() {
    return answered;
  }

  /**
   * How many of the cuts of the clean confidences the answer lies above, 0 to 4; -1 when none is
   * disclosed. A tenth of the clean answers lie below the lowest.
   */
  public int sureness() {
    return lens.level(exchange.answer(row).confidence());
  }

  /** A reference to the exchange. */
  public Sample sample() {
    return Sample.of(exchange);
  }

  /**
   * A finding about the caller.
   *
   * @param severity how bad it is if true; the profile's, unless what was found is worse
   * @param log10 evidence, log10 of an e-value
   * @param wagers whose exemplars it shows
   * @param mechanism what the detector saw, in words joined by hyphens
   */
  public Finding finding(
      Profile profile,
      Severity severity,
      double log10,
      List<Measurement> evidence,
      Wagers wagers,
      String summary,
      String mechanism) {
    String principal = caller().principal();
    return new Finding(
        profile.id(),
        Scope.CALLER,
        caller().key(),
        caller().tenant(),
        principal,
        List.of(principal),
        exchange.model(),
        exchange.timeMicros(),
        track.firstSeenMicros,
        Math.min(1, log10 / SURE),
        log10,
        track.exchanges,
        profile.maturity(),
        severity,
        profile.techniques(),
        evidence,
        wagers.samples(),
        summary,
        attributes(mechanism, wagers.carried()));
  }

  private Map<String, String> attributes(String mechanism, float carried) {
    String calibration = baseline().calibrationId();
    return carried == 0
        ? Map.of("mechanism", mechanism, "calibration", calibration)
        : Map.of(
            "mechanism",
            mechanism,
            "calibration",
            calibration,
            "carriedLogEvidence",
            String.format(Locale.ROOT, "%.1f", carried));
  }

  /** A share of rows against the largest share that a benign caller may have. */
  public static Measurement share(String name, long hits, long rows, double limit) {
    return new Measurement(name, rows == 0 ? 0 : (double) hits / rows, "1", limit);
  }
}
