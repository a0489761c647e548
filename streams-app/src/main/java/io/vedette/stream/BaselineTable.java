package io.vedette.stream;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.core.ModelRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The baselines in force, fed from the baselines topic and read by all tasks. */
final class BaselineTable implements Baselines {

  static final String STORE = "baselines-table";

  private final Map<String, Baseline> byModel = new ConcurrentHashMap<>();

  private final AtomicInteger changes = new AtomicInteger();
  private volatile Found last = new Found("", "", null, -1);

  /** The last answer; every exchange asks, and most ask what the one before asked. */
  private record Found(String name, String version, @Nullable Baseline baseline, int changes) {}

  @Override
  public @Nullable Baseline find(ModelRef model) {
    Found found = last;
    if (found.changes == changes.get()
        && found.version.equals(model.version())
        && found.name.equals(model.name())) {
      return found.baseline;
    }
    int before = changes.get();
    Baseline baseline = byModel.get(model.versionKey());
    last = new Found(model.name(), model.version(), baseline, before);
    return baseline;
  }

  private void put(String key, @Nullable Baseline baseline) {
    if (baseline == null) {
      byModel.remove(key);
    } else {
      byModel.put(key, baseline);
    }
    changes.incrementAndGet();
  }

  /** Keeps table and global store in step; a start reads the topic through it. */
  static final class Feeder implements Processor<String, Baseline, Void, Void> {

    private final BaselineTable table;
    private @Nullable KeyValueStore<String, Baseline> store;

    Feeder(BaselineTable table) {
      this.table = table;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, Baseline> record) {
      if (record.key() == null) {
        return;
      }
      Stages.ready(store).put(record.key(), record.value());
      table.put(record.key(), record.value());
    }
  }
}
