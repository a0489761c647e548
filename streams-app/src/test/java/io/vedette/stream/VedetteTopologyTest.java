package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.SINGLE_EVENT;
import static io.vedette.stream.Fixtures.SECOND;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Action;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.correlate.ResponsePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VedetteTopologyTest {

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"topology.txt,", "topology-rekey.txt, inference.exchanges"})
  void shouldMatchGoldenDescriptionWhenBuilt(String file, @Nullable String foreignKeyed)
      throws IOException {
    // Given
    Topics t = Topics.DEFAULT;
    var topology =
        new VedetteTopology(
            new Topics(
                t.requests(),
                t.responses(),
                t.exchanges(),
                t.baselines(),
                t.models(),
                t.verdicts(),
                t.findings(),
                t.incidents(),
                t.actions(),
                t.deadLetters(),
                foreignKeyed == null ? Set.of() : Set.of(foreignKeyed)),
            Fixtures.serdes(),
            CountingEngines.every(1),
            StageSettings.DEFAULT,
            new Counters(),
            new Outlets(
                List.of(view("ocsf"), view("ecs"), view("cef")),
                new ResponsePolicy(Set.of("test"), SECOND, Map.of(Action.Kind.THROTTLE, 0.9)),
                ""));
    String golden;
    try (var in = getClass().getResourceAsStream(file)) {
      golden = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    // When
    String description = topology.build().describe().toString();

    // Then
    assertThat(description).isEqualTo(golden);
  }

  @Test
  void shouldReportFindingsOfAllScopesWhenSingleEventsArrive() {
    try (var rig = new Rig(dir, CountingEngines.every(2), StageSettings.DEFAULT, 10)) {
      // Given
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));

      // When
      rig.pipe(exchange("ann", "r-2", T0 + SECOND, SINGLE_EVENT));

      // Then
      assertThat(rig.findings.readKeyValuesToList())
          .extracting(kv -> kv.key)
          .containsExactlyInAnyOrder("acme|ann", "cell:" + cell("ann"), "model:credit|1");
      assertThat(rig.incidents.readValuesToList())
          .allMatch(i -> i.activity() == Incident.Activity.CREATE)
          .hasSize(3);
      assertThat(rig.counters.exchanges.sum()).isEqualTo(2);
      assertThat(rig.counters.findings.sum()).isEqualTo(3);
    }
  }

  @Test
  void shouldNameTheInputRecordWhenFindingShowsSample() {
    try (var rig = new Rig(dir, CountingEngines.every(2), StageSettings.DEFAULT, 10)) {
      // Given
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));

      // When
      rig.pipe(exchange("ann", "r-2", T0 + SECOND, SINGLE_EVENT));

      // Then
      assertThat(rig.findings.readValuesToList().get(0).samples().get(0).origin())
          .isEqualTo(new Origin("inference.exchanges", 0, 1));
    }
  }

  @Test
  void shouldTouchNoPairingStoreWhenEventsAreWhole() {
    try (var rig = new Rig(dir, CountingEngines.every(1), StageSettings.DEFAULT, 10)) {
      // Given
      // When
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));

      // Then
      assertThat(rig.driver.producedTopicNames())
          .contains("rig-caller-states-changelog")
          .doesNotContain("rig-pairing-halves-changelog");
    }
  }

  @Test
  void shouldKeepCallerStateWhenEngineThrows() {
    try (var rig = new Rig(dir, CountingEngines.every(3), StageSettings.DEFAULT, 10)) {
      // Given
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));
      rig.pipe(exchange("ann", "bomb", T0 + 1, SINGLE_EVENT));

      // When
      rig.pipe(exchange("ann", "r-3", T0 + 2, SINGLE_EVENT));

      // Then
      assertThat(rig.callerSummaries()).containsExactly("SINGLE_EVENT r-3 #3");
      assertThat(rig.counters.fenced.sum()).isEqualTo(1);
      assertThat(rig.letters.isEmpty()).isTrue();
    }
  }

  @Test
  void shouldTickBookByStreamTimeWhenFindingsGoOn() {
    try (var rig = new Rig(dir, CountingEngines.every(1000), StageSettings.DEFAULT, 10)) {
      // Given
      var findings =
          rig.driver.createInputTopic(
              rig.topics.findings(),
              new StringSerializer(),
              Fixtures.serdes().findings().serializer());
      var sample = new Sample("r", new Origin("t", 0, 0));
      findings.pipeInput("a", Fixtures.finding("a", T0, "one", sample));

      // When
      findings.pipeInput("b", Fixtures.finding("b", T0 + 90 * SECOND, "two", sample));

      // Then
      assertThat(rig.incidents.readValuesToList())
          .extracting(i -> i.incidentId() + "@" + (i.timeMicros() - T0) / SECOND)
          .containsExactly("a@0", "ticked@60", "b@90");
    }
  }

  @Test
  void shouldTickBookByWallClockWhenFindingsPause() {
    try (var rig = new Rig(dir, CountingEngines.every(1), StageSettings.DEFAULT, 10)) {
      // Given
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));
      rig.incidents.readValuesToList();

      // When
      rig.idle(Duration.ofSeconds(58));
      long early = rig.counters.incidents.sum();
      rig.idle(Duration.ofSeconds(4));

      // Then
      assertThat(early).as("the traffic is old, but nothing is due yet").isEqualTo(3);
      assertThat(rig.incidents.readValuesToList()).allMatch(i -> i.summary().equals("quiet"));
      assertThat(rig.counters.incidents.sum()).isEqualTo(6);
    }
  }

  @Test
  void shouldPublishViewsWithTheirCauseWhenIncidentsChange() {
    // Given
    SiemView view =
        new SiemView(
            "ocsf",
            "views",
            alert ->
                List.of(
                    new SiemView.Text(
                        alert.incident().activity() + " " + (alert.cause() != null),
                        Map.of("severity", "low"))));
    SiemView broken =
        new SiemView(
            "cef",
            "broken",
            alert -> {
              throw new IllegalStateException("cannot render");
            });
    var counters = new Counters();
    var topology =
        new VedetteTopology(
            Topics.DEFAULT,
            Fixtures.serdes(),
            CountingEngines.every(1),
            StageSettings.DEFAULT,
            counters,
            Outlets.of(List.of(broken, view)));
    var letters = new DeadLetters("letters", 10, counters, () -> 0L);
    var config = StreamsConfigs.of("views", "none:9092", dir.toString()).properties(letters);
    try (var driver = new TopologyTestDriver(topology.build(), config)) {
      var findings =
          driver.createInputTopic(
              Topics.DEFAULT.findings(),
              new StringSerializer(),
              Fixtures.serdes().findings().serializer());
      var views =
          driver.createOutputTopic("views", new StringDeserializer(), new StringDeserializer());
      var sample = new Sample("r", new Origin("t", 0, 0));

      // When
      findings.pipeInput("a", Fixtures.finding("a", T0, "one", sample));
      findings.pipeInput("b", Fixtures.finding("b", T0 + 90 * SECOND, "two", sample));

      // Then
      assertThat(views.readRecordsToList())
          .allMatch(r -> r.headers().lastHeader("severity") != null)
          .extracting(r -> r.key() + " " + r.value())
          .containsExactly("a CREATE true", "ticked CLOSE false", "b CREATE true");
      assertThat(counters.fenced.sum()).isEqualTo(3);

      // Then what cannot be rendered is a dead letter, without a word of it
      var dead =
          driver
              .createOutputTopic(
                  Topics.DEFAULT.deadLetters(),
                  new StringDeserializer(),
                  new ByteArrayDeserializer())
              .readRecordsToList();
      assertThat(dead).extracting(TestRecord::key).containsExactly("a", "ticked", "b");
      assertThat(dead)
          .allSatisfy(
              letter -> {
                assertThat(letter.value()).isEmpty();
                assertThat(header(letter, DeadLetters.REASON))
                    .isEqualTo("incident cannot be rendered as cef");
                assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("cef view");
                assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(Topics.DEFAULT.findings());
                assertThat(header(letter, DeadLetters.ERROR_CLASS))
                    .isEqualTo(IllegalStateException.class.getName());
              });
      assertThat(counters.deadLetters.sum()).isEqualTo(3);
    }
  }

  @Test
  void shouldOnlyCountWhenUnrenderedIncidentsFlood() {
    // Given: a view that fails, and room for two letters a second
    SiemView broken =
        new SiemView(
            "cef",
            "broken",
            alert -> {
              throw new IllegalStateException("cannot render");
            });
    var counters = new Counters();
    var topology =
        new VedetteTopology(
            Topics.DEFAULT,
            Fixtures.serdes(),
            CountingEngines.every(1),
            StageSettings.DEFAULT,
            counters,
            Outlets.of(List.of(broken)));
    var clock = new AtomicLong();
    var letters = new DeadLetters("letters", 2, counters, clock::get);
    var config = StreamsConfigs.of("flood", "none:9092", dir.toString()).properties(letters);
    try (var driver = new TopologyTestDriver(topology.build(), config)) {
      var findings =
          driver.createInputTopic(
              Topics.DEFAULT.findings(),
              new StringSerializer(),
              Fixtures.serdes().findings().serializer());
      var dead =
          driver.createOutputTopic(
              Topics.DEFAULT.deadLetters(), new StringDeserializer(), new ByteArrayDeserializer());
      var sample = new Sample("r", new Origin("t", 0, 0));

      // When
      for (String key : List.of("a", "b", "c", "d", "e")) {
        findings.pipeInput(key, Fixtures.finding(key, T0, key, sample));
      }

      // Then
      assertThat(dead.readKeyValuesToList()).extracting(pair -> pair.key).containsExactly("a", "b");
      assertThat(counters.deadLetters.sum()).isEqualTo(2);
      assertThat(counters.deadLettersDropped.sum()).isEqualTo(3);

      // Then the next second has room again
      clock.set(1000);
      findings.pipeInput("f", Fixtures.finding("f", T0, "f", sample));
      assertThat(dead.readKeyValuesToList()).extracting(pair -> pair.key).containsExactly("f");
    }
  }

  private static String header(TestRecord<String, byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static SiemView view(String name) {
    return new SiemView(name, "vedette.incidents." + name, alert -> List.of());
  }

  private static String cell(String principal) {
    return Long.toHexString(principal.hashCode() % 3);
  }
}
