package io.vedette.stream;

import io.vedette.core.Incident;
import io.vedette.state.LiveStore;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Links each incident record to the one that this task wrote before. The head of the chain is kept
 * as all state is, so after a crash a service that works at least once goes on at a place that it
 * has written already. The record there may be another one than before: the clock or a verdict may
 * come between other findings now, and a new version or other settings write other links. It still
 * follows a record at the place before.
 */
final class ChainStage implements Processor<String, Alert, String, Alert> {

  static final String STORE = "incident-chain";
  private static final String KEY = "head";
  private static final long NEVER_IDLE = Long.MIN_VALUE;

  private final String topic;
  private final Serializer<Incident> values;
  private final Supplier<String> writer;
  private @Nullable ProcessorContext<String, Alert> context;
  private @Nullable LiveStore<ChainHead> heads;

  /**
   * A stage.
   *
   * @param topic of the incidents
   * @param values writes the values that are published, byte for byte
   * @param writer version and hash of the settings
   */
  ChainStage(String topic, Serializer<Incident> values, Supplier<String> writer) {
    this.topic = topic;
    this.values = values;
    this.writer = writer;
  }

  @Override
  public void init(ProcessorContext<String, Alert> taskContext) {
    context = taskContext;
    LiveStore<ChainHead> store = taskContext.getStateStore(STORE);
    store.bind(ChainHead::new, ChainHead::read);
    heads = store;
  }

  @Override
  public void process(Record<String, Alert> record) {
    Alert alert = record.value();
    ProcessorContext<String, Alert> task = Stages.ready(context);
    byte[] value = values.serialize(topic, alert.incident());
    ChainLink link =
        Stages.ready(heads)
            .get(KEY, NEVER_IDLE)
            .next(task.taskId().partition(), alert.incident().timeMicros(), writer.get(), value);
    task.forward(record.withValue(new Alert(alert.incident(), alert.cause(), link)));
  }
}
