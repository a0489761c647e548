package io.vedette.stream;

import io.vedette.baseline.Baseline;
import io.vedette.core.Engine;
import io.vedette.core.Finding;
import io.vedette.core.State;
import io.vedette.detect.ModelOutput;
import io.vedette.detect.ModelUpdate;
import io.vedette.state.LiveStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Runs the model engine on updates with the state of their model version: gives findings, and
 * baselines when they are learnt.
 *
 * @param <S> state per model version
 */
final class ModelStage<S extends State>
    implements Processor<String, UpdateBatch, String, Object>, ModelOutput {

  static final String STORE = "model-states";

  private final Engine<S, ModelUpdate, ModelOutput> engine;
  private final Counters counters;
  private final Fence fence;
  private final List<Record<String, Object>> results = new ArrayList<>();
  private @Nullable ProcessorContext<String, Object> context;
  private @Nullable LiveStore<S> states;
  private long timeMicros;

  ModelStage(Engine<S, ModelUpdate, ModelOutput> engine, Counters counters) {
    this.engine = engine;
    this.counters = counters;
    this.fence = new Fence("model", counters);
  }

  @Override
  public void init(ProcessorContext<String, Object> taskContext) {
    context = taskContext;
    LiveStore<S> store = taskContext.getStateStore(STORE);
    store.bind(engine::create, engine::read);
    states = store;
  }

  @Override
  public void process(Record<String, UpdateBatch> record) {
    for (ModelUpdate update : record.value().updates()) {
      timeMicros = update.timeMicros();
      S state = Stages.ready(states).get(update.modelKey(), timeMicros);
      fence.run(() -> engine.observe(state, update, this));
      Stages.ready(states).settle();
    }
    List<Record<String, Object>> now = new ArrayList<>(results);
    results.clear();
    now.forEach(Stages.ready(context)::forward);
  }

  @Override
  public void finding(Finding finding) {
    counters.finding(finding, Stages.ready(context).currentSystemTimeMs());
    results.add(Stages.<Object>record(finding.subject(), finding, finding.timeMicros()));
  }

  @Override
  public void baseline(Baseline baseline) {
    results.add(Stages.<Object>record(baseline.modelKey(), baseline, timeMicros));
  }
}
