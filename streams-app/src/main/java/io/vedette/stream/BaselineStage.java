package io.vedette.stream;

import io.vedette.baseline.Baseline;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs the baselines that the service has learnt, and tells the audit log of finished ones. */
final class BaselineStage implements Processor<String, Baseline, String, Baseline> {

  private static final Logger AUDIT = LoggerFactory.getLogger(Authors.AUDIT);
  private static final String SERVICE = "service";

  private final Supplier<String> writer;
  private final boolean told;
  private @Nullable ProcessorContext<String, Baseline> context;

  /**
   * A stage.
   *
   * @param writer version and hash of the settings
   * @param told false in a replay, which changes nothing
   */
  BaselineStage(Supplier<String> writer, boolean told) {
    this.writer = writer;
    this.told = told;
  }

  @Override
  public void init(ProcessorContext<String, Baseline> taskContext) {
    context = taskContext;
  }

  @Override
  public void process(Record<String, Baseline> record) {
    Baseline baseline = record.value();
    Headers headers = new RecordHeaders();
    Authors.sign(headers, SERVICE, writer.get());
    Stages.ready(context).forward(record.withHeaders(headers));
    if (told && baseline.finished()) {
      AUDIT
          .atInfo()
          .addKeyValue("who", SERVICE)
          .addKeyValue("baseline", baseline.modelKey())
          .addKeyValue("rows", baseline.rows())
          .addKeyValue("calibration", baseline.calibrationId())
          .addKeyValue("writer", writer.get())
          .log("baseline learnt");
    }
  }
}
