package io.vedette.stream;

import static io.vedette.stream.Fixtures.SECOND;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Reports.caller;
import static io.vedette.stream.Reports.finding;
import static io.vedette.stream.Reports.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Action;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Scope;
import io.vedette.core.Verdict;
import io.vedette.correlate.Alerting;
import io.vedette.correlate.IncidentBook;
import io.vedette.correlate.ResponsePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real book in the topology: precision, exceptions and actions that follow from verdicts. */
class CorrelateTopologyTest {

  private static final long MINUTE = 60 * SECOND;

  @TempDir Path dir;

  /** The topology with the real book, its states on disk. */
  private static final class Service implements AutoCloseable {
    final Counters counters = new Counters();
    final TopologyTestDriver driver;
    final TestInputTopic<String, Finding> findings;
    final TestInputTopic<String, Verdict> verdicts;
    final TestOutputTopic<String, Incident> incidents;
    final TestOutputTopic<String, Action> actions;

    Service(Path stateDir) {
      StageSettings d = StageSettings.DEFAULT;
      StageSettings settings =
          new StageSettings(
              d.stores(), d.pairing(), d.outbox(), d.outboxFlush(), 1, 1, d.longestException());
      Engines counting = CountingEngines.every(1).create(model -> null);
      EngineFactory engines =
          baselines ->
              new Engines(
                  counting.caller(),
                  counting.cell(),
                  counting.model(),
                  new IncidentBook(Alerting.defaults(), 1),
                  counting.updates());
      ResponsePolicy policy =
          new ResponsePolicy(Set.of("extraction"), 60 * MINUTE, Map.of(Action.Kind.THROTTLE, 0.9));
      TopicSerdes serdes = Fixtures.alerting();
      var topology =
          new VedetteTopology(
              Topics.DEFAULT,
              serdes,
              engines,
              settings,
              counters,
              new Outlets(List.of(), policy, "1 abc"));
      var letters = new DeadLetters("letters", 10, counters, () -> 0L);
      var config = StreamsConfigs.of("book", "none:9092", stateDir.toString()).properties(letters);
      driver = new TopologyTestDriver(topology.build(), config);
      Topics t = Topics.DEFAULT;
      findings =
          driver.createInputTopic(
              t.findings(), new StringSerializer(), serdes.findings().serializer());
      verdicts =
          driver.createInputTopic(
              t.verdicts(), new StringSerializer(), serdes.verdicts().serializer());
      incidents =
          driver.createOutputTopic(
              t.incidents(), new StringDeserializer(), serdes.incidents().deserializer());
      actions =
          driver.createOutputTopic(
              t.actions(), new StringDeserializer(), serdes.actions().deserializer());
    }

    List<Incident> take(List<Finding> some) {
      some.forEach(f -> findings.pipeInput(f.subject(), f));
      return incidents.readValuesToList();
    }

    void second() {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    @Override
    public void close() {
      driver.close();
    }
  }

  @Test
  void shouldCountPrecisionWhenAnalystsJudge() {
    try (Service service = new Service(dir)) {
      // Given
      double before = service.counters.detector("extraction").precision();
      Verdict.Kind[] kinds = {
        Verdict.Kind.TRUE_POSITIVE, Verdict.Kind.FALSE_POSITIVE, Verdict.Kind.BENIGN,
        Verdict.Kind.TRUE_POSITIVE, Verdict.Kind.DUPLICATE, Verdict.Kind.UNKNOWN
      };

      // When
      for (int i = 0; i < kinds.length; i++) {
        String id = service.take(List.of(caller("p" + i, 1, 9))).get(0).incidentId();
        service.verdicts.pipeInput(id, verdict(id, kinds[i], null, null));
        service.second();
        service.incidents.readValuesToList();
      }

      // Then
      assertThat(before).isNaN();
      assertThat(service.counters.detector("extraction").precision()).isEqualTo(0.5);
    }
  }

  @Test
  void shouldLiftTheActionAndStaySilentWhenAVerdictExceptsACaller() {
    try (Service service = new Service(dir)) {
      // Given
      String id = service.take(List.of(caller("eve", 1, 9))).get(0).incidentId();
      var advised = service.actions.readRecord();
      Action throttled = advised.value();

      // When
      Verdict.Reach eve = new Verdict.Reach("acme", "eve", null, null);
      Verdict verdict = verdict(id, Verdict.Kind.FALSE_POSITIVE, eve, T0 + 600 * MINUTE);
      service.verdicts.pipeInput(id, verdict);
      service.second();

      // Then
      assertThat(throttled.kind()).isEqualTo(Action.Kind.THROTTLE);
      var lifted = service.actions.readRecord();
      assertThat(lifted.key()).isEqualTo("acme|eve");
      assertThat(lifted.value()).isNull();
      assertThat(lifted.headers().lastHeader(AdviceTable.MARK))
          .isNotNull()
          .isNotEqualTo(advised.headers().lastHeader(AdviceTable.MARK));
      assertThat(service.incidents.readValue().activity()).isEqualTo(Activity.CLOSE);
    }
  }

  @Test
  void shouldAdviseOnAllModelsWhenIncidentsOfTwoAreAboutOneAccount() {
    try (Service service = new Service(dir)) {
      // Given
      Finding other = finding("fraud", Scope.CALLER, "eve", List.of("eve"), 2, 9);

      // When
      service.take(List.of(caller("eve", 1, 9), other));

      // Then
      List<Action> advised = service.actions.readValuesToList();
      assertThat(advised).extracting(Action::model).containsExactly("credit", null);
      assertThat(advised.get(1).untilMicros()).isEqualTo(T0 + 62 * MINUTE);
    }
  }

  @Test
  void shouldMarkFindingsOnTheirTopicWhenAnExceptionCoversThem() {
    try (Service service = new Service(dir)) {
      // Given
      TestOutputTopic<String, Finding> published =
          service.driver.createOutputTopic(
              Topics.DEFAULT.findings(),
              new StringDeserializer(),
              Fixtures.alerting().findings().deserializer());
      var exchanges =
          service.driver.createInputTopic(
              Topics.DEFAULT.exchanges(),
              new StringSerializer(),
              Fixtures.alerting().exchanges().serializer());
      Verdict.Reach scope = new Verdict.Reach("acme", null, null, "test");
      service.verdicts.pipeInput(
          "inc-1", verdict("inc-1", Verdict.Kind.BENIGN, scope, T0 + 10 * MINUTE));

      // When
      for (long minute : List.of(5L, 15L)) {
        var exchange =
            Fixtures.exchange(
                "eve",
                "r" + minute,
                T0 + minute * MINUTE,
                io.vedette.core.Exchange.Pairing.SINGLE_EVENT);
        exchanges.pipeInput("acme|eve", exchange);
      }

      // Then
      assertThat(published.readValuesToList())
          .filteredOn(f -> f.subject().equals("acme|eve"))
          .extracting(f -> f.attributes().get(Finding.EXCEPTION))
          .containsExactly("inc-1", null);
    }
  }
}
