package io.vedette.detect.evasion;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.baseline.Nulls;
import io.vedette.core.CallerId;
import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Profile;
import io.vedette.core.Scope;
import io.vedette.detect.CellSighting;
import io.vedette.detect.Wagers;
import io.vedette.stats.MixtureGrid;
import io.vedette.stats.PoissonMixture;
import io.vedette.stats.RestartedMixture;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Bets that the rows in one fingerprint cell, of whatever accounts, probe a decision boundary. */
final class CellDetector implements Detector<CellMembers, CellSighting> {

  /*
   * Method. Rows that fall into one narrow, salted cell of a p-stable hash [1] are near copies of
   * one another. Exact repeats count once. On each further distinct member:
   *
   * - label contest: its label differs from that of most members so far; no bet while two labels
   *   are as frequent. Near copies of clean rows rarely disagree; probes of a boundary disagree half
   *   of the time [2]. (The first member's label would be no measure: where that one is the odd one
   *   out, all others differ.)
   * - score: it sets a new low of the confidence in that label, after one that did not. Without aim
   *   the i-th does so with probability 1/i; score-based attacks go on doing it.
   * - bracket: it lies between two kept members of opposite labels, on their line (to 2 %), the
   *   order-free form of bisection that many accounts cannot hide.
   * - occupancy: the number of distinct members against what the densest clean cell would hold in
   *   a day, a Poisson e-value; it is evidence only together with those above, as the average of
   *   their bets with and without it, or when eight accounts take part that come back: an input that
   *   becomes popular has many accounts, each of which asks once.
   *
   * A report needs three callers in the cell, or brackets and a contest: one caller's slowly
   * moving entity near the boundary has neither.
   *
   * Cost per sighting: at most 120 pairs of 12 components when labels differ. State: 0.5 KB a cell
   * with four members, 1.2 KB with sixteen.
   * False alarms: P(evidence >= x in a day) <= 1/x per cell; the ledger asks for as many times more
   * as there are cells.
   * Blind spots: single queries, steps wider than a cell, models that answer without labels.
   *
   * [1] Datar et al. 2004, Locality-sensitive hashing based on p-stable distributions
   * [2] Li et al.: Blacklight, USENIX Security 2022, https://arxiv.org/abs/2006.14042
   */

  private static final int CONTEST = 0;
  private static final int BRACKET = 1;
  private static final int SCORE = 2;
  private static final int BETS = 3;
  private static final double BRACKET_RATE = 0.02;
  private static final double[] CROWDS = {3, 10, 30}; // alternatives, times the clean rate
  private static final int CROWD_CALLERS = 8; // of the last sixteen members
  private static final double GROWTH = 4; // of the traffic since the baseline was learnt
  private static final int MOST_PRINCIPALS = 50;

  private final Baselines baselines;
  private final MixtureGrid grid = new MixtureGrid();
  private final RestartedMixture bracket = grid.atLeast(BRACKET_RATE);

  CellDetector(Baselines baselines) {
    this.baselines = baselines;
  }

  @Override
  public Profile profile() {
    return Evasion.PROFILE;
  }

  @Override
  public CellMembers create() {
    return new CellMembers(new Wagers(BETS, grid.size()));
  }

  @Override
  public CellMembers read(DataInput in) throws IOException {
    return CellMembers.read(in, Wagers.read(in, BETS, grid.size()));
  }

  @Override
  public void observe(CellMembers state, CellSighting seen, Consumer<Finding> findings) {
    if (state.holds(seen.content())) {
      return;
    }
    Baseline baseline = baselines.find(seen.model());
    if (baseline == null || seen.label() == 0) {
      return;
    }
    if (state.members == 0) {
      score(state, seen, false);
      state.add(seen);
      return;
    }
    int majority = state.majority();
    Nulls nulls = baseline.nulls();
    RestartedMixture contest = grid.atLeast(nulls.contest());
    boolean differs = majority != 0 && seen.label() != majority;
    boolean between = Brackets.bracketed(state, seen);
    state.wagers.step();
    if (majority != 0) {
      state.wagers.place(CONTEST, contest, differs);
    }
    state.wagers.place(BRACKET, bracket, between);
    boolean lower = score(state, seen, differs);
    state.add(seen);
    boolean crowd = state.members >= CellMembers.RING;
    if (differs || between || lower || crowd) {
      if (seen.sample() != null) {
        state.wagers.keep(seen.sample());
      }
      weigh(state, seen, baseline, contest, findings);
    }
  }

