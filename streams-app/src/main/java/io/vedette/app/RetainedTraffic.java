package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.edge.siem.DeadLetter;
import io.vedette.stream.Outages;
import io.vedette.stream.RecordedInput;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The traffic that a Kafka still holds, and the baselines of the service that watches it. Reads
 * only: the service's offsets, its topics and the registry stay as they are.
 */
final class RetainedTraffic implements RecordedTraffic {

  private static final byte[] NOTHING = {};

  private final Settings settings;
  private final @Nullable Instant since;
  private final @Nullable Instant until;

  /**
   * Traffic of a span of event time.
   *
   * @param since first event, null for the first that is retained
   * @param until end of the span, not part of it; null for all that is there at the start
   */
  RetainedTraffic(Settings settings, @Nullable Instant since, @Nullable Instant until) {
    this.settings = settings;
    this.since = since;
    this.until = until;
  }

  /**
   * What a record gives: one of two.
   *
   * @param timeMicros what partitions are merged by, microseconds since the epoch
   */
  record Item(@Nullable Exchange exchange, @Nullable DeadLetter letter, long timeMicros) {}

  @Override
  public long read(Consumer<Exchange> exchanges, Consumer<DeadLetter> letters) throws IOException {
    long[] records = {0};
    new ReadAhead<Item>(this::read)
        .run(
            item -> {
              records[0]++;
              if (item.exchange != null) {
                exchanges.accept(item.exchange);
              } else if (item.letter != null) {
                letters.accept(item.letter);
              }
            });
    return records[0];
  }

  private void read(ReadAhead.Sink<Item> sink) throws IOException {
    Wiring wiring = new Wiring(settings);
    try (WireSerdes wire = new WireSerdes(wiring.wireSettings())) {
      RecordedInput input = new RecordedInput(wiring.topics(), Wiring.serdes(wire));
      try (RetainedRecords<Item> records =
          new RetainedRecords<>(
              settings,
              wiring.topics().inputs(),
              recordsSince(),
              record -> item(input::read, record),
              Item::timeMicros)) {
        records.forEach(sink);
      }
    }
  }

  /** A record may be a little older than its event, where clocks differ. */
  private @Nullable Instant recordsSince() {
    return since == null ? null : since.minus(settings.pairing().maxWait());
  }

  /**
   * What a record gives, null when it is outside of the span. Its partition waits for the others
   * until they have come as far: a record that nobody can read waits for none, and an event that
   * says it is of the future no longer than till the time of its record.
   *
   * @throws SerializationException while the registry cannot be reached
   */
  @Nullable Item item(RetainedRecords.Reader<Exchange> input, ConsumerRecord<byte[], byte[]> record)
      throws IOException {
    try {
      Exchange event = input.read(record);
      if (event == null || outside(event)) {
        return null;
      }
      return new Item(event, null, Math.min(event.timeMicros(), record.timestamp() * 1000L));
    } catch (SerializationException e) {
      if (Outages.registry(e)) {
        throw e; // nothing is wrong with the record
      }
      return new Item(null, letter(record, e), Long.MIN_VALUE);
    }
  }

  private boolean outside(Exchange event) {
    return (since != null && event.timeMicros() < Wiring.micros(since))
        || (until != null && event.timeMicros() >= Wiring.micros(until));
  }

  private static DeadLetter letter(
      ConsumerRecord<byte[], byte[]> record, SerializationException error) {
    byte[] value = record.value() == null ? NOTHING : record.value();
    String message = error.getMessage();
    return DeadLetter.of(
        record.topic() + '-' + record.partition(),
        record.offset(),
        message == null ? "cannot be read" : message,
        value,
        0,
        value.length);
  }

  /** The baselines that are in force in the service, one per model version. */
  List<Baseline> baselines() throws IOException {
    return RetainedBaselines.read(settings);
  }
}
