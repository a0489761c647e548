package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.core.Detector;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.State;
import io.vedette.correlate.Alerting;
import io.vedette.correlate.Desk;
import io.vedette.correlate.IncidentBook;
import io.vedette.correlate.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engines without Kafka, with chosen detectors; their states can be written and read. */
public final class DetectorChain implements CallerOutput, ModelOutput {

  private final CallerEngine callers;
  private final @Nullable Cells<?> cells;
  private final ModelEngine models;
  private final Desk<Page> book;
  private final Map<String, CallerState> callerStates = new HashMap<>();
  private final Map<String, ModelState> modelStates = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Incident> incidents = new ArrayList<>();
  private final List<String> fenced = new ArrayList<>();
  private final List<Baseline> learnt = new ArrayList<>();

  /** The cell engine with its states. */
  private final class Cells<S extends State> {
    private final CellEngine<S> engine;
    private final Map<Long, CellEngine.Day<S>> states = new HashMap<>();

    Cells(Detector<S, CellSighting> detector) {
      engine = new CellEngine<>(detector);
    }

    void observe(CellSighting sighting) {
      if (engine.admits(sighting)) {
        engine.observe(
            states.computeIfAbsent(sighting.cell(), k -> engine.create()),
            sighting,
            DetectorChain.this::finding);
      }
    }

    void reread() {
      states.replaceAll((k, state) -> CleanModel.reread(state, engine::read));
    }

    int largest() {
      return states.values().stream().mapToInt(State::bytes).max().orElse(0);
    }
  }

  private DetectorChain(
      List<Detector<? extends State, Observation>> callers,
      @Nullable Detector<? extends State, CellSighting> cell,
      List<Detector<? extends State, PaneWindow>> models,
      List<Detector<? extends State, Observation>> crowd,
      Baselines baselines,
      Learning learning) {
    this.callers = new CallerEngine(callers, baselines, 42, learning.untilMicros(), cell != null);
    this.cells = cell == null ? null : new Cells<>(cell);
    this.models = new ModelEngine(models, new Crowd(crowd, baselines, 42), baselines, learning);
    this.book = new Desk<>(new IncidentBook(Alerting.defaults(), callers.size()), incidents::add);
  }

  /** A chain with one caller detector. */
  public static DetectorChain caller(
      Detector<? extends State, Observation> detector, Baseline baseline) {
    return new DetectorChain(List.of(detector), null, List.of(), List.of(), m -> baseline, never());
  }

  /** A chain with one cell detector. */
  public static DetectorChain cell(
      Detector<? extends State, CellSighting> detector, Baseline baseline) {
    return new DetectorChain(List.of(), detector, List.of(), List.of(), m -> baseline, never());
  }

  /** A chain with one model detector. */
  public static DetectorChain model(
      Detector<? extends State, PaneWindow> detector, Baseline baseline) {
    return new DetectorChain(List.of(), null, List.of(detector), List.of(), m -> baseline, never());
  }

  /** A chain whose detectors look at all new callers as at one. */
  public static DetectorChain crowd(
      List<Detector<? extends State, Observation>> detectors, Baseline baseline) {
    return new DetectorChain(List.of(), null, List.of(), detectors, m -> baseline, never());
  }

  /** The baseline that the engines learn from the first rows. */
  public static Baseline learn(Iterable<Exchange> clean, int rows) {
    Map<String, Baseline> inForce = new HashMap<>();
    DetectorChain chain =
        new DetectorChain(
            List.of(),
            null,
            List.of(),
            List.of(),
            model -> inForce.get(model.versionKey()),
            new Learning(rows, 0, Long.MIN_VALUE));
    for (Exchange exchange : clean) {
      chain.observe(exchange);
      chain.learnt.forEach(b -> inForce.put(b.modelKey(), b));
      if (chain.learnt.stream().anyMatch(Baseline::finished)) {
        break;
      }
    }
    return chain.learnt.get(chain.learnt.size() - 1);
  }

  private static Learning never() {
    return new Learning(Integer.MAX_VALUE, 0, Long.MIN_VALUE);
  }

  /** Takes one exchange through the engines. */
  public void observe(Exchange exchange) {
    callers.observe(
        callerStates.computeIfAbsent(exchange.caller().key(), k -> callers.create()),
        exchange,
        this);
  }

  /** Hands on what the caller stage still holds, as before a commit. */
  public void drain() {
    callers.drain(this);
  }

  /** Replaces every state by what its bytes say. */
  public void reread() {
    callerStates.replaceAll((k, state) -> CleanModel.reread(state, callers::read));
    modelStates.replaceAll((k, state) -> CleanModel.reread(state, models::read));
    if (cells != null) {
      cells.reread();
    }
  }

  /** Heap of the largest state of any stage, by its own estimate. */
  public int largestStateBytes() {
    int caller = callerStates.values().stream().mapToInt(State::bytes).max().orElse(0);
    int model = modelStates.values().stream().mapToInt(State::bytes).max().orElse(0);
    return Math.max(Math.max(caller, model), cells == null ? 0 : cells.largest());
  }

  /** All findings so far. */
  public List<Finding> findings() {
    return findings;
  }

  /** All incident activities so far. */
  public List<Incident> incidents() {
    return incidents;
  }

  /** Detectors that threw. */
  public List<String> fenced() {
    return fenced;
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
    book.observe(finding);
  }

  @Override
  public void cell(CellSighting sighting) {
    if (cells != null) {
      cells.observe(sighting);
    }
  }

  @Override
  public void update(ModelUpdate update) {
    models.observe(
        modelStates.computeIfAbsent(update.modelKey(), k -> models.create()), update, this);
  }

  @Override
  public void baseline(Baseline baseline) {
    learnt.add(baseline);
  }

  @Override
  public void fenced(String detector, RuntimeException cause) {
    fenced.add(detector + ": " + cause);
  }
}
