package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.edge.siem.DeadLetter;
import io.vedette.stream.RecordedInput;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
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

  private record Item(@Nullable Exchange exchange, @Nullable DeadLetter letter, long timeMicros) {}

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
              record -> item(input, record),
              Item::timeMicros)) {
        records.forEach(sink);
      }
    }
  }

  /** A record may be a little older than its event, where clocks differ. */
  private @Nullable Instant recordsSince() {
    return since == null ? null : since.minus(settings.pairing().maxWait());
  }

  private @Nullable Item item(RecordedInput input, ConsumerRecord<byte[], byte[]> record) {
    try {
      Exchange event = input.read(record);
      return event == null || outside(event) ? null : new Item(event, null, event.timeMicros());
    } catch (SerializationException e) {
      if (e.getCause() instanceof RetriableException) {
        throw e; // the registry cannot be reached: nothing is wrong with the record
      }
      return new Item(null, letter(record, e), record.timestamp() * 1000L);
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
    Map<String, Baseline> latest = new LinkedHashMap<>();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings())) {
      Deserializer<Baseline> values = Wiring.serdes(wire).baselines().deserializer();
      try (RetainedRecords<Baseline> records =
          new RetainedRecords<>(
              settings,
              List.of(settings.topics().baselines()),
              null,
              record -> values.deserialize(record.topic(), record.value()),
              baseline -> 0)) {
        records.forEach(baseline -> latest.put(baseline.modelKey(), baseline));
      }
    }
    return List.copyOf(latest.values());
  }
}
