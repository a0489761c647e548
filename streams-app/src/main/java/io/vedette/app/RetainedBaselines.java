package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.stream.Outages;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The baselines that a topic holds, as a service that starts takes them in. Reads only. */
final class RetainedBaselines {

  private RetainedBaselines() {}

  /**
   * What a record says of a model version.
   *
   * @param key the record's key, which names the model version
   * @param baseline its baseline from now on, null for none
   */
  record Change(String key, @Nullable Baseline baseline) {}

  /**
   * The baselines in force, one per model version.
   *
   * @throws IOException when the topic does not exist or cannot be read to its end
   */
  static List<Baseline> read(Settings settings) throws IOException {
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings())) {
      Deserializer<Baseline> values = Wiring.serdes(wire).baselines().deserializer();
      try (RetainedRecords<Change> records =
          new RetainedRecords<>(
              settings,
              List.of(settings.topics().baselines()),
              null,
              record -> change(record, values),
              change -> 0)) {
        return inForce(records);
      }
    }
  }

  /** What is in force after all changes. */
  static List<Baseline> inForce(RetainedRecords<Change> records) throws IOException {
    Map<String, Baseline> latest = new LinkedHashMap<>();
    records.forEach(
        change -> {
          if (change.baseline == null) {
            latest.remove(change.key);
          } else {
            latest.put(change.key, change.baseline);
          }
        });
    return List.copyOf(latest.values());
  }

  /**
   * The change of a record; null when nobody can read it, which changes nothing.
   *
   * @throws SerializationException while the registry cannot be reached
   */
  static @Nullable Change change(
      ConsumerRecord<byte[], byte[]> record, Deserializer<Baseline> values) {
    if (record.key() == null) {
      return null; // the service leaves it out as well
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      return new Change(key, null);
    }
    try {
      return new Change(key, values.deserialize(record.topic(), record.value()));
    } catch (SerializationException e) {
      if (Outages.registry(e)) {
        throw e;
      }
      return null;
    }
  }
}
