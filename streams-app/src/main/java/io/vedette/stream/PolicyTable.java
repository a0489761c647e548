package io.vedette.stream;

import io.vedette.core.Finding;
import io.vedette.core.Policy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The critical models, fed from the topic of policies and read by all tasks. Thread-safe. */
final class PolicyTable {

  static final String STORE = "policies-table";

  private final Set<String> critical = ConcurrentHashMap.newKeySet();

  /** The finding, marked when the policy of its model calls the model critical. */
  Finding marked(Finding finding) {
    return critical.contains(finding.model().name())
        ? finding.with(Finding.CRITICAL_MODEL, "policy")
        : finding;
  }

  private void put(String model, @Nullable Policy policy) {
    if (policy != null && policy.critical()) {
      critical.add(model);
    } else {
      critical.remove(model);
    }
  }

  /** Keeps table and global store in step; a start reads the topic through it. */
  static final class Feeder implements Processor<String, Policy, Void, Void> {

    private final PolicyTable table;
    private @Nullable KeyValueStore<String, Policy> store;

    Feeder(PolicyTable table) {
      this.table = table;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, Policy> record) {
      if (record.key() == null) {
        return;
      }
      Stages.ready(store).put(record.key(), record.value());
      table.put(record.key(), record.value()); // a tombstone withdraws the policy
    }
  }
}
