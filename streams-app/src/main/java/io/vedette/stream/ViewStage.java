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
 * letter: its id, and why. These letters are under the rate limit of all others.
 */
final class ViewStage implements Processor<String, Alert, String, Object> {

  /** What stands for an incident in the dead letter topic; all that is known is in its headers. */
  enum Unrendered {
    LETTER
  }

  private final SiemView view;
  private final Fence fence;
  private @Nullable ProcessorContext<String, Object> context;
  private @Nullable DeadLetters letters;

  ViewStage(SiemView view, Counters counters) {
    this.view = view;
    this.fence = new Fence(view.name() + " view", counters);
  }

  @Override
  public void init(ProcessorContext<String, Object> taskContext) {
    context = taskContext;
    letters = DeadLetters.of(taskContext.appConfigs());
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
    if (!Stages.ready(letters).admit()) {
      return; // the incident itself is on its topic
    }
    ProcessorContext<String, Object> task = Stages.ready(context);
    Headers headers =
        DeadLetters.headers(
            "incident cannot be rendered as " + view.name(), error, view.name() + " view");
    task.recordMetadata()
        .ifPresent(at -> DeadLetters.locate(headers, at.topic(), at.partition(), at.offset()));
    task.forward(
        new Record<String, Object>(record.key(), Unrendered.LETTER, record.timestamp(), headers));
  }
}
