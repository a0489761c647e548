package io.vedette.detect.extraction;

import io.vedette.baseline.Nulls;
import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Profile;
import io.vedette.detect.Observation;
import io.vedette.detect.Wagers;
import io.vedette.stats.MixtureGrid;
import io.vedette.stats.RestartedMixture;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Bets that a caller asks questions that nobody asks who only wants answers. */
final class ExtractionDetector implements Detector<ExtractionState, Observation> {

  /*
   * Method. Four bets on each distinct row, averaged into one e-value:
   *
   * - bisection: the second and later halvings in a row of an interval on one feature, the mark of
   *   path finding in decision trees [1]. Benign rate: that of the worst clean caller, 2 % at least.
   * - novelty: the row is farther off, or more surprising, than one clean row in 50, and the step towards it is wider than
   *   nine in ten clean steps, both measured in whitened coordinates, so that a shifted but
   *   ordinary population is not novel while independent sampling of the input box is [1, 2]. Where
   *   all of the last rows were off, being off tells nothing, and the width alone is held against
   *   what populations that are a little more varied reach.
   * - scatter: the step is wide along directions in which clean rows hardly differ, because the
   *   sender does not know how the features depend on one another: copies moved along gradients [3],
   *   rows of another domain [4], random rows for equations [1]. Neither a shifted population nor a
   *   more varied one does that.
   * - sweep: exactly one feature differs from one of the last four rows. What-if tools do that too,
   *   so it supports the others and never reports alone.
   *
   * Cost per row: two multiply-adds for each of four alternatives of a bet that has started. State:
   * 150 bytes, 32 more per started bet, 330 for exemplars.
   * False alarms: P(evidence >= x in a day) <= 1/x for a benign caller while its rates stay below
   * those of the baseline.
   * Blind spots: natural queries from the model's own domain; interior boxes of independent
   * features; line searches that are not along a feature (those look like evasion).
   *
   * [1] Tramer et al., USENIX Security 2016, https://arxiv.org/abs/1609.02943
   * [2] Juuti et al.: PRADA, EuroS&P 2019, https://arxiv.org/abs/1805.02628
   * [3] Papernot et al., ASIACCS 2017, https://arxiv.org/abs/1602.02697
   * [4] Orekondy et al.: Knockoff Nets, CVPR 2019, https://arxiv.org/abs/1812.02766
   */

  private static final int BISECTION = 0;
  private static final int NOVELTY = 1;
  private static final int SWEEP = 2;
  private static final int SCATTER = 3;
  private static final int BETS = 4;
  private static final double MECHANISM = 100; // evidence without which a sweep is not reported

  private static final double SUSPECT = 1; // log10 of the evidence from which a copy is fitted
  private static final int FITTED = 20; // rows before shares of them say anything
  private static final double WIDE_RATE = 0.2; // of wide steps, in another population
  private static final double UNSURE = 0.1; // share of the clean answers below the lowest cut

  private final MixtureGrid grid = new MixtureGrid();

  @Override
  public Profile profile() {
    return Extraction.PROFILE;
  }

  @Override
  public ExtractionState create() {
    return new ExtractionState(new Wagers(BETS, grid.size()));
  }

  @Override
  public ExtractionState read(DataInput in) throws IOException {
    return ExtractionState.read(in, BETS, grid.size());
  }

  @Override
  public ExtractionState nextDay(ExtractionState state) {
    ExtractionState next = new ExtractionState(state.wagers.nextDay());
    next.substitute = next.wagers.carried() > 0 ? state.substitute : null;
    return next;
  }

  @Override
  public void observe(ExtractionState all, Observation seen, Consumer<Finding> findings) {
    Wagers state = all.wagers;
    Nulls nulls = seen.baseline().nulls();
    RestartedMixture bisection = grid.atLeast(nulls.bisection());
    RestartedMixture novelty = grid.atLeast(nulls.novelty());
    if (seen.alwaysForeign()) {
      state.begin(NOVELTY, novelty);
      novelty = grid.atLeast(Math.max(nulls.novelty(), WIDE_RATE));
    }
    RestartedMixture scatter = grid.atLeast(nulls.scatter());
    RestartedMixture sweep = grid.atLeast(nulls.sweep());
    boolean halves = seen.geometry().axis() && seen.bisectionRun() >= 2;
    boolean sweeps = seen.geometry().sweep();
    state.step();
    state.place(BISECTION, bisection, halves);
    state.place(NOVELTY, novelty, seen.novel());
    state.place(SWEEP, sweep, sweeps);
    state.place(SCATTER, scatter, seen.scattered());
    if (all.substitute != null) {
      all.substitute.learn(seen.point(), seen.answered(), seen.bins(), seen.sureness());
    }
    if (halves || seen.novel() || seen.scattered()) {
      state.keep(seen.sample());
    } else if (!sweeps) {
      return; // without a hit the evidence only falls
    }
    double eBisection = state.evidence(BISECTION, bisection);
    double eNovelty = state.evidence(NOVELTY, novelty);
    double eSweep = state.evidence(SWEEP, sweep);
    double eScatter = state.evidence(SCATTER, scatter);
    double log10 = Math.log10((eBisection + eNovelty + eScatter + eSweep) / BETS);
    if (log10 >= SUSPECT && all.substitute == null) {
      all.substitute = new Substitute(seen.point().length, seen.bins().length);
      all.substitute.learn(seen.point(), seen.answered(), seen.bins(), seen.sureness());
    }
    if (eBisection + eNovelty + eScatter >= MECHANISM
        && (state.worthReporting(log10) || isNews(all, log10))) {
      Mechanism mechanism =
          eBisection >= Math.max(eNovelty, eScatter)
              ? Mechanism.BISECTION
              : eNovelty >= eScatter ? Mechanism.NOVELTY : Mechanism.SCATTER;
      findings.accept(finding(all, seen, log10, mechanism));
    }
  }

