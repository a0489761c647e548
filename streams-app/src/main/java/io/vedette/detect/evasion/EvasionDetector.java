package io.vedette.detect.evasion;

import io.vedette.baseline.Nulls;
import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Profile;
import io.vedette.detect.Approach;
import io.vedette.detect.Incumbent;
import io.vedette.detect.Observation;
import io.vedette.detect.Search;
import io.vedette.detect.Wagers;
import io.vedette.stats.MixtureGrid;
import io.vedette.stats.RestartedMixture;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/** Bets that one caller's queries follow the steps of a black-box optimiser. */
final class EvasionDetector implements Detector<Wagers, Observation> {

  /*
   * Method. Nine bets on the distinct rows, averaged into one e-value:
   *
   * - boundary search: the second and later bisection steps in a row along a line that crosses
   *   several features, as decision-based attacks walk to the boundary [1, 2].
   * - antithetic pairs: x + u and x - u about one centre, as gradient estimates are made [3],
   *   or along one coordinate after the other.
   * - mirrored steps: steps that undo earlier ones, as batches of such probes are made of, of all
   *   that equal an earlier one or its opposite; see Mirror.
   * - probes: after a boundary search, rows at equal distance from its end, as those of a
   *   decision-based gradient estimate are [1]. Or, within a stay, two rows on one ray from a row
   *   before it, as a proposal and its step towards the row under attack are [2], see Rays; or a step
   *   that is an earlier one, a little shorter, as such rows are to one another where the row under
   *   attack was never asked, see Mirror. Or rows on opposite sides of a place at one lag, as batches
   *   of antithetic pairs are that are clipped at the edge of the input's range, see Reflection.
   * - return: after a try that did not lower the first answer's score, the next row starts from the
   *   best one, as score-based searches do [4, 5]; see Search. Once the answer has changed, whoever
   *   goes on is after more than another answer; that, and stays that began off the clean traffic,
   *   is inversion's business.
   * - radius: within a stay, rows exactly as far from a row before it as the last or the nearest
   *   one, as proposals of the boundary attack are [2].
   * - springs: within a stay, tries that go on from rows of the rarer label; see Lineage.
   * - patches: pictures that are patched copies of the best one so far, whether the last try was it
   *   or not, as those of a random search are, however wide its steps [4, 5]; see Incumbent.
   * - approach: within a stay, ever nearer to a row before it.
   *   An approach counts once a third of the way to a row before the stay is done. What that leaves
   *   out only lowers the evidence.
   *
   * That labels differ within a stay tells of a boundary, not of a search: noise about a fragile row
   * does it as well, so nothing is bet on it.
   *
   * Cost per row: two multiply-adds for each of four alternatives of a bet that has started. State:
   * 180 bytes, 32 more per started bet, 330 for exemplars.
   * False alarms: P(evidence >= x in a day) <= 1/x for a benign caller while its rates stay below
   * those of the baseline.
   * Blind spots: attacks spread over aged accounts (the cell detector looks there), transferred
   * examples, one-query attacks.
   *
   * [1] Chen, Jordan, Wainwright: HopSkipJumpAttack, S&P 2020, https://arxiv.org/abs/1904.02144
   * [2] Brendel, Rauber, Bethge: Boundary attack, ICLR 2018, https://arxiv.org/abs/1712.04248
   * [3] Ilyas et al., ICML 2018, https://arxiv.org/abs/1804.08598
   * [4] Guo et al., ICML 2019, https://arxiv.org/abs/1905.07121
   * [5] Andriushchenko et al., ECCV 2020, https://arxiv.org/abs/1912.00049
   */

  private static final int BOUNDARY = 0;
  private static final int ANTITHETIC = 1;
  private static final int PROBE = 2;
  private static final int RETURN_LOW = 3;
  private static final int RADIUS = 4;
  private static final int APPROACH = 5;
  private static final int MIRROR = 6;
  private static final int SPRINGS = 7;
  private static final int PATCHES = 8;
  private static final int BETS = 9;
  private static final double RETURN_RATE = 0.4; // a third for rows without aim
  private static final double RADIUS_RATE = 0.06; // chance of two radii within 0.5 % of the step
  private static final float WAY_DONE = 0.7f; // distance left, for an approach to be told
  private static final double MIRROR_RATE = 0.5; // steps without aim are symmetric
  private static final double SPRING_RATE = 0.05; // at least, and
  private static final double SPRINGS_PER_SHARE =
      1.1; // chances are the share, hardly more on circles
  private static final double PROBE_RATE = 0.02; // chance of two radii within half a percent

  private final MixtureGrid grid = new MixtureGrid();
  private final RestartedMixture returning = grid.atLeast(RETURN_RATE);
  private final RestartedMixture radius = grid.atLeast(RADIUS_RATE);
  private final RestartedMixture mirroring = grid.atLeast(MIRROR_RATE);
  private final RestartedMixture probing = grid.atLeast(PROBE_RATE);

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
  public Wagers nextDay(Wagers state) {
    return state.nextDay();
  }

