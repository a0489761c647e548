package io.vedette.stream;

import io.vedette.core.Action;
import io.vedette.correlate.ResponsePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns alerts into advice for gateways; a record without a value lifts it. */
final class ActionStage implements Processor<String, Alert, String, Action> {

  private final Supplier<ResponsePolicy> policy;
  private final AdviceTable known;
  private final Fence fence;
  private @Nullable ProcessorContext<String, Action> context;

  ActionStage(Supplier<ResponsePolicy> policy, AdviceTable known, Counters counters) {
    this.policy = policy;
    this.known = known;
    this.fence = new Fence("actions", counters);
  }

  @Override
  public void init(ProcessorContext<String, Action> taskContext) {
    context = taskContext;
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's record has null for a tombstone and does not say so
  public void process(Record<String, Alert> record) {
    List<ResponsePolicy.Advised> all = new ArrayList<>();
    fence.run(() -> all.addAll(policy.get().advise(record.value().incident(), known)));
    for (ResponsePolicy.Advised advised : all) {
      Headers headers = new RecordHeaders();
      known.say(advised.key(), advised.action(), headers);
      Stages.ready(context)
          .forward(new Record<>(advised.key(), advised.action(), record.timestamp(), headers));
    }
  }
}
