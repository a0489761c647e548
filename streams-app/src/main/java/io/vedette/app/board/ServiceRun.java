package io.vedette.app.board;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.State;
import io.vedette.correlate.Book;
import io.vedette.correlate.Desk;
import io.vedette.detect.CallerOutput;
import io.vedette.detect.CellSighting;
import io.vedette.detect.ModelOutput;
import io.vedette.detect.ModelUpdate;
import io.vedette.stream.EngineFactory;
import io.vedette.stream.Engines;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The engines of the service on exchanges in order of time, wired as its stages wire them but
 * without Kafka: state lives in maps, and what crosses partitions arrives at once.
 *
 * <p>Used by one thread. An engine that throws is not fenced here: a measurement must not hide it.
 */
public final class ServiceRun implements CallerOutput, ModelOutput {

  private final Map<String, Baseline> baselines = new HashMap<>();
  private final Keyed<?, Exchange, CallerOutput> callers;
  private final Keyed<?, CellSighting, Consumer<Finding>> cells;
  private final Keyed<?, ModelUpdate, ModelOutput> models;
  private final Desk<?> book;
  private final Consumer<Finding> findings;

  /** An engine and the states of its keys. */
  private record Keyed<S extends State, E, O>(Engine<S, E, O> engine, Map<Object, S> states) {

    static <S extends State, E, O> Keyed<S, E, O> of(Engine<S, E, O> engine) {
      return new Keyed<>(engine, new HashMap<>());
    }

    void observe(Object key, E event, O out) {
      if (engine.admits(event)) {
        engine.observe(states.computeIfAbsent(key, k -> engine.create()), event, out);
      }
    }
  }

  /**
   * A run.
   *
   * @param factory as in the service
   * @param given baselines in force from the start, by model and version
   * @param findings takes every finding
   * @param incidents takes every activity of an incident
   */
  public ServiceRun(
      EngineFactory factory,
      Map<String, Baseline> given,
      Consumer<Finding> findings,
      Consumer<Incident> incidents) {
    baselines.putAll(given);
    Baselines lookup = model -> baselines.get(model.versionKey());
    Engines engines = factory.create(lookup);
    callers = Keyed.of(engines.caller());
    cells = Keyed.of(engines.cell());
    models = Keyed.of(engines.model());
    book = desk(engines.book(), incidents);
    this.findings = findings;
  }

  private static <S extends State> Desk<S> desk(Book<S> book, Consumer<Incident> incidents) {
    return new Desk<>(book, incidents);
  }

  /** Takes the next exchange. */
  public void accept(Exchange exchange) {
    callers.observe(exchange.caller().key(), exchange, this);
  }

  /** The baselines in force, by model and version. */
  public Map<String, Baseline> baselines() {
    return Map.copyOf(baselines);
  }

  @Override
  public void finding(Finding finding) {
    findings.accept(finding);
    book.observe(finding);
  }

  @Override
  public void cell(CellSighting sighting) {
    cells.observe(sighting.cell(), sighting, this::finding);
  }

  @Override
  public void update(ModelUpdate update) {
    models.observe(update.modelKey(), update, this);
  }

  @Override
  public void baseline(Baseline baseline) {
    baselines.put(baseline.modelKey(), baseline);
  }
}
