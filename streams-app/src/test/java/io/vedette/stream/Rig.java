package io.vedette.stream;

import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in a TopologyTestDriver with counting engines. */
final class Rig implements AutoCloseable {

  final Counters counters = new Counters();
  final Topics topics;
  final TopologyTestDriver driver;
  final TestInputTopic<String, Exchange> requests;
  final TestInputTopic<String, Exchange> responses;
  final TestInputTopic<String, Exchange> exchanges;
  final TestInputTopic<byte[], byte[]> raw;
  final TestOutputTopic<String, Finding> findings;
  final TestOutputTopic<String, Incident> incidents;
  final TestOutputTopic<byte[], byte[]> letters;

  Rig(Path stateDir, EngineFactory engines, StageSettings settings, int lettersPerSecond) {
    this(stateDir, engines, settings, lettersPerSecond, Topics.DEFAULT, Fixtures.serdes());
  }

  Rig(Path stateDir, EngineFactory engines, Topics topics) {
    this(stateDir, engines, StageSettings.DEFAULT, 10, topics, Fixtures.serdes());
  }

  Rig(Path stateDir, EngineFactory engines, TopicSerdes serdes) {
    this(stateDir, engines, StageSettings.DEFAULT, 10, Topics.DEFAULT, serdes);
  }

  private Rig(
      Path stateDir,
      EngineFactory engines,
      StageSettings settings,
      int lettersPerSecond,
      Topics topics,
      TopicSerdes serdes) {
    this.topics = topics;
    var topology = new VedetteTopology(topics, serdes, engines, settings, counters).build();
    var deadLetters = new DeadLetters(topics.deadLetters(), lettersPerSecond, counters, () -> 0L);
    Properties config =
        StreamsConfigs.of("rig", "none:9092", stateDir.toString()).properties(deadLetters);
    config.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "INFO");
    driver = new TopologyTestDriver(topology, config);
    requests =
        driver.createInputTopic(
            topics.requests(), new StringSerializer(), serdes.requests().serializer());
    responses =
        driver.createInputTopic(
            topics.responses(), new StringSerializer(), serdes.responses().serializer());
    exchanges =
        driver.createInputTopic(
            topics.exchanges(), new StringSerializer(), serdes.exchanges().serializer());
    raw =
        driver.createInputTopic(
            topics.exchanges(), new ByteArraySerializer(), new ByteArraySerializer());
    findings =
        driver.createOutputTopic(
            topics.findings(), new StringDeserializer(), serdes.findings().deserializer());
    incidents =
        driver.createOutputTopic(
            topics.incidents(), new StringDeserializer(), serdes.incidents().deserializer());
    letters =
        driver.createOutputTopic(
            topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void pipe(Exchange e) {
    TestInputTopic<String, Exchange> topic =
        switch (e.pairing()) {
          case REQUEST_ONLY -> requests;
          case RESPONSE_ONLY -> responses;
          default -> exchanges;
        };
    topic.pipeInput(e.caller().key(), e);
  }

  /** Summaries of caller findings since the last call, in order. */
  List<String> callerSummaries() {
    List<String> summaries = new ArrayList<>();
    for (TestRecord<String, Finding> record : findings.readRecordsToList()) {
      if (record.key().startsWith("acme|")) {
        summaries.add(record.value().summary());
      }
    }
    return summaries;
  }

  void idle(Duration span) {
    for (long s = 0; s < span.toSeconds(); s++) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
