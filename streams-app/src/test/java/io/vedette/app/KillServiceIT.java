package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service, with its own wiring and engines, between commits, in a commit and in a
 * restore, while attacks are under way; what it reports must be what an undisturbed run reports.
 */
class KillServiceIT {

  private static final int PARTITIONS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(240);
  private static final int BETWEEN_KILLS = 120; // exchanges

  @TempDir static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;
  private static ExecutorService runs;
  private static Future<Outcome> undisturbed;
  private static Future<Outcome> exactlyOnce;
  private static Future<Outcome> atLeastOnce;

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
              return Outcome.of(settings);
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
    Outcome expected = undisturbed.get().ofOneAccount();

    // When
    Outcome killed = exactlyOnce.get().ofOneAccount();

    // Then
    assertThat(expected.incidents()).hasSize(5);
    assertThat(killed.incidents()).containsOnlyKeys(expected.incidents().keySet());
    assertThat(killed.ofCallerStage()).isEqualTo(expected.ofCallerStage()).hasSize(4);
  }

  @Test
  void shouldReportTheSameAndPerhapsAgainWhenKilledUnderAtLeastOnce() throws Exception {
    // Given
    Outcome expected = undisturbed.get().ofOneAccount();

    // When
    Outcome killed = atLeastOnce.get().ofOneAccount();

    // Then
    assertThat(killed.incidents()).containsOnlyKeys(expected.incidents().keySet());
    assertThat(killed.distinct().ofCallerStage()).isEqualTo(expected.ofCallerStage()).hasSize(4);
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

  private static Outcome killed(String app, String guarantee) throws Exception {
    kill(app, guarantee, KillPoint.BETWEEN_COMMITS);
    kill(app, guarantee, KillPoint.AT_COMMIT);
    kill(app, guarantee, KillPoint.IN_RESTORE);
    toTheEnd(app, guarantee);
    return Outcome.of(settings(app, guarantee));
  }

  private static void kill(String app, String guarantee, KillPoint point) throws Exception {
    Process child = start(app, guarantee, point);
    boolean ended = child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    child.destroyForcibly();
    assertThat(ended).as("halts at %s", point).isTrue();
    assertThat(child.exitValue()).as("exit at %s", point).isEqualTo(KillServiceChild.HALTED);
  }

  private static void toTheEnd(String app, String guarantee) throws Exception {
    Process child = start(app, guarantee, KillPoint.NEVER);
    try {
      await()
          .atMost(LIMIT)
          .until(() -> !child.isAlive() || Outcome.isWorkedOff(settings(app, guarantee)));
      assertThat(child.isAlive()).isTrue();
    } catch (ConditionTimeoutException e) {
      // What it waits for is all that can be learnt of it.
      String pid = Long.toString(child.pid());
      new ProcessBuilder("jstack", pid).inheritIO().start().waitFor();
      throw e;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static Process start(String app, String guarantee, KillPoint point) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            KillServiceChild.class.getName(),
            file(app, guarantee, point).toString(),
            point.name(),
            Integer.toString(BETWEEN_KILLS))
        .inheritIO()
        .start();
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
            producer.transaction.timeout.ms: 6000
        registry:
          url: %s
        topics:
          partitions: %d
          findings: %s.findings
          incidents: %s.incidents
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
    Attacks attacks = new Attacks(settings);
    attacks.publishBaselines(settings);
    attacks.produce(settings, Double.POSITIVE_INFINITY);
  }
}
