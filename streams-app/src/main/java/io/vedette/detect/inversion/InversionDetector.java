package io.vedette.detect.inversion;

import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Payload;
import io.vedette.core.Profile;
import io.vedette.detect.Observation;
import io.vedette.detect.Search;
import io.vedette.detect.Wagers;
import io.vedette.stats.MixtureGrid;
import io.vedette.stats.RestartedMixture;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Bets that a caller rebuilds what a class, or a person's hidden feature, looks like. */
final class InversionDetector implements Detector<InversionState, Observation> {

  /*
   * Method. Five bets, joined into one e-value. Four look at a stay in one neighbourhood:
   *
   * - climb: after a try that did not raise the top probability, the next row starts from the best
   *   one again [1, 2]; see Search. Evaders lower a probability, and a lower one is never the top.
   * - fall: the same for tries that did not lower the first answer's probability, but only after an
   *   answer that was another one (an evader has then what it wants) or in a stay that began off the clean
   *   traffic, as from noise or a grey picture. Other stays are evasion's business.
   * - record: the top probability is higher than for all rows of the stay before. Rows without aim
   *   do that with probability 1/i at most, but a grid over a smooth score sets record after record.
   *   So it counts no more than what the climbs have shown, and doubles their evidence at best;
   *   the sum of all is at most six times an e-value then, and is divided by six.
   * - pairs: in a stay that began off the clean traffic, rows mirrored about one centre, as numeric
   *   gradients are taken [2].
   * - enumeration: of an entity a third value of a feature marked sensitive is asked, all else equal
   *   [3, 4]; a trial is each new entity and each such value.
   *
   * Cost per row: two multiply-adds for each of four alternatives of a bet that has started; 0.2 us
   * for 30 features where a feature is marked. State: 32 bytes; with a stay 180, 32 more per bet, 640 where a
   * feature is marked, 330 for exemplars.
   * False alarms: P(evidence >= x in a day) <= 1/x for a benign caller while its rates stay below
   * those named here and in the baseline.
   * Blind spots: attacks on a stolen copy; searches spread over aged accounts; features not marked.
   *
   * [1] An et al.: MIRROR, NDSS 2022. [2] Fredrikson, Jha, Ristenpart: CCS 2015
   * [3] Fredrikson et al., USENIX Security 2014. [4] Mehnaz et al., USENIX Security 2022
   */

  static final int CLIMB = 0;
  static final int FALL = 1;
  static final int RECORD = 2;
  static final int PAIRS = 3;
  static final int ENUMERATION = 4;
  static final int BETS = 5;
  static final double RETURN_RATE = 0.4; // a third for rows without aim
  static final double ENUMERATION_RATE = 0.05; // of new entities and enumerated ones

  private final MixtureGrid grid = new MixtureGrid();
  private final RestartedMixture returning = grid.atLeast(RETURN_RATE);
  private final RestartedMixture enumerating = grid.atLeast(ENUMERATION_RATE);
  private final Marks marks;

  InversionDetector(InversionConfig config) {
    this.marks = new Marks(config);
  }

  @Override
  public Profile profile() {
    return Inversion.PROFILE;
  }

  @Override
  public InversionState create() {
    return new InversionState();
  }

  @Override
  public InversionState read(DataInput in) throws IOException {
    return InversionState.read(in, BETS, grid.size());
  }

  @Override
  public InversionState nextDay(InversionState state) {
    InversionState next = create();
    if (state.wagers != null) {
      Wagers carried = state.wagers.nextDay();
      next.wagers = carried.carried() > 0 ? carried : null;
    }
    return next;
  }

  @Override
  public void observe(InversionState state, Observation seen, Consumer<Finding> findings) {
    state.steps++;
    boolean hit = seen.search().place() > 1 && rebuild(wagers(state), seen);
    List<String> marked = marks.of(seen.exchange().model().name());
    for (int mark = 0; mark < marked.size(); mark++) {
      hit |= enumerate(state, seen, mark, marked.get(mark));
    }
    if (!hit) {
      return; // without a hit the evidence only falls
    }
    Wagers wagers = wagers(state);
    wagers.keep(seen.sample());
    RestartedMixture pairs = grid.atLeast(seen.baseline().nulls().antithetic());
    double climb = wagers.evidence(CLIMB, returning);
    double fall = wagers.evidence(FALL, returning);
    double record = Math.min(climb + fall, wagers.recordEvidence(RECORD, 1));
    double mirrored = wagers.evidence(PAIRS, pairs);
    double enumerated = wagers.evidence(ENUMERATION, enumerating);
    double log10 = Math.log10((climb + fall + record + mirrored + enumerated) / (BETS + 1));
    if (wagers.worthReporting(log10)) {
      double search = climb + fall + record;
      Mechanism mechanism =
          enumerated > Math.max(search, mirrored)
              ? Mechanism.ENUMERATION
              : mirrored > search ? Mechanism.CLASS_GRADIENT : Mechanism.CLASS_CLIMB;
      findings.accept(InversionReport.finding(state.steps, wagers, seen, log10, mechanism));
    }
  }

  private Wagers wagers(InversionState state) {
    Wagers wagers = state.wagers;
    if (wagers == null) {
      wagers = new Wagers(BETS, grid.size());
      state.wagers = wagers;
    }
    return wagers;
  }

  private boolean rebuild(Wagers wagers, Observation seen) {
    Search stay = seen.search();
    boolean foreign = seen.foreignStay();
    boolean hit = false;
    if (stay.highTrial()) {
      wagers.place(CLIMB, returning, stay.highReturn());
      hit = stay.highReturn();
    }
    if (stay.lowTrial() && (foreign || !stay.ownLabel())) {
      wagers.place(FALL, returning, stay.lowReturn());
      hit |= stay.lowReturn();
    }
    wagers.placeRecord(RECORD, 0, stay.place(), stay.rises());
    hit |= stay.rises();
    if (foreign) {
      boolean mirrors = seen.geometry().antithetic() || seen.geometry().descent();
      wagers.place(PAIRS, grid.atLeast(seen.baseline().nulls().antithetic()), mirrors);
      hit |= mirrors;
    }
    return hit;
  }

  private boolean enumerate(InversionState state, Observation seen, int mark, String feature) {
    if (!(seen.exchange().input() instanceof Payload.Features row)
        || !marks.hash(row, seen.row(), feature)) {
      return false;
    }
    if (state.entities == null) {
      state.entities = new Entities();
    }
    Entities.Kind kind =
        state.entities.look(marks.groups(), marks.used(), mark, marks.value(), Entities.ENUMERATED);
    if (kind == Entities.Kind.OTHER) {
      return false;
    }
    boolean hit = kind == Entities.Kind.ENUMERATES;
    wagers(state).place(ENUMERATION, enumerating, hit);
    return hit;
  }

  /** What the largest evidence is of. */
  enum Mechanism {
    CLASS_CLIMB,
    CLASS_GRADIENT,
    ENUMERATION;

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
