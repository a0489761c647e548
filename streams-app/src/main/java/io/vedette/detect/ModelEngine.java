package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.BaselineBuilder;
import io.vedette.baseline.Baselines;
import io.vedette.core.Detector;
import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.ModelRef;
import io.vedette.core.Sample;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model stage's engine: learns a baseline from clean rows, then adds panes up to windows and
 * tells the model detectors of each closed one.
 */
public final class ModelEngine implements Engine<ModelState, ModelUpdate, ModelOutput> {

  private static final int WINDOW_ROWS = 500;
  private static final long WINDOW_MICROS = 10_000_000;

  private final List<Detector<? extends State, PaneWindow>> detectors;
  private final Crowd crowd;
  private final Baselines baselines;
  private final Learning learning;
  private final Blindness blindness = new Blindness();

  /**
   * Creates the engine of one task.
   *
   * @param detectors told of closed windows, in an order that never changes
   * @param crowd told of the first rows of new callers
   */
  public ModelEngine(
      List<Detector<? extends State, PaneWindow>> detectors,
      Crowd crowd,
      Baselines baselines,
      Learning learning) {
    this.detectors = List.copyOf(detectors);
    this.crowd = crowd;
    this.baselines = baselines;
    this.learning = learning;
  }

  @Override
  public ModelState create() {
    return new ModelState(detectors, crowd);
  }

  @Override
  public ModelState read(DataInput in) throws IOException {
    return ModelState.read(in, detectors, crowd);
  }

  @Override
  public void observe(ModelState state, ModelUpdate update, ModelOutput out) {
    if (update instanceof LearningRow row) {
      learn(state, row, out);
    } else if (update instanceof PaneDelta pane) {
      add(state, pane, out);
    } else if (update instanceof NewcomerRow row) {
      add(state, row, out);
    }
  }

  private void learn(ModelState state, LearningRow update, ModelOutput out) {
    if (state.finished) {
      return; // rows that were under way when learning ended
    }
    if (!update.last()) {
      state.learn(update, Learning.MOST_ROWS);
    }
    boolean complete = learning.complete(state, update);
    boolean enough = state.sample.size() >= BaselineBuilder.FEWEST_ROWS;
    if (complete && enough) {
      state.finished = true;
      out.baseline(build(state, update, true));
      state.forgetSample();
    } else if (!state.provisional && state.sample.size() >= Learning.PROVISIONAL_ROWS) {
      state.provisional = true;
      out.baseline(build(state, update, false));
    }
  }

  private static Baseline build(ModelState state, LearningRow update, boolean finished) {
    return BaselineBuilder.build(
        update.model(),
        update.version(),
        finished,
        state.sample,
        state.learnt,
        state.names,
        state.rates);
  }

  private void add(ModelState state, PaneDelta pane, ModelOutput out) {
    @Nullable Baseline baseline = baselines.find(new ModelRef(pane.model(), pane.version(), null));
    if (baseline == null || !baseline.calibrationId().equals(pane.calibrationId())) {
      return; // its bins are those of a baseline no longer in force
    }
    PaneDelta open = state.window;
    if (open == null || !open.calibrationId().equals(pane.calibrationId())) {
      state.window = pane;
    } else {
      state.window = merged(open, pane);
    }
    PaneDelta window = state.window;
    if (window.rows() >= WINDOW_ROWS
        && window.timeMicros() - window.firstMicros() >= WINDOW_MICROS) {
      state.window = null;
      close(state, window, baseline, out);
    }
  }

  private void add(ModelState state, NewcomerRow row, ModelOutput out) {
    Baseline baseline = baselines.find(row.exchange().model());
    if (baseline != null && baseline.calibrationId().equals(row.calibrationId())) {
      try {
        crowd.observe(state.newcomers, row, out::finding);
      } catch (RuntimeException | StackOverflowError e) {
        Exchange first = row.exchange();
        Sample sample = new Sample(first.requestId(), first.origin());
        blind("new-accounts", "the new accounts", first.model(), row.timeMicros(), sample, out);
        throw e; // the stage fences it
      }
    }
  }

  private void blind(
      String detector,
      String of,
      ModelRef model,
      long timeMicros,
      @Nullable Sample sample,
      ModelOutput out) {
    Finding finding = blindness.ofModel(detector, of, model, timeMicros, sample);
    if (finding != null) {
      out.finding(finding);
    }
  }

  private static PaneDelta merged(PaneDelta a, PaneDelta b) {
    int[][] counts = new int[a.counts().length][];
    for (int c = 0; c < counts.length; c++) {
      counts[c] = a.counts()[c].clone();
      for (int i = 0; i < counts[c].length; i++) {
        counts[c][i] += b.counts()[c][i];
      }
    }
    return new PaneDelta(
        a.model(),
        a.version(),
        a.calibrationId(),
        Math.min(a.firstMicros(), b.firstMicros()),
        Math.max(a.timeMicros(), b.timeMicros()),
        a.rows() + b.rows(),
        a.excess() + b.excess(),
        counts);
  }

  private void close(ModelState state, PaneDelta pane, Baseline baseline, ModelOutput out) {
    PaneWindow window =
        new PaneWindow(
            baseline,
            pane.firstMicros(),
            pane.timeMicros(),
            pane.rows(),
            pane.excess(),
            pane.counts());
    RuntimeException failure = null;
    for (int i = 0; i < detectors.size(); i++) {
      try {
        observe(detectors.get(i), state.states[i], window, out);
      } catch (RuntimeException e) {
        failure = e;
        ModelRef model = new ModelRef(baseline.model(), baseline.version(), null);
        String id = detectors.get(i).profile().id();
        blind(id, "a window", model, window.timeMicros(), null, out);
      }
    }
    if (failure != null) {
      throw failure; // the stage fences it
    }
  }

  @SuppressWarnings("unchecked") // a state is only handed to the detector that made it
  private static <S extends State> void observe(
      Detector<S, PaneWindow> detector, State state, PaneWindow window, ModelOutput out) {
    detector.observe((S) state, window, out::finding);
  }
}