  /** A copy that has just become good is told even when the evidence cannot grow any more. */
  private static boolean isNews(ExtractionState all, double log10) {
    return log10 >= Wagers.LEAST_REPORTED
        && all.substitute != null
        && all.substitute.copies()
        && !all.substitute.told();
  }

  private static Finding finding(
      ExtractionState all, Observation seen, double log10, Mechanism mechanism) {
    Wagers state = all.wagers;
    Nulls nulls = seen.baseline().nulls();
    int steps = state.steps();
    List<Measurement> evidence = new ArrayList<>();
    evidence.add(
        Observation.share("bisection_share", state.hits(BISECTION), steps, nulls.bisection()));
    evidence.add(Observation.share("novel_share", state.hits(NOVELTY), steps, nulls.novelty()));
    evidence.add(Observation.share("scattered_share", state.hits(SCATTER), steps, nulls.scatter()));
    evidence.add(Observation.share("sweep_share", state.hits(SWEEP), steps, nulls.sweep()));
    evidence.sort(
        Comparator.comparingDouble((Measurement m) -> -m.value() / Math.max(1e-9, m.limit())));
    evidence.add(new Measurement("distinct_queries", steps, "{query}", Double.NaN));
    evidence.addAll(loot(all, seen, mechanism));
    String summary = summary(state, mechanism);
    Profile profile = Extraction.PROFILE;
    Finding finding =
        seen.finding(
            profile,
            profile.severity(),
            log10,
            List.copyOf(evidence),
            state,
            summary,
            mechanism.name().toLowerCase(Locale.ROOT));
    boolean copied = all.substitute != null && all.substitute.tell();
    return copied ? finding.with(Finding.SUCCESS, "a copy of the model") : finding;
  }

  /** What the caller may have by now. */
  private static List<Measurement> loot(
      ExtractionState all, Observation seen, Mechanism mechanism) {
    List<Measurement> loot = new ArrayList<>();
    double budget = (double) seen.exchanges() / mechanism.publishedQueries;
    loot.add(new Measurement("published_budget_share", budget, "1", Double.NaN));
    Substitute copy = all.substitute;
    if (copy != null) {
      loot.add(
          new Measurement(
              "input_coverage", copy.coverage(seen.baseline().columns()), "1", Double.NaN));
      if (copy.disclosed() >= FITTED) {
        loot.add(new Measurement("unsure_share", copy.unsure(), "1", UNSURE));
      }
      if (copy.rows() >= FITTED) {
        loot.add(new Measurement("copy_agreement", copy.agreement(), "1", copy.commonest()));
      }
    }
    return loot;
  }

  private static String summary(Wagers state, Mechanism mechanism) {
    int steps = state.steps();
    return switch (mechanism) {
      case BISECTION ->
          String.format(
              Locale.ROOT,
              "%d of %d distinct queries halve an interval on one feature, as path finding in"
                  + " decision trees does",
              state.hits(BISECTION),
              steps);
      case NOVELTY ->
          String.format(
              Locale.ROOT,
              "%d of %d distinct queries lie far from the model's usual inputs and far from one"
                  + " another, as sampling of the input space does",
              state.hits(NOVELTY),
              steps);
      case SCATTER ->
          String.format(
              Locale.ROOT,
              "%d of %d distinct queries ignore how the model's features depend on one another, as"
                  + " made-up or foreign inputs do",
              state.hits(SCATTER),
              steps);
    };
  }

  private enum Mechanism {
    /** Decision trees of BigML, German credit: 1,150 queries [1]. */
    BISECTION(1_150),
    /** Logistic regression of Amazon, Adult: 1,485 queries [1]. */
    NOVELTY(1_485),
    /** Copies of networks by augmented rows: 6,400 queries [3]. */
    SCATTER(6_400);

    final int publishedQueries;

    Mechanism(int publishedQueries) {
      this.publishedQueries = publishedQueries;
    }
  }
}
