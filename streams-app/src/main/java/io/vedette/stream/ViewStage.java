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

/** Renders alerts in one form; an incident that cannot be rendered is counted and left out. */
final class ViewStage implements Processor<String, Alert, String, String> {

  private final SiemView view;
  private final Fence fence;
  private @Nullable ProcessorContext<String, String> context;

  ViewStage(SiemView view, Counters counters) {
    this.view = view;
    this.fence = new Fence(view.name() + " view", counters);
  }

  @Override
  public void init(ProcessorContext<String, String> taskContext) {
    context = taskContext;
  }

  @Override
  public void process(Record<String, Alert> record) {
    List<SiemView.Text> texts = new ArrayList<>();
    fence.run(() -> texts.addAll(view.renderer().apply(record.value())));
    for (SiemView.Text text : texts) {
      Headers headers = new RecordHeaders();
      text.headers()
          .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
      Stages.ready(context)
          .forward(new Record<>(record.key(), text.value(), record.timestamp(), headers));
    }
  }
}
