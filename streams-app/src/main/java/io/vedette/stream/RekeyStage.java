package io.vedette.stream;

import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keys events of a foreign or no key by their caller, and notes where they were read, because
 * behind the repartition topic nobody can tell.
 */
final class RekeyStage implements Processor<byte[], Exchange, byte[], Exchange> {

  /** Name of the repartition topic, between application id and {@code -repartition}. */
  static final String NAME = "rekeyed";

  private static final String SUFFIX = "-" + NAME + "-repartition";

  private @Nullable ProcessorContext<byte[], Exchange> context;

  /** Whether a topic is the repartition topic of this stage. */
  static boolean wrote(String topic) {
    return topic.endsWith(SUFFIX);
  }

  @Override
  public void init(ProcessorContext<byte[], Exchange> taskContext) {
    context = taskContext;
  }

  @Override
  public void process(Record<byte[], Exchange> record) {
    Exchange event = record.value();
    if (event == null) {
      return; // a tombstone on an input topic says nothing
    }
    ProcessorContext<byte[], Exchange> task = Stages.ready(context);
    Origin origin = Stages.origin(task);
    byte[] key = event.caller().key().getBytes(StandardCharsets.UTF_8);
    task.forward(record.withKey(key).withValue(Halves.stamped(event, origin, event.pairing())));
  }
}
