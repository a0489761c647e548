package io.vedette.app;

import io.vedette.stream.Counters;
import io.vedette.stream.DeadLetters;
import io.vedette.stream.VedetteTopology;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** Written states, as the service's topology leaves them in its changelogs after attacks. */
final class StateSamples {

  private static final int PER_STORE = 4; // from the smallest to the largest
  private static final int DRAIN = 200; // exchanges; the driver keeps all that is not read

  private StateSamples() {}

  /** Plays the attacks and writes some states of each store, a file a store. */
  static void write(Path directory, List<String> stores) throws Exception {
    Files.createDirectories(directory);
    Map<String, Map<String, byte[]>> judging = play(stores, true);
    Map<String, Map<String, byte[]>> learning = play(stores, false);
    for (String store : stores) {
      String text = lines("judging ", judging.get(store)) + lines("learning ", learning.get(store));
      Files.writeString(directory.resolve(store + ".txt"), text);
    }
  }

  private static String lines(String phase, @Nullable Map<String, byte[]> states) {
    StringBuilder text = new StringBuilder();
    sample(states == null ? Map.of() : states)
        .forEach(
            (key, value) ->
                text.append(phase)
                    .append(key)
                    .append('\t')
                    .append(Base64.getEncoder().encodeToString(value))
                    .append('\n'));
    return text.toString();
  }

  /** The states on file, by phase and key. */
  static Map<String, byte[]> read(Path directory, String store) throws IOException {
    Map<String, byte[]> states = new TreeMap<>();
    for (String line : Files.readAllLines(directory.resolve(store + ".txt"))) {
      int tab = line.lastIndexOf('\t');
      states.put(line.substring(0, tab), Base64.getDecoder().decode(line.substring(tab + 1)));
    }
    return states;
  }

  private static Map<String, Map<String, byte[]>> play(List<String> stores, boolean learnt)
      throws Exception {
    Settings settings = Settings.defaults();
    Attacks attacks = new Attacks(settings);
    Map<String, Map<String, byte[]>> states = new TreeMap<>();
    Wiring wiring = new Wiring(settings);
    try (WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry());
        TopologyTestDriver driver =
            new TopologyTestDriver(
                new VedetteTopology(
                        wiring.topics(),
                        Wiring.serdes(wire),
                        wiring.engines(),
                        wiring.stages(),
                        new Counters())
                    .build(),
                properties(),
                Instant.EPOCH)) {
      var baselines =
          driver.createInputTopic(
              settings.topics().baselines(),
              new StringSerializer(),
              Wiring.serdes(wire).baselines().serializer());
      if (learnt) {
        attacks.baselines().forEach(b -> baselines.pipeInput(b.modelKey(), b));
      }
      var exchanges =
          driver.createInputTopic(
              settings.topics().exchanges(), new StringSerializer(), wire.exchanges().serializer());
      Map<String, TestOutputTopic<String, byte[]>> changelogs = new TreeMap<>();
      for (String store : stores) {
        changelogs.put(
            store,
            driver.createOutputTopic(
                "states-" + store + "-changelog",
                new StringDeserializer(),
                new ByteArrayDeserializer()));
      }
      int count = 0;
      for (var exchange : attacks.live()) {
        exchanges.pipeInput(exchange.caller().key(), exchange, exchange.timeMicros() / 1000);
        if (++count % DRAIN == 0) {
          drain(changelogs, states);
        }
      }
      driver.advanceWallClockTime(Duration.ofSeconds(1));
      drain(changelogs, states);
    }
    return states;
  }

  private static void drain(
      Map<String, TestOutputTopic<String, byte[]>> changelogs,
      Map<String, Map<String, byte[]>> states) {
    changelogs.forEach(
        (store, topic) -> {
          Map<String, byte[]> of = states.computeIfAbsent(store, s -> new TreeMap<>());
          topic
              .readKeyValuesToList()
              .forEach(
                  record -> {
                    if (record.value == null) {
                      of.remove(record.key);
                    } else {
                      of.put(record.key, record.value);
                    }
                  });
        });
  }

  private static Map<String, byte[]> sample(Map<String, byte[]> states) {
    List<Map.Entry<String, byte[]>> bySize = new ArrayList<>(states.entrySet());
    bySize.sort(Comparator.comparingInt(e -> e.getValue().length));
    Map<String, byte[]> sample = new LinkedHashMap<>();
    int last = bySize.size() - 1;
    for (int i = 0; i < PER_STORE && last >= 0; i++) {
      Map.Entry<String, byte[]> entry = bySize.get(last * i / (PER_STORE - 1));
      sample.put(entry.getKey(), entry.getValue());
    }
    return sample;
  }

  private static Properties properties() throws IOException {
    Settings settings = Settings.defaults();
    var letters = new DeadLetters(settings.topics().deadLetters(), 1, new Counters(), () -> 0L);
    Properties properties = StreamsSettings.of(settings).properties(letters);
    properties.put("application.id", "states");
    // One of its own: Kafka Streams takes the rights of others on the state directory away.
    Path directory = Files.createTempDirectory("vedette-states-");
    directory.toFile().deleteOnExit();
    properties.put("state.dir", directory.toString());
    return properties;
  }
}
