package io.vedette.detect.extraction;

import io.vedette.baseline.Nulls;
import io.vedette.core.CallerId;
import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Profile;
import io.vedette.core.Scope;
import io.vedette.detect.Cohort;
import io.vedette.detect.CohortDelta;
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

/** Bets that the callers who are new to a model are one who copies it. */
final class CohortDetector implements Detector<CohortMembers, Cohort> {

  /*
   * Method. A thief with fifty accounts sends a few rows from each; no account says enough, all of
   * them together do. So the first rows of every caller that is new to the model are one sequence,
   * in the order in which they come, and two bets of the extraction detector are placed on it:
   * novelty and scatter. The rates are those of the baseline; a population that grows or a new
   * tenant keeps to them.
   *
   * Accounts are named when two in five of their rows were hits; at least three must be.
   *
   * Cost per new row: two multiply-adds per alternative. State: 200 bytes per caller, 256 of them.
   * False alarms: P(evidence >= x in a day) <= 1/x per model, of which there are few.
   * Blind spots: accounts that have been customers before; thieves who are few among many new
   * callers.
   */

  private static final int NOVELTY = 0;
  private static final int SCATTER = 1;
  private static final int BETS = 2;
  private static final int FEWEST_ACCOUNTS = 3;
  private static final int MOST_PRINCIPALS = 50;
  private static final long DAY_MICROS = 86_400_000_000L;

  private final MixtureGrid grid = new MixtureGrid();

  @Override
  public Profile profile() {
    return Extraction.PROFILE;
  }

  @Override
  public CohortMembers create() {
    return new CohortMembers(new Wagers(BETS, grid.size()));
  }

  @Override
  public CohortMembers read(DataInput in) throws IOException {
    return CohortMembers.read(in, Wagers.read(in, BETS, grid.size()));
  }

  @Override
  public void observe(CohortMembers state, Cohort cohort, Consumer<Finding> findings) {
    long day = Math.floorDiv(cohort.timeMicros(), DAY_MICROS);
    if (day > state.day) {
      state.reset(new Wagers(BETS, grid.size()), day);
      state.firstSeenMicros = cohort.timeMicros();
    }
    Nulls nulls = cohort.baseline().nulls();
    RestartedMixture novelty = grid.atLeast(nulls.novelty());
    RestartedMixture scatter = grid.atLeast(nulls.scatter());
    boolean hit = false;
    for (CohortDelta.Member row : cohort.rows()) {
      state.wagers.step();
      state.wagers.place(NOVELTY, novelty, row.novel());
      state.wagers.place(SCATTER, scatter, row.scattered());
      state.count(row);
      if (row.sample() != null) {
        state.wagers.keep(row.sample());
        hit = true;
      }
    }
    if (!hit) {
      return;
    }
    double log10 =
        Math.log10(
            (state.wagers.evidence(NOVELTY, novelty) + state.wagers.evidence(SCATTER, scatter))
                / BETS);
    if (log10 < 2) {
      return;
    }
    List<CallerId> suspects = state.suspects();
    if (suspects.size() >= FEWEST_ACCOUNTS && state.wagers.worthReporting(log10)) {
      findings.accept(finding(state, cohort, log10, suspects));
    }
  }

  private static Finding finding(
      CohortMembers state, Cohort cohort, double log10, List<CallerId> suspects) {
    Profile profile = Extraction.PROFILE;
    Nulls nulls = cohort.baseline().nulls();
    int steps = state.wagers.steps();
    String tenant = suspects.get(0).tenant();
    boolean oneTenant = suspects.stream().allMatch(c -> c.tenant().equals(tenant));
    List<String> principals =
        suspects.stream().map(CallerId::principal).distinct().limit(MOST_PRINCIPALS).toList();
    String summary =
        String.format(
            Locale.ROOT,
            "%d of the first %d queries of new accounts lie off the model's usual inputs or ignore"
                + " how its features depend on one another; %d accounts do little else",
            state.wagers.hits(NOVELTY) + state.wagers.hits(SCATTER),
            steps,
            suspects.size());
    return new Finding(
        profile.id(),
        Scope.MODEL,
        "cohort:" + cohort.baseline().modelKey(),
        oneTenant ? tenant : "",
        null,
        principals,
        new ModelRef(cohort.baseline().model(), cohort.baseline().version(), null),
        cohort.timeMicros(),
        state.firstSeenMicros,
        Math.min(1, log10 / 8),
        log10,
        steps,
        profile.maturity(),
        profile.severity(),
        profile.techniques(),
        List.of(
            Observation.share("novel_share", state.wagers.hits(NOVELTY), steps, nulls.novelty()),
            Observation.share(
                "scattered_share", state.wagers.hits(SCATTER), steps, nulls.scatter()),
            new Measurement("accounts", suspects.size(), "{account}", Double.NaN)),
        state.wagers.samples(),
        summary,
        Map.of(
            "mechanism",
            "new-accounts",
            "accounts",
            Integer.toString(suspects.size()),
            "calibration",
            cohort.baseline().calibrationId()));
  }
}
