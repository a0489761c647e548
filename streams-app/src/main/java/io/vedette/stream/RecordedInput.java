package io.vedette.stream;

import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads records of the input topics outside of the topology, each as the topology would. */
public final class RecordedInput {

  private final InputReader reader;
  private final Set<String> foreignKeyed;

  /** A reader of the topics of a service. */
  public RecordedInput(Topics topics, TopicSerdes serdes) {
    reader = new InputReader(topics, serdes);
    foreignKeyed = topics.foreignKeyed();
  }

  /**
   * The event of a record, a half or a whole exchange, with the record's coordinates; null for a
   * tombstone.
   *
   * @throws org.apache.kafka.common.errors.SerializationException when it cannot be read
   */
  public @Nullable Exchange read(ConsumerRecord<byte[], byte[]> record) {
    Exchange event = reader.deserialize(record.topic(), record.value());
    if (event == null) {
      return null;
    }
    var origin = new Origin(record.topic(), record.partition(), record.offset());
    boolean foreign = foreignKeyed.contains(record.topic()); // keyed anew, by what the event says
    return Halves.named(
        Halves.stamped(event, origin, event.pairing()), foreign ? null : record.key());
  }
}
