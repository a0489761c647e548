package io.vedette.app;

import io.vedette.stream.ChainLink;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the chain needs of an incident record.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset
 * @param timeMillis the record's time, milliseconds since the epoch
 * @param link its link, null when it has none
 * @param intact true when the link is that of the value
 */
record ChainRecord(
    String topic,
    int partition,
    long offset,
    long timeMillis,
    @Nullable ChainLink link,
    boolean intact) {

  private static final byte[] NOTHING = {};

  static ChainRecord of(ConsumerRecord<byte[], byte[]> record) {
    ChainLink link = ChainLink.read(record.headers());
    byte[] value = record.value() == null ? NOTHING : record.value();
    return new ChainRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        link,
        link != null && link.covers(value));
  }

  /** Where it is, for people. */
  String place() {
    return topic + '-' + partition + '@' + offset;
  }
}
