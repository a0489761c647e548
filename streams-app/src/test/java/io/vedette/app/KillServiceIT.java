package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service, with its own wiring and engines, between commits, in a commit and in a
 * restore, while attacks are under way, halves wait for each other and a window of a model that
 * drifts is open; what it reports must be what an undisturbed run reports.
 */
class KillServiceIT {

  private static final int PARTITIONS = 2;
  private static final int BETWEEN_KILLS = 150; // exchanges of the model that drifts

  @TempDir static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;
  private static ExecutorService runs;
  private static Future<Run> undisturbed;
  private static Future<Run> exactlyOnce;
  private static Future<Run> atLeastOnce;

  @BeforeAll
  static void attack() throws Exception {
    runs = Executors.newFixedThreadPool(3);
    broker =
        EmbeddedBroker.start(
            new EmbeddedBroker.Config(
                null,
                0,
                Map.of(
                    "group.min.session.timeout.ms",
                    "500",
                    "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                    "500")));
    registry = EmbeddedRegistry.inMemory(0, Set.of());
    Settings settings = settings("undisturbed", "at_least_once");
    produce(settings);
    undisturbed =
        runs.submit(
            () -> {
              toTheEnd("undisturbed", "at_least_once");
              return new Run(Outcome.of(settings), List.of(), Committed.of(settings));
            });
    exactlyOnce = runs.submit(() -> killed("killed-exactly-once", "exactly_once_v2"));
    atLeastOnce = runs.submit(() -> killed("killed-at-least-once", "at_least_once"));
  }

  @AfterAll
  static void stop() {
    runs.shutdownNow();
    registry.close();
    broker.close();
  }

  @Test
  void shouldReportTheVerySameWhenKilledUnderExactlyOnce() throws Exception {
    // Given
    Outcome expected = undisturbed.get().outcome().ofOneAccount();

    // When
    Outcome killed = exactlyOnce.get().outcome().ofOneAccount();

    // Then
    assertThat(expected.incidents()).hasSize(6);
    assertThat(killed.incidents()).containsOnlyKeys(expected.incidents().keySet());
    assertThat(killed.ofCallerStage()).isEqualTo(expected.ofCallerStage()).hasSize(4);
    assertThat(killed.ofModelStage()).isEqualTo(expected.ofModelStage()).hasSize(1);
  }

  @Test
  void shouldReportTheSameAndPerhapsAgainWhenKilledUnderAtLeastOnce() throws Exception {
    // Given
    Outcome expected = undisturbed.get().outcome().ofOneAccount();

    // When
    Outcome killed = atLeastOnce.get().outcome().ofOneAccount();

    // Then
    assertThat(killed.incidents()).containsOnlyKeys(expected.incidents().keySet());
    assertThat(killed.distinct().ofCallerStage()).isEqualTo(expected.ofCallerStage()).hasSize(4);
  }

  @Test
  void shouldTellOfDriftAtTheSameTimesWhenKilledUnderAtLeastOnce() throws Exception {
    // Given
    Outcome expected = undisturbed.get().outcome();

    // When
    Outcome killed = atLeastOnce.get().outcome().distinct();

    // Then: rows that are read again may be counted again, so what the windows held may differ
    assertThat(expected.ofModelStage().values()).allMatch(told -> told.size() == 2);
    assertThat(times(killed)).isEqualTo(times(expected));
    assertThat(killed.drifted()).isBetween(expected.drifted(), 3 * expected.drifted());
  }

  @Test
  void shouldHaveHadHalvesThatWaitAndAnOpenWindowAtTheKills() throws Exception {
    // When
    List<Committed> kills = new ArrayList<>(exactlyOnce.get().kills());
    kills.addAll(atLeastOnce.get().kills());

    // Then
    assertThat(kills).hasSize(4).allMatch(c -> c.waiting() >= 10 && c.rows() > 0);
  }

  @Test
  void shouldLeaveNoHalfBehindAndNoRowUncounted() throws Exception {
    // When
    Committed plain = undisturbed.get().end();

    // Then: the last window is behind the kills, so its rows are counted once in both ways
    assertThat(plain).isEqualTo(new Committed(0, KillTraffic.OPEN_AT_THE_END));
    assertThat(exactlyOnce.get().end()).isEqualTo(plain);
    assertThat(atLeastOnce.get().end()).isEqualTo(plain);
  }

  @Test
  void shouldKeepTheChainOfRecordsWholeWhenKilled() throws Exception {
    // Given
    undisturbed.get();
    exactlyOnce.get();
    atLeastOnce.get();

    for (String app : List.of("undisturbed", "killed-exactly-once", "killed-at-least-once")) {
      // When
      int exit =
          Main.execute(
              "verify", "--config", file(app, "at_least_once", KillPoint.NEVER).toString());

      // Then
      assertThat(exit).as(app).isZero();
    }
  }

  @Test
  void shouldShowEveryRecordOnceInEveryViewWhenKilledUnderExactlyOnce() throws Exception {
    // Given
    exactlyOnce.get();
    Settings settings = settings("killed-exactly-once", "exactly_once_v2");

    // When
    List<String> records = Views.records(settings);
    List<String> ocsf = Views.ofIncidents(settings, settings.topics().ocsf());
    List<String> cef = Views.ofIncidents(settings, settings.topics().cef());

    // Then
    assertThat(records).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
    assertThat(ocsf).containsExactlyInAnyOrderElementsOf(records);
    assertThat(cef).containsExactlyInAnyOrderElementsOf(records);
  }

  @Test
  void shouldShowEveryRecordInEveryViewWhenKilledUnderAtLeastOnce() throws Exception {
    // Given
    atLeastOnce.get();
    Settings settings = settings("killed-at-least-once", "at_least_once");

    // When
    List<String> records = Views.records(settings);

    // Then
    for (String topic : List.of(settings.topics().ocsf(), settings.topics().cef())) {
      assertThat(Views.ofIncidents(settings, topic)).as(topic).containsAll(records);
    }
  }

  /** Start and end of each activity on drift, by incident. */
  private static Map<String, List<String>> times(Outcome outcome) {
    Map<String, List<String>> times = new TreeMap<>(outcome.ofModelStage());
    times.replaceAll(
        (id, told) ->
            told.stream().map(line -> line.substring(0, line.indexOf("\"tenant\""))).toList());
    return times;
  }

  /** What is left of a run. */
  private record Run(Outcome outcome, List<Committed> kills, Committed end) {}

  private static Run killed(String app, String guarantee) throws Exception {
    Settings settings = settings(app, guarantee);
    kill(app, guarantee, KillPoint.BETWEEN_COMMITS);
    Committed between = Committed.of(settings);
    kill(app, guarantee, KillPoint.AT_COMMIT);
    Committed at = Committed.of(settings);
    kill(app, guarantee, KillPoint.IN_RESTORE);
    toTheEnd(app, guarantee);
    return new Run(Outcome.of(settings), List.of(between, at), Committed.of(settings));
  }

  private static void kill(String app, String guarantee, KillPoint point) throws Exception {
    KilledProcess.kill(
        file(app, guarantee, point), point, Integer.toString(BETWEEN_KILLS), KillTraffic.DRIFTING);
  }

  private static void toTheEnd(String app, String guarantee) throws Exception {
    KilledProcess.toTheEnd(
        file(app, guarantee, KillPoint.NEVER),
        Integer.toString(BETWEEN_KILLS),
        KillTraffic.DRIFTING);
  }

  private static Settings settings(String app, String guarantee) throws Exception {
    return SettingsLoader.load(file(app, guarantee, KillPoint.NEVER), Map.of());
  }

  /** Settings of one application: its own results over the same traffic, quick take-over. */
  private static Path file(String app, String guarantee, KillPoint point) throws Exception {
    // A restore needs states that are not on disk, so that it has a directory of its own.
    String state = point == KillPoint.IN_RESTORE ? app + "-restore" : app;
    String yaml =
        """
        kafka:
          bootstrapServers: %s
          applicationId: %s
          guarantee: %s
          stateDir: %s
          commitInterval: PT0.02S
          properties:
            consumer.session.timeout.ms: 1500
            consumer.heartbeat.interval.ms: 300
            consumer.max.poll.records: 20
            consumer.max.partition.fetch.bytes: 4096 # or panes arrive when the burst is over
            producer.transaction.timeout.ms: 6000
        registry:
          url: %s
        pairing:
          maxWait: PT10M # or what is under way at a kill would be given up in event time
        topics:
          partitions: %d
          findings: %s.findings
          incidents: %s.incidents
          ocsf: %s.incidents.ocsf
          cef: %s.incidents.cef
        siem: {ocsf: true, cef: true}
        alerting: {joinCampaigns: false} # when a campaign takes in a caller depends on the run
        cells:
          partitions: 1
        """
            .formatted(
                broker.bootstrapServers(),
                app,
                guarantee,
                dir.resolve(state),
                registry.url(),
                PARTITIONS,
                app,
                app,
                app,
                app);
    return Files.writeString(dir.resolve(app + '-' + point + ".yaml"), yaml);
  }

  private static void produce(Settings settings) throws Exception {
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      admin.create();
    }
    for (String app : List.of("killed-exactly-once", "killed-at-least-once")) {
      try (TopicAdmin admin = new TopicAdmin(settings(app, "at_least_once"))) {
        admin.create();
      }
    }
    KillTraffic traffic = new KillTraffic(settings);
    traffic.publishBaselines();
    traffic.produce();
  }
}
