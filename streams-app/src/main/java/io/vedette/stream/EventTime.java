package io.vedette.stream;

import io.vedette.core.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Takes the time of input events from the event, not from the record. */
final class EventTime implements TimestampExtractor {

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    long time = record.value() instanceof Exchange e ? e.timeMicros() / 1000 : record.timestamp();
    return time >= 0 ? time : Math.max(0, partitionTime);
  }
}