  @Override
  public void observe(Wagers state, Observation seen, Consumer<Finding> findings) {
    Nulls nulls = seen.baseline().nulls();
    RestartedMixture boundary = grid.atLeast(nulls.bisection());
    RestartedMixture antithetic = grid.atLeast(nulls.antithetic());
    boolean searches = !seen.geometry().axis() && seen.bisectionRun() >= 2;
    // A stay that began off the clean traffic rebuilds a class: that is inversion's.
    boolean rebuilds = seen.foreignStay() && seen.search().place() > 1;
    boolean mirrors = !rebuilds && (seen.geometry().antithetic() || seen.geometry().descent());
    Search stay = seen.search();
    boolean inStay = stay.place() > 1;
    boolean sweeps = seen.geometry().sweep();
    boolean sameRadius = inStay && stay.approach().sameRadius() && !sweeps;
    boolean returns = inStay && !rebuilds && stay.ownLabel() && stay.lowReturn();
    state.step();
    state.place(BOUNDARY, boundary, searches);
    state.place(ANTITHETIC, antithetic, mirrors);
    boolean towards = inStay && (stay.approach().sameRay() || seen.mirror().shorter());
    boolean reflects = !rebuilds && seen.reflection().opposite();
    boolean probes = seen.onSphere() || towards || reflects;
    state.place(PROBE, probing, probes);
    boolean undoes = !rebuilds && seen.mirror().opposite();
    if (!rebuilds && seen.mirror().matched()) {
      state.place(MIRROR, mirroring, undoes);
    }
    boolean approaches = inStay && stay(state, stay, sameRadius, rebuilds);
    boolean springs = inStay && stay.lineage().springs();
    Incumbent incumbent = seen.incumbent();
    if (incumbent.decided()) {
      place(state, incumbent);
    }
    boolean acts = searches || mirrors || undoes || probes || returns || sameRadius || springs;
    if (!acts && !approaches && !incumbent.decided()) {
      return; // without a hit the evidence only falls
    }
    double[] e = {
      state.evidence(BOUNDARY, boundary),
      state.evidence(ANTITHETIC, antithetic),
      state.evidence(PROBE, probing),
      state.evidence(RETURN_LOW, returning),
      state.evidence(RADIUS, radius),
      approaches ? state.recordEvidence(APPROACH, Approach.ANCHORS) : 0,
      state.evidence(MIRROR, mirroring),
      state.evidence(SPRINGS, springing(stay)),
      state.stratumEvidence(PATCHES),
    };
    state.keep(seen.sample());
    double log10 = Math.log10(Arrays.stream(e).sum() / BETS);
    if (state.worthReporting(log10)) {
      findings.accept(finding(state, seen, log10, mechanism(e, reflects)));
    }
  }

  /**
   * Places the bets on a stay; true when it has come a third of the way to an anchor and the row is
   * a record.
   */
  private boolean stay(Wagers state, Search stay, boolean sameRadius, boolean rebuilds) {
    if (stay.lineage().trial()) {
      state.begin(SPRINGS, springing(stay)); // its rate changes from trial to trial
      state.place(SPRINGS, springing(stay), stay.lineage().springs());
    }
    if (stay.lowTrial() && !rebuilds && stay.ownLabel()) {
      state.place(RETURN_LOW, returning, stay.lowReturn());
    }
    Approach approach = stay.approach();
    if (approach.anchors() > 0) {
      state.place(RADIUS, radius, sameRadius);
    }
    boolean approaches = false;
    for (int a = 0; a < approach.anchors(); a++) {
      if (approach.recordTrial(a)) {
        state.placeRecord(APPROACH, a, stay.place(), approach.record(a));
      }
      approaches |= approach.record(a) && approach.left(a) < WAY_DONE;
    }
    return approaches;
  }

  private static void place(Wagers state, Incumbent incumbent) {
    state.placeStratum(
        PATCHES, incumbent.trials(), incumbent.gains(), incumbent.keeps(), incumbent.both());
  }

  /** Rows without aim spring from the rarer label as often as it is there. */
  private RestartedMixture springing(Search stay) {
    return grid.atLeast(SPRING_RATE + SPRINGS_PER_SHARE * stay.lineage().share());
  }

