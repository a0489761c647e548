package io.vedette.stream;

import io.vedette.core.Engine;
import io.vedette.core.Finding;
import io.vedette.core.State;
import io.vedette.detect.CellSighting;
import io.vedette.state.LiveStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cell engine on sightings with the state of their fingerprint cell, where accounts of one
 * attacker meet.
 *
 * @param <S> state per cell
 */
final class CellStage<S extends State> implements Processor<String, CellBatch, String, Finding> {

  static final String STORE = "cell-states";

  private final Engine<S, CellSighting, Consumer<Finding>> engine;
  private final Counters counters;
  private final Fence fence;
  private @Nullable ProcessorContext<String, Finding> context;
  private @Nullable LiveStore<S> states;

  CellStage(Engine<S, CellSighting, Consumer<Finding>> engine, Counters counters) {
    this.engine = engine;
    this.counters = counters;
    this.fence = new Fence("cell", counters);
  }

  @Override
  public void init(ProcessorContext<String, Finding> taskContext) {
    context = taskContext;
    LiveStore<S> store = taskContext.getStateStore(STORE);
    store.bind(engine::create, engine::read);
    states = store;
  }

  @Override
  public void process(Record<String, CellBatch> record) {
    ProcessorContext<String, Finding> task = Stages.ready(context);
    List<Finding> findings = new ArrayList<>(0);
    engine.expect(record.value().sightings());
    for (CellSighting sighting : record.value().sightings()) {
      if (!engine.admits(sighting)) {
        continue;
      }
      String key = Long.toHexString(sighting.cell());
      S state = Stages.ready(states).get(key, sighting.timeMicros());
      fence.run(() -> engine.observe(state, sighting, findings::add));
    }
    Stages.ready(states).settle();
    for (Finding finding : findings) {
      counters.finding(finding, task.currentSystemTimeMs());
      task.forward(Stages.record(finding));
    }
  }
}
