package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.core.CallerId;
import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.Measurement;
import io.vedette.core.Scope;
import io.vedette.core.State;
import io.vedette.stats.DayReset;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Bets that the callers who are new to a model are one sender, who does what detectors look for.
 */
public final class Crowd {

  /*
   * Method. Who spreads an attack over fifty accounts sends a few rows from each; no account says
   * enough, all of them together do. So the first rows of every caller that is new to the model are
   * taken for those of one caller, in the order in which they come, and the caller detectors look at
   * that one as at any other. What kind of attack it is follows from what its rows do, as with one
   * account: rows far from one another are sampling, rows about one input a search, rows about many
   * inputs, one after the other, a look for who was trained on.
   *
   * The detectors' e-values are averaged, each finding being its detector's part alone: P(any part
   * >= x in a day) <= 1/x per model, of which there are few. The null: newcomers' rows in a row are
   * as those of one benign caller. Each of them keeps to the rates; rows of different ones are as
   * far apart as rows of the clean traffic.
   *
   * Customers differ from one another: a step from the row of one to that of another may go where no
   * customer's own rows go. So a row counts as novel or scattered, as extraction means it, when it
   * is so by its own account's measure. An account's first row has no step of its own: the one from
   * the row before counts, if that came from the same tenant.
   *
   * A row has a part in it when it is odd by its own account's measure, or lies in a neighbourhood
   * that three accounts share. Accounts are named when they belong to the group more likely than
   * not (Bayes). Three in five of a member's rows are taken to have a part; of an honest account's,
   * one in fifty lies where accounts meet, and as many are odd as the limit allows. The group's
   * share of the accounts is the one that explains all best (Dempster, Laird, Rubin 1977). One odd
   * row names an account on a day when most are odd, but not where the evidence is that of others.
   * At least three must be named. That a copy foresees the answers says nothing here: it learnt from
   * all newcomers.
   *
   * Cost per newcomer's row: that of the caller stage. State: that of a caller, and 200 bytes for
   * each of 256 accounts.
   * Blind spots: accounts that have been customers before; attackers who are few among many new
   * callers; rows of more than 4,096 columns.
   */

  private static final int MOST_PRINCIPALS = 50;
  private static final int MOST_EVIDENCE = 7; // and the number of accounts

  private final List<Detector<? extends State, Observation>> detectors;
  private final int sharing; // detectors whose findings open incidents
  private final Baselines baselines;
  private final CallerEngine engine;

  /**
   * Looks at newcomers.
   *
   * @param detectors caller detectors of their own, in an order that never changes
   * @param salt secret of the fingerprints
   */
  public Crowd(
      List<Detector<? extends State, Observation>> detectors, Baselines baselines, long salt) {
    this.detectors = List.copyOf(detectors);
    long stable = detectors.stream().filter(d -> d.profile().maturity() == Maturity.STABLE).count();
    this.sharing = (int) Math.max(1, stable);
    this.baselines = baselines;
    this.engine = new CallerEngine(this.detectors, baselines, salt, Long.MIN_VALUE, false);
  }

  CrowdState create() {
    return new CrowdState();
  }

  CrowdState read(DataInput in) throws IOException {
    return CrowdState.read(in, detectors);
  }

  void observe(CrowdState state, NewcomerRow row, Consumer<Finding> findings) {
    if (detectors.isEmpty()) {
      return;
    }
    long time = row.timeMicros();
    long day = DayReset.day(time);
    if (day > state.day) {
      state.reset(day, time);
    }
    List<Finding> found = new ArrayList<>(1);
    boolean follows = row.exchange().caller().tenant().equals(state.lastTenant);
    state.lastTenant = row.exchange().caller().tenant();
    OwnStep own = row.step();
    boolean alone = own.first() && !follows;
    engine.observe(
        state.together, row.exchange(), alone ? OwnStep.NOTHING : own, new Findings(found));
    int place = state.together.place(row.modelKey());
    CallerId caller = row.exchange().caller();
    boolean shares = state.shares(caller, place);
    state.count(caller, row.step().odd(), shares);
    if (found.isEmpty()) {
      return;
    }
    List<CallerId> suspects = state.suspects(usual(row));
    if (suspects.size() >= CrowdState.FEWEST_ACCOUNTS) {
      found.forEach(finding -> findings.accept(ofGroup(finding, row, state, suspects)));
    }
  }

  private double usual(NewcomerRow row) {
    Baseline baseline = baselines.find(row.exchange().model());
    return baseline == null ? 0 : Math.max(baseline.nulls().novelty(), baseline.nulls().scatter());
  }

  private Finding ofGroup(
      Finding alone, NewcomerRow row, CrowdState state, List<CallerId> suspects) {
    // One that opens no incident has no part of the evidence; if it had, it would be one more.
    int of = alone.maturity() == Maturity.STABLE ? sharing : sharing + 1;
    String tenant = suspects.get(0).tenant();
    boolean oneTenant = suspects.stream().allMatch(c -> c.tenant().equals(tenant));
    List<String> principals =
        suspects.stream().map(CallerId::principal).distinct().limit(MOST_PRINCIPALS).toList();
    List<Measurement> evidence = new ArrayList<>(alone.evidence());
    if (evidence.size() > MOST_EVIDENCE) {
      evidence.subList(MOST_EVIDENCE, evidence.size()).clear();
    }
    evidence.add(new Measurement("accounts", suspects.size(), "{account}", Double.NaN));
    Map<String, String> attributes = new TreeMap<>(alone.attributes());
    attributes.put("pattern", alone.attributes().getOrDefault("mechanism", ""));
    attributes.put("mechanism", "new-accounts");
    attributes.remove(Finding.SUCCESS);
    attributes.put("accounts", Integer.toString(suspects.size()));
    return new Finding(
        alone.detector(),
        Scope.MODEL,
        "cohort:" + row.modelKey(),
        oneTenant ? tenant : "",
        null,
        principals,
        alone.model(),
        alone.timeMicros(),
        state.firstSeenMicros,
        alone.score(),
        alone.logEvidence() - Math.log10(of),
        alone.exchanges(),
        alone.maturity(),
        alone.severity(),
        alone.techniques(),
        List.copyOf(evidence),
        alone.samples(),
        String.format(
            Locale.ROOT, "%d new accounts act as one caller: %s", suspects.size(), alone.summary()),
        attributes);
  }

  /** Takes findings; nothing else of this caller, which is none, goes anywhere. */
  private record Findings(List<Finding> found) implements CallerOutput {

    @Override
    public void finding(Finding finding) {
      found.add(finding);
    }

    @Override
    public void cell(CellSighting sighting) {}

    @Override
    public void update(ModelUpdate update) {}

    @Override
    public void fenced(String detector, RuntimeException cause) {
      throw cause; // the stage fences it
    }
  }
}
