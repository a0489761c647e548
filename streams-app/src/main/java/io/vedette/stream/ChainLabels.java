package io.vedette.stream;

import io.vedette.core.Incident;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Takes the incident of an alert, its link in the headers. */
final class ChainLabels implements Processor<String, Alert, String, Incident> {

  private @Nullable ProcessorContext<String, Incident> context;

  @Override
  public void init(ProcessorContext<String, Incident> taskContext) {
    context = taskContext;
  }

  @Override
  public void process(Record<String, Alert> record) {
    Headers headers = new RecordHeaders();
    ChainLink link = record.value().link();
    if (link != null) {
      link.label(headers);
    }
    Stages.ready(context)
        .forward(
            new Record<>(record.key(), record.value().incident(), record.timestamp(), headers));
  }
}