  private static Mechanism mechanism(double[] e, boolean reflects) {
    double boundary = e[BOUNDARY] + (reflects ? 0 : e[PROBE]);
    double mirrored = e[ANTITHETIC] + e[MIRROR] + (reflects ? e[PROBE] : 0);
    double search = e[RETURN_LOW];
    double labels = e[SPRINGS];
    double approach = e[RADIUS] + e[APPROACH];
    double patches = e[PATCHES];
    double most =
        DoubleStream.of(boundary, mirrored, search, labels, approach, patches).max().orElse(0);
    if (most == patches) {
      return Mechanism.PATCH_SEARCH;
    }
    if (most == labels) {
      return Mechanism.LABEL_SEARCH;
    }
    if (most == boundary) {
      return Mechanism.BOUNDARY_SEARCH;
    }
    return most == mirrored
        ? Mechanism.ANTITHETIC_PAIRS
        : most == search ? Mechanism.SCORE_SEARCH : Mechanism.APPROACH;
  }

  private enum Mechanism {
    BOUNDARY_SEARCH,
    ANTITHETIC_PAIRS,
    SCORE_SEARCH,
    PATCH_SEARCH,
    LABEL_SEARCH,
    APPROACH;

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private Finding finding(Wagers state, Observation seen, double log10, Mechanism mechanism) {
    Nulls nulls = seen.baseline().nulls();
    int steps = state.steps();
    Measurement search =
        Observation.share("boundary_search_share", state.hits(BOUNDARY), steps, nulls.bisection());
    Measurement mirror =
        Observation.share("mirrored_share", state.hits(ANTITHETIC), steps, nulls.antithetic());
    Measurement probes = Observation.share("probe_share", state.hits(PROBE), steps, PROBE_RATE);
    Measurement undone =
        Observation.share(
            "undone_step_share", state.hits(MIRROR), state.placed(MIRROR), MIRROR_RATE);
    int returned = state.hits(RETURN_LOW);
    Measurement returns =
        Observation.share("return_share", returned, state.placed(RETURN_LOW), RETURN_RATE);
    Measurement radius =
        Observation.share(
            "same_radius_share", state.hits(RADIUS), state.placed(RADIUS), RADIUS_RATE);
    Measurement springs =
        Observation.share(
            "rarer_label_start_share",
            state.hits(SPRINGS),
            state.placed(SPRINGS),
            springing(seen.search()).p0());
    Incumbent incumbent = seen.incumbent();
    double trials = Math.max(1, incumbent.seen());
    Measurement patches =
        new Measurement(
            "selected_change_share",
            incumbent.agreed() / trials,
            "1",
            incumbent.expected() / trials);
    Measurement count = new Measurement("distinct_queries", steps, "{query}", Double.NaN);
    String summary =
        switch (mechanism) {
          case BOUNDARY_SEARCH ->
              String.format(
                  Locale.ROOT,
                  "%d of %d distinct queries halve a line between two inputs and %d lie on a sphere"
                      + " about its end or step towards one row, as decision-based attacks do",
                  state.hits(BOUNDARY),
                  steps,
                  state.hits(PROBE));
          case ANTITHETIC_PAIRS ->
              String.format(
                  Locale.ROOT,
                  "%d of %d distinct queries mirror others about one centre, %d are probes in batches,"
                      + " as gradient estimates are",
                  state.hits(ANTITHETIC) + state.hits(MIRROR),
                  steps,
                  state.hits(PROBE));
          case SCORE_SEARCH ->
              String.format(
                  Locale.ROOT,
                  "after a failed try %d of %d queries start from the best one again, as searches"
                      + " for a wrong answer do",
                  returned,
                  state.placed(RETURN_LOW));
          case PATCH_SEARCH ->
              String.format(
                  Locale.ROOT,
                  "%d of %d changed copies of a picture keep what lowered its score and take back"
                      + " what did not, as searches for a wrong answer do",
                  incumbent.agreed(),
                  incumbent.seen());
          case LABEL_SEARCH ->
              String.format(
                  Locale.ROOT,
                  "after a query of the commoner label %d of %d start from one of the rarer label"
                      + " again, as searches do that know labels only",
                  state.hits(SPRINGS),
                  state.placed(SPRINGS));
          case APPROACH ->
              String.format(
                  Locale.ROOT,
                  "queries close in on one input from another: %d came much nearer than all before,"
                      + " %d kept its distance exactly",
                  state.hits(APPROACH),
                  state.hits(RADIUS));
        };
    List<Measurement> evidence =
        switch (mechanism) {
          case BOUNDARY_SEARCH -> List.of(search, probes, mirror, count);
          case ANTITHETIC_PAIRS -> List.of(mirror, undone, probes, count);
          case SCORE_SEARCH -> List.of(returns, mirror, search, count);
          case PATCH_SEARCH -> List.of(patches, returns, mirror, count);
          case LABEL_SEARCH -> List.of(springs, search, radius, count);
          case APPROACH -> List.of(radius, search, returns, count);
        };
    Profile profile = Evasion.PROFILE;
    Finding finding =
        seen.finding(profile, profile.severity(), log10, evidence, state, summary, mechanism.id());
    return seen.search().reached() ? finding.with(Finding.SUCCESS, "another label") : finding;
  }
}
