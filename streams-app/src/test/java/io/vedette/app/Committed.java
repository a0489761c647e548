package io.vedette.app;

import io.vedette.detect.OpenWindow;
import io.vedette.state.ArrayInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the changelogs of an application hold of committed state.
 *
 * @param waiting halves and exchanges that wait in the pairing stage
 * @param rows rows in the open window of the model that drifts
 */
record Committed(int waiting, int rows) {

  private static final int HEADER = 1 + Long.BYTES; // format byte, last use

  static Committed of(Settings settings) throws IOException {
    int waiting = 0;
    for (byte[] halves : last(settings, "pairing-halves").values()) {
      waiting += ByteBuffer.wrap(halves).getInt(HEADER);
    }
    int rows = 0;
    var engine = new Wiring(settings).engines().create(model -> null).model();
    for (Map.Entry<String, byte[]> model : last(settings, "model-states").entrySet()) {
      if (model.getKey().startsWith(KillTraffic.DRIFTING)) {
        rows += OpenWindow.rows(engine.read(new ArrayInput(model.getValue(), HEADER)));
      }
    }
    return new Committed(waiting, rows);
  }

  private static Map<String, byte[]> last(Settings settings, String store) {
    String topic = settings.kafka().applicationId() + '-' + store + "-changelog";
    Map<String, byte[]> last = new HashMap<>();
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            settings.kafka().bootstrapServers(),
            "isolation.level",
            "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (record.value() == null) {
            last.remove(record.key());
          } else {
            last.put(record.key(), record.value());
          }
        }
      }
    }
    return last;
  }
}
