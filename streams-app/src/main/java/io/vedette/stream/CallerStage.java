package io.vedette.stream;

import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.State;
import io.vedette.detect.CallerOutput;
import io.vedette.detect.CellSighting;
import io.vedette.detect.ModelUpdate;
import io.vedette.state.LiveStore;
import io.vedette.state.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Runs the caller engine on each exchange with the state of its caller: findings go on at once,
 * sightings and updates in batches per partition and model.
 *
 * @param <S> state per caller
 */
final class CallerStage<S extends State>
    implements Processor<byte[], Exchange, String, Object>, CallerOutput {

  static final String STORE = "caller-states";
  static final String CELLS = "caller-cells-outbox";
  static final String UPDATES = "caller-updates-outbox";
  private static final int SIGHTING_BYTES = 256; // its longest parts, ids, are numbered per batch
  private static final Duration REPLAY_END = Duration.ofDays(1); // fires when a replay ends

  private final Engine<S, Exchange, CallerOutput> engine;
  private final StageSettings settings;
  private final Counters counters;
  private final boolean replay;
  private final Fence fence;
  private final String[] partitions; // keys of the cells' partitions
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable ProcessorContext<String, Object> context;
  private @Nullable LiveStore<S> states;
  private @Nullable Outbox<CellSighting> cells;
  private @Nullable Outbox<ModelUpdate> updates;

  CallerStage(
      Engine<S, Exchange, CallerOutput> engine,
      StageSettings settings,
      Counters counters,
      boolean replay) {
    this.engine = engine;
    this.settings = settings;
    this.counters = counters;
    this.replay = replay;
    this.fence = new Fence("caller", counters);
    this.partitions = new String[settings.cellPartitions()];
    Arrays.setAll(partitions, Integer::toString);
  }

  @Override
  public void init(ProcessorContext<String, Object> taskContext) {
    context = taskContext;
    LiveStore<S> store = taskContext.getStateStore(STORE);
    store.bind(engine::create, engine::read);
    states = store;
    Outbox<CellSighting> cellBox = taskContext.getStateStore(CELLS);
    cellBox.bind(taskContext, (key, batch, at) -> forward(key, new CellBatch(batch), at));
    cells = cellBox;
    Outbox<ModelUpdate> updateBox = taskContext.getStateStore(UPDATES);
    updateBox.bind(taskContext, (key, batch, at) -> forward(key, new UpdateBatch(batch), at));
    updateBox.beforeCommit(() -> engine.drain(this));
    updates = updateBox;
    taskContext.schedule(
        replay ? REPLAY_END : settings.outboxFlush(),
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          if (replay) {
            engine.drain(this);
          }
          cellBox.flushAll();
          updateBox.flushAll();
        });
  }

  @Override
  public void process(Record<byte[], Exchange> record) {
    Exchange exchange = record.value();
    long time = exchange.timeMicros();
    S state = Stages.ready(states).get(exchange.caller().key(), time);
    counters.exchanges.increment();
    fence.run(() -> engine.observe(state, exchange, this));
    Stages.ready(states).settle();
    publishFindings();
    Stages.ready(cells).eventDone(time);
    Stages.ready(updates).eventDone(time);
  }

  private void publishFindings() {
    if (findings.isEmpty()) {
      return;
    }
    List<Finding> now = new ArrayList<>(findings);
    findings.clear();
    for (Finding finding : now) {
      counters.finding(finding, Stages.ready(context).currentSystemTimeMs());
      forward(finding.subject(), finding, finding.timeMicros());
    }
  }

  private void forward(String key, Object value, long timeMicros) {
    Stages.ready(context).forward(Stages.record(key, value, timeMicros));
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void cell(CellSighting sighting) {
    String partition = partitions[CellBatch.partition(sighting.cell(), partitions.length)];
    Stages.ready(cells).add(partition, sighting, sighting.timeMicros(), SIGHTING_BYTES);
  }

  @Override
  public void fenced(String detector, RuntimeException cause) {
    counters.fenced.increment();
  }

  @Override
  public void update(ModelUpdate update) {
    Stages.ready(updates).add(update.modelKey(), update, update.timeMicros(), update.bytes());
  }
}
