package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.cluster.Cluster;
import io.vedette.edge.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several instances on several brokers, some of which die while attacks are under way; what is
 * reported must be what one undisturbed instance reports. Run by {@code mvn -Pcluster verify}.
 */
@Tag("cluster")
class ClusterIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double PER_SECOND = 40;
  private static final List<String> JAVA =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  @TempDir static Path dir;
  private static Cluster cluster;
  private static EmbeddedRegistry registry;
  private static Attacks attacks;
  private static Outcome expected;

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster(dir.resolve("kafka"), 3);
    registry = EmbeddedRegistry.inMemory(0, Set.of());
    try (Fleet alone = fleet("alone")) {
      Settings settings = alone.settings("exactly_once_v2");
      attacks = new Attacks(settings, 60, 20_000);
      attacks.publishBaselines(settings);
      attacks.produce(settings, Double.POSITIVE_INFINITY);
      alone.start("a", "exactly_once_v2");
      expected = outcome(alone, "exactly_once_v2");
      report(
          "%d exchanges, undisturbed: %d incidents, %d activities",
          attacks.size(), expected.incidents().size(), expected.activities());
    }
  }

  @AfterAll
  static void stop() {
    registry.close();
    cluster.close();
  }

  @Test
  void shouldLoseNothingWhenABrokerIsKilledUnderLoad() throws Exception {
    try (Fleet fleet = fleet("broker")) {
      // Given
      fleet.start("a", "exactly_once_v2");
      fleet.awaitReady("a");
      CompletableFuture<Void> traffic = traffic(fleet);
      awaitProgress(fleet, attacks.size() / 4);

      // When
      cluster.kill(0);
      awaitProgress(fleet, attacks.size() / 2);
      cluster.restart(0);
      traffic.get();

      // Then
      assertSame(outcome(fleet, "exactly_once_v2"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void shouldReportTheSameWhenAnInstanceIsKilledUnderLoad(String guarantee) throws Exception {
    try (Fleet fleet = fleet("takeover-" + guarantee.charAt(0))) {
      // Given
      fleet.start("a", guarantee);
      fleet.awaitReady("a");
      fleet.start("b", guarantee);
      fleet.awaitReady("b");
      CompletableFuture<Void> traffic = traffic(fleet);
      awaitProgress(fleet, attacks.size() / 5);
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  !fleet.owners().getOrDefault("a", Set.of()).isEmpty()
                      && !fleet.owners().getOrDefault("b", Set.of()).isEmpty());
      Set<TopicPartition> orphans = fleet.owners().get("a");

      // When
      fleet.kill("a");
      long killed = System.nanoTime();
      Map<TopicPartition, Long> before = fleet.committed();
      awaitProgress(fleet, orphans, before);
      report(
          "%s: standby took over %d partitions %.1f s after the kill",
          guarantee, orphans.size(), (System.nanoTime() - killed) / 1e9);
      traffic.get();

      // Then
      Outcome found = outcome(fleet, guarantee);
      report(
          "%s: %d activities, undisturbed %d",
          guarantee, found.activities(), expected.activities());
      if (guarantee.equals("exactly_once_v2")) {
        assertSame(found);
      } else {
        // What was in work at the kill counts twice, so activities may come again and say more.
        assertThat(found.ofOneAccount().incidents().keySet())
            .isEqualTo(expected.ofOneAccount().incidents().keySet());
        assertThat(found.creations()).allSatisfy((id, created) -> assertThat(created).isEqualTo(1));
      }
    }
  }

  @Test
  void shouldReportTheSameWhenScaledOutAndIn() throws Exception {
    String guarantee = "exactly_once_v2";
    try (Fleet fleet = fleet("scaled")) {
      // Given
      fleet.start("a", guarantee);
      fleet.awaitReady("a");
      CompletableFuture<Void> traffic = traffic(fleet);
      awaitProgress(fleet, attacks.size() / 8);

      // When
      fleet.start("b", guarantee);
      fleet.start("c", guarantee);
      await().atMost(LIMIT).until(() -> shares(fleet, 3));
      report("three instances share: %s", fleet.owners());
      awaitProgress(fleet, Math.min(attacks.size(), fleet.progress() + 200));
      fleet.stop("b");
      fleet.stop("c");
      await().atMost(LIMIT).until(() -> shares(fleet, 1));
      traffic.get();

      // Then
      assertSame(outcome(fleet, guarantee));
    }
  }

  private static boolean shares(Fleet fleet, int instances) throws Exception {
    var owners = fleet.owners();
    return owners.size() == instances && owners.values().stream().noneMatch(Set::isEmpty);
  }

  private static void assertSame(Outcome found) {
    Outcome one = expected.ofOneAccount();
    assertThat(one.incidents()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(found.ofOneAccount().incidents().keySet()).isEqualTo(one.incidents().keySet());
    assertThat(one.differing(found.ofOneAccount())).as("incidents that differ").isEmpty();
  }

  private static Outcome outcome(Fleet fleet, String guarantee) throws Exception {
    Settings settings = fleet.settings(guarantee);
    await().atMost(LIMIT).until(() -> Outcome.isWorkedOff(settings));
    return Outcome.of(settings).renamed(settings.topics().exchanges(), "exchanges");
  }

  private static Fleet fleet(String application) throws Exception {
    Fleet fleet = new Fleet(dir, cluster.bootstrapServers(), registry.url(), application, JAVA);
    fleet.createTopics();
    return fleet;
  }

  private static CompletableFuture<Void> traffic(Fleet fleet) throws Exception {
    Settings settings = fleet.settings("at_least_once");
    return CompletableFuture.runAsync(() -> attacks.produce(settings, PER_SECOND));
  }

  private static void awaitProgress(Fleet fleet, long exchanges) {
    await().atMost(LIMIT).until(() -> fleet.progress() >= exchanges);
  }

  private static void awaitProgress(
      Fleet fleet, Set<TopicPartition> partitions, Map<TopicPartition, Long> before) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              Map<TopicPartition, Long> now = fleet.committed();
              return partitions.stream()
                  .allMatch(p -> now.getOrDefault(p, 0L) > before.getOrDefault(p, 0L));
            });
  }

  private static void report(String format, Object... values) {
    System.out.printf("cluster: " + format + "%n", values);
  }
}
