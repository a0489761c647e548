package io.vedette.stream;

import io.vedette.core.Finding;
import io.vedette.core.Origin;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What stages share. */
final class Stages {

  /** Key of records that stay inside a task, where nobody reads it. */
  static final byte[] NO_KEY = {};

  private Stages() {}

  /** A part that {@code init} has set. */
  static <T> T ready(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("stage is used before init");
    }
    return part;
  }

  /** Where the record at hand was read. */
  static Origin origin(ProcessorContext<?, ?> task) {
    return task.recordMetadata()
        .map(m -> new Origin(m.topic(), m.partition(), m.offset()))
        .orElseThrow(() -> new IllegalStateException("record without metadata"));
  }

  /** A record keyed by the finding's subject, at its event time. */
  static Record<String, Finding> record(Finding finding) {
    return record(finding.subject(), finding, finding.timeMicros());
  }

  /** A record at an event time, which an attacker may have set before 1970. */
  static <V> Record<String, V> record(String key, V value, long timeMicros) {
    return new Record<>(key, value, Math.max(0, timeMicros / 1000));
  }
}
