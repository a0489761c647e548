package io.vedette.detect.evasion;

import io.vedette.baseline.Nulls;
import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Profile;
import io.vedette.core.Scope;
import io.vedette.detect.Observation;
import io.vedette.detect.Wagers;
import io.vedette.stats.MixtureGrid;
import io.vedette.stats.RestartedMixture;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Bets that one caller's queries follow the steps of a black-box optimiser. */
final class EvasionDetector implements Detector<Wagers, Observation> {

  /*
   * Method. Three bets on each distinct row, averaged into one e-value:
   *
   * - boundary search: the second and later bisection steps in a row along a line that crosses
   *   several features, as decision-based attacks walk to the boundary [1, 2].
   * - antithetic pairs: x + u and x - u about one centre, as gradient estimates are made [3].
   * - sphere: after a boundary search, rows at equal distance from its end, as the probes of a
   *   decision-based gradient estimate are [1].
   *
   * Cost per row: 12 multiply-adds, no allocation. State: about 220 bytes.
   * False alarms: P(evidence >= x in a day) <= 1/x for a benign caller while its rates stay below
   * those of the baseline.
   * Blind spots: attacks spread over accounts (the cell detector looks there), transferred
   * examples, one-query attacks.
   *
   * [1] Chen, Jordan, Wainwright: HopSkipJumpAttack, S&P 2020, https://arxiv.org/abs/1904.02144
   * [2] Brendel, Rauber, Bethge: Boundary attack, ICLR 2018, https://arxiv.org/abs/1712.04248
   * [3] Ilyas et al., ICML 2018, https://arxiv.org/abs/1804.08598
   */

  private static final int BOUNDARY = 0;
  private static final int ANTITHETIC = 1;
  private static final int SPHERE = 2;
  private static final int BETS = 3;
  private static final double SPHERE_RATE = 0.02; // chance of two radii within half a percent

  private final MixtureGrid grid = new MixtureGrid();
  private final RestartedMixture sphere = grid.atLeast(SPHERE_RATE);

  @Override
  public Profile profile() {
    return Evasion.PROFILE;
  }

  @Override
  public Wagers create() {
    return new Wagers(BETS, grid.size());
  }

  @Override
  public Wagers read(DataInput in) throws IOException {
    return Wagers.read(in, BETS, grid.size());
  }

  @Override
  public void observe(Wagers state, Observation seen, Consumer<Finding> findings) {
    Nulls nulls = seen.baseline().nulls();
    RestartedMixture boundary = grid.atLeast(nulls.bisection());
    RestartedMixture antithetic = grid.atLeast(nulls.antithetic());
    boolean searches = !seen.geometry().axis() && seen.bisectionRun() >= 2;
    boolean mirrors = seen.geometry().antithetic();
    state.step();
    state.place(BOUNDARY, boundary, searches);
    state.place(ANTITHETIC, antithetic, mirrors);
    state.place(SPHERE, sphere, seen.onSphere());
    if (!searches && !mirrors && !seen.onSphere()) {
      return; // without a hit the evidence only falls
    }
    state.keep(seen.sample());
    double eBoundary = state.evidence(BOUNDARY, boundary);
    double eAntithetic = state.evidence(ANTITHETIC, antithetic);
    double eSphere = state.evidence(SPHERE, sphere);
    double log10 = Math.log10((eBoundary + eAntithetic + eSphere) / BETS);
    if (state.worthReporting(log10)) {
      findings.accept(finding(state, seen, log10, eBoundary + eSphere >= eAntithetic));
    }
  }

  private static Finding finding(Wagers state, Observation seen, double log10, boolean byBoundary) {
    Nulls nulls = seen.baseline().nulls();
    int steps = state.steps();
    Measurement search =
        Observation.share("boundary_search_share", state.hits(BOUNDARY), steps, nulls.bisection());
    Measurement mirror =
        Observation.share("mirrored_share", state.hits(ANTITHETIC), steps, nulls.antithetic());
    Measurement probes = Observation.share("sphere_share", state.hits(SPHERE), steps, SPHERE_RATE);
    Measurement count = new Measurement("distinct_queries", steps, "{query}", Double.NaN);
    String summary =
        byBoundary
            ? String.format(
                Locale.ROOT,
                "%d of %d distinct queries halve a line between two inputs and %d lie on a sphere"
                    + " about its end, as decision-based attacks search the boundary",
                state.hits(BOUNDARY),
                steps,
                state.hits(SPHERE))
            : String.format(
                Locale.ROOT,
                "%d of %d distinct queries mirror the one before about one centre, as gradient"
                    + " estimates do",
                state.hits(ANTITHETIC),
                steps);
    Profile profile = Evasion.PROFILE;
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
        profile.severity(),
        profile.techniques(),
        byBoundary
            ? List.of(search, probes, mirror, count)
            : List.of(mirror, search, probes, count),
        state.samples(),
        summary,
        Map.of(
            "mechanism",
            byBoundary ? "boundary-search" : "antithetic-pairs",
            "calibration",
            seen.baseline().calibrationId()));
  }
}
