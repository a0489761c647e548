package io.vedette.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Renders alerts in one form; in the place of an incident that cannot be rendered goes a dead
 * letter: its id, and why.
 */
final class ViewStage implements Processor<String, Alert, String, Object> {

  /** What stands for an incident in the dead letter topic; all that is known is in its headers. */
  enum Unrendered {
    LETTER
  }

  private final SiemView view;
  private final Fence fence;
  private final Counters counters;
  private @Nullable ProcessorContext<String, Object> context;

  ViewStage(SiemView view, Counters counters) {
    this.view = view;
    this.counters = counters;
    this.fence = new Fence(view.name() + " view", counters);
  }

  @Override
  public void init(ProcessorContext<String, Object> taskContext) {
    context = taskContext;
  }

  @Override
  public void process(Record<String, Alert> record) {
    List<SiemView.Text> texts = new ArrayList<>();
    Throwable error = fence.attempt(() -> texts.addAll(view.renderer().apply(record.value())));
    if (error != null) {
      bury(record, error);
      return;
    }
    for (SiemView.Text text : texts) {
      Headers headers = new RecordHeaders();
      text.headers()
          .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
      Stages.ready(context)
          .forward(new Record<>(record.key(), text.value(), record.timestamp(), headers));
    }
  }

  private void bury(Record<String, Alert> record, Throwable error) {
    ProcessorContext<String, Object> task = Stages.ready(context);
    counters.deadLetters.increment();
    Headers headers =
        DeadLetters.headers(
            "incident cannot be rendered as " + view.name(), error, view.name() + " view");
    task.recordMetadata()
        .ifPresent(at -> DeadLetters.locate(headers, at.topic(), at.partition(), at.offset()));
    task.forward(
        new Record<String, Object>(record.key(), Unrendered.LETTER, record.timestamp(), headers));
  }
}
