package io.vedette.detect.drift;

import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Profile;
import io.vedette.core.Scope;
import io.vedette.detect.PaneWindow;
import io.vedette.stats.BenjaminiHochberg;
import io.vedette.stats.DayReset;
import io.vedette.stats.LordPlusPlus;
import io.vedette.stats.PToE;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Holds each window of a model's inputs and answers against its clean traffic. */
final class DriftDetector implements Detector<DriftState, PaneWindow> {

  /*
   * Method. Every column, the labels and the confidences are counted in frozen bins. Each window is
   * tested against "the change is at most the floor": the population stability index against a
   * noncentral chi-square law (floor 0.03) [1], and the shift of the mean of ordered bins against
   * 0.15 standard deviations. Rows count as n / phi, with phi the over-dispersion of the clean
   * traffic. Within a window the columns are corrected by Benjamini and Hochberg, the windows of a
   * day by LORD++ at 5 % [2]. A drift is reported when two of three windows break, or one does so
   * beyond all doubt (p < 1e-9). Its evidence is the product of the windows' e-values (k = 0.2) [3].
   *
   * Cost: counting is done in the panes; a window of 30 columns costs about 0.1 ms.
   * Blind spots: changes below the floors, joint changes with unchanged marginals, callers that
   * exceed their share (they are counted apart, and are the business of other detectors).
   *
   * [1] Yurdakul, Naranjo 2020, Statistical properties of the PSI
   * [2] Ramdas et al. 2017, https://arxiv.org/abs/1710.00499
   * [3] Vovk, Wang 2021, E-values: calibration, combination and applications
   *
   *   window   1     2     3      4      5
   *   p        0.8   0.3   2e-6   1e-5   0.6
   *   breach   no    no    yes    yes    no
   *   report                      yes    yes (2 of 3)
   */

  private static final double BEYOND_DOUBT = 1e-9;
  private static final long QUIET_MICROS = 300_000_000; // between findings of one drift
  private static final int SHOWN = 3;

  private final DriftConfig config;

  DriftDetector(DriftConfig config) {
    this.config = config;
  }

  @Override
  public Profile profile() {
    return Drift.PROFILE;
  }

  @Override
  public DriftState create() {
    return new DriftState(new LordPlusPlus(config.falseDiscoveries()));
  }

  @Override
  public DriftState read(DataInput in) throws IOException {
    return DriftState.read(in);
  }

  @Override
  public void observe(DriftState state, PaneWindow window, Consumer<Finding> findings) {
    // A late window counts for the day at hand: else a clock that is ahead would blind the model.
    if (DayReset.of(state.day, window.timeMicros()) == DayReset.NEW_DAY) {
      state.day = DayReset.day(window.timeMicros());
      state.budget = new LordPlusPlus(config.falseDiscoveries());
    }
    state.against(window.baseline().calibrationId());
    List<ColumnTest> tests = tests(window);
    double[] p = new double[tests.size()];
    for (int i = 0; i < p.length; i++) {
      p[i] = tests.get(i).p();
    }
    double smallest = 1;
    for (double adjusted : BenjaminiHochberg.adjust(p)) {
      smallest = Math.min(smallest, adjusted);
    }
    boolean breach = state.budget.test(smallest);
    if (breach && state.breaches == 0) {
      state.firstBreachMicros = window.firstMicros();
    }
    state.push(smallest, breach);
    state.rows += window.rows() + window.excess();
    boolean persists = Integer.bitCount(state.breaches) >= 2;
    boolean due =
        state.reportedMicros == Long.MIN_VALUE
            || window.timeMicros() - state.reportedMicros >= QUIET_MICROS;
    if (due && (persists || (breach && smallest < BEYOND_DOUBT))) {
      state.reportedMicros = window.timeMicros();
      findings.accept(finding(state, window, tests));
    }
  }

  private List<ColumnTest> tests(PaneWindow window) {
    List<ColumnTest> tests = new ArrayList<>();
    for (int c = 0; c < window.counts().length; c++) {
      tests.add(
          ColumnTest.of(
              window.name(c), window.reference(c), window.counts()[c], window.rows(), config));
    }
    return tests;
  }

  private Finding finding(DriftState state, PaneWindow window, List<ColumnTest> tests) {
    double log10 = 0;
    for (double p : state.p) {
      log10 += PToE.logE(Math.max(p, 1e-300)) / Math.log(10);
    }
    List<ColumnTest> worst =
        tests.stream().sorted(Comparator.comparingDouble(ColumnTest::p)).limit(SHOWN).toList();
    List<Measurement> evidence = new ArrayList<>();
    for (ColumnTest test : worst) {
      if (Math.abs(test.shift()) > config.shiftFloor()) {
        evidence.add(
            new Measurement(
                "mean_shift_" + test.name(), test.shift(), "{sd}", config.shiftFloor()));
      } else {
        evidence.add(new Measurement("psi_" + test.name(), test.psi(), "1", config.psiFloor()));
      }
    }
    evidence.add(new Measurement("rows_in_window", window.rows(), "{row}", Double.NaN));
    Profile profile = Drift.PROFILE;
    String model = window.baseline().model();
    long broken = tests.stream().filter(t -> t.p() < 1e-4).count();
    return new Finding(
        profile.id(),
        Scope.MODEL,
        "model:" + model,
        "",
        null,
        List.of(),
        new ModelRef(model, window.baseline().version(), null),
        window.timeMicros(),
        state.firstBreachMicros,
        Math.min(1, log10 / 20),
        log10,
        state.rows,
        profile.maturity(),
        profile.severity(),
        profile.techniques(),
        List.copyOf(evidence),
        List.of(),
        String.format(
            Locale.ROOT,
            "%d of %d inputs and answers of the model left their usual distribution, %s most",
            Math.max(1, broken),
            tests.size(),
            worst.get(0).name()),
        Map.of("calibration", window.baseline().calibrationId()));
  }
}