  private static boolean score(CellMembers state, CellSighting seen, boolean differs) {
    if (Float.isNaN(seen.confidence())) {
      return false;
    }
    float confidence = differs ? 1 - seen.confidence() : seen.confidence();
    state.scored++;
    boolean lower = confidence < state.least; // false for the first
    if (!state.recorded && state.scored > 2) {
      state.wagers.placeRecord(SCORE, 0, state.scored, lower);
    }
    state.recorded = lower;
    state.least = lower || Float.isNaN(state.least) ? confidence : state.least;
    return lower;
  }

  private void weigh(
      CellMembers state,
      CellSighting seen,
      Baseline baseline,
      RestartedMixture contest,
      Consumer<Finding> findings) {
    double eContest = state.wagers.evidence(CONTEST, contest);
    double eBracket = state.wagers.evidence(BRACKET, bracket);
    double eScore = state.wagers.recordEvidence(SCORE, 1);
    double bets = (eContest + eBracket + eScore) / BETS;
    boolean come = state.members >= CROWD_CALLERS && 2 * state.returning >= state.members;
    if (bets < 100 && !come) {
      return; // as nearly always, so before the callers are told apart
    }
    List<CallerId> callers = state.distinctCallers();
    boolean crowded = come && callers.size() >= CROWD_CALLERS;
    if (bets < 100 && !crowded) {
      return;
    }
    Nulls nulls = baseline.nulls();
    double expected = Math.max(0.5, nulls.cellDensity() * nulls.rowsPerDay());
    double log10 = Math.log10(bets) + Math.log10((1 + crowd(state.members, expected)) / 2);
    if (crowded) {
      // Many accounts that go on editing one input need no second sign, but room for growth.
      log10 = Math.max(log10, Math.log10(crowd(state.members, GROWTH * expected) / 2));
    }
    // One account's sensor flickers at a boundary, with few inputs that vary on lines as well.
    boolean pair = callers.size() == 2 && eBracket >= 100 && eContest >= 10;
    boolean mechanism = callers.size() >= 3 || pair;
    if (mechanism && state.wagers.worthReporting(log10)) {
      findings.accept(finding(state, seen, baseline, log10, expected, callers));
    }
  }

  /** Poisson e-value of {@code n} members where {@code expected} are usual; at most 1e100. */
  private static double crowd(int n, double expected) {
    double[] alternatives = new double[CROWDS.length];
    for (int j = 0; j < CROWDS.length; j++) {
      alternatives[j] = CROWDS[j] * expected;
    }
    return Math.exp(Math.min(230, PoissonMixture.of(expected, alternatives).logE(n)));
  }

  private static Finding finding(
      CellMembers state,
      CellSighting seen,
      Baseline baseline,
      double log10,
      double expected,
      List<CallerId> callers) {
    Profile profile = Evasion.PROFILE;
    int members = state.members;
    String tenant = callers.get(0).tenant();
    boolean oneTenant = callers.stream().allMatch(c -> c.tenant().equals(tenant));
    List<String> principals =
        callers.stream().map(CallerId::principal).distinct().limit(MOST_PRINCIPALS).toList();
    int contests = state.wagers.hits(CONTEST);
    String who =
        String.format(
            Locale.ROOT,
            "%d near copies of one input from %d account%s",
            members,
            callers.size(),
            callers.size() == 1 ? "" : "s");
    String summary =
        contests > 1
            ? who
                + String.format(
                    Locale.ROOT,
                    " disagree on its label %d times, as probes of a decision boundary do",
                    contests)
            : who
                + String.format(
                    Locale.ROOT,
                    ", of which %d came from accounts that had sent one before, as a search shared by"
                        + " accounts does",
                    state.returning);
    return new Finding(
        profile.id(),
        Scope.CELL,
        "cell:" + Long.toHexString(seen.cell()),
        oneTenant ? tenant : "",
        callers.size() == 1 ? callers.get(0).principal() : null,
        principals,
        seen.model(),
        seen.timeMicros(),
        state.firstSeenMicros,
        Math.min(1, log10 / 12),
        log10,
        members,
        profile.maturity(),
        profile.severity(),
        profile.techniques(),
        List.of(
            new Measurement(
                "minority_label_share",
                (double) state.wagers.hits(CONTEST) / members,
                "1",
                baseline.nulls().contest()),
            new Measurement(
                "bracket_share", (double) state.wagers.hits(BRACKET) / members, "1", BRACKET_RATE),
            new Measurement("near_copies", members, "{query}", expected)),
        state.wagers.samples(),
        summary,
        Map.of(
            "mechanism", "fingerprint-cell",
            "accounts", Integer.toString(callers.size()),
            "calibration", baseline.calibrationId()));
  }
}
