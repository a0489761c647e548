package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.correlate.Alerting;
import io.vedette.correlate.Case;
import io.vedette.correlate.IncidentBook;
import io.vedette.detect.CallerEngine;
import io.vedette.detect.CallerOutput;
import io.vedette.detect.CallerState;
import io.vedette.detect.CellEngine;
import io.vedette.detect.CellSighting;
import io.vedette.detect.Learning;
import io.vedette.detect.ModelEngine;
import io.vedette.detect.ModelOutput;
import io.vedette.detect.ModelState;
import io.vedette.detect.ModelUpdate;
import io.vedette.detect.drift.Drift;
import io.vedette.detect.evasion.CellMembers;
import io.vedette.detect.evasion.Evasion;
import io.vedette.detect.extraction.Extraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the engines on exchanges without Kafka, to measure detection quickly. */
final class DirectRun implements CallerOutput, ModelOutput {

  final List<Finding> findings = new ArrayList<>();
  final List<Incident> incidents = new ArrayList<>();
  final Map<String, Baseline> baselines = new HashMap<>();
  private final Baselines lookup = model -> baselines.get(model.versionKey());
  private final CallerEngine callers;
  private final CellEngine<CellMembers> cells = new CellEngine<>(Evasion.cells(lookup));
  private final ModelEngine models;
  private final IncidentBook book = new IncidentBook(Alerting.defaults(), 2);
  private final Map<String, CallerState> callerStates = new HashMap<>();
  private final Map<Long, CellEngine.Day<CellMembers>> cellStates = new HashMap<>();
  private final Map<String, ModelState> modelStates = new HashMap<>();
  private final Map<String, Case> cases = new HashMap<>();

  DirectRun(long learnUntilMicros) {
    callers =
        new CallerEngine(
            List.of(Extraction.detector(), Evasion.callers()), lookup, 42, learnUntilMicros, true);
    models =
        new ModelEngine(
            List.of(Drift.detector()),
            List.of(Extraction.cohorts()),
            lookup,
            new Learning(5000, 0, learnUntilMicros));
  }

  /** A run in which this baseline is in force from the start. */
  static DirectRun with(Baseline baseline, long learnUntilMicros) {
    DirectRun run = new DirectRun(learnUntilMicros);
    run.baseline(baseline);
    return run;
  }

  void accept(Exchange e) {
    callers.observe(callerStates.computeIfAbsent(e.caller().key(), k -> callers.create()), e, this);
  }

  /** Heap of the largest caller's state, bytes, by its own estimate. */
  int largestCallerBytes() {
    return callerStates.values().stream().mapToInt(CallerState::bytes).max().orElse(0);
  }

  /** Heap of the largest cell's state, bytes, by its own estimate. */
  int largestCellBytes() {
    return cellStates.values().stream().mapToInt(CellEngine.Day::bytes).max().orElse(0);
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
    book.observe(
        cases.computeIfAbsent(book.key(finding), k -> book.create()), finding, incidents::add);
  }

  @Override
  public void cell(CellSighting sighting) {
    if (cells.admits(sighting)) {
      cells.observe(
          cellStates.computeIfAbsent(sighting.cell(), k -> cells.create()),
          sighting,
          this::finding);
    }
  }

  @Override
  public void update(ModelUpdate update) {
    models.observe(
        modelStates.computeIfAbsent(update.modelKey(), k -> models.create()), update, this);
  }

  @Override
  public void baseline(Baseline baseline) {
    baselines.put(baseline.modelKey(), baseline);
  }
}
