package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.state.LiveStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSharesTest {

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(longs = {16L << 20, 256L << 20, 268_435_457L, 64L << 30})
  void shouldKeepTheBudgetWhenAllStoresAreFull(long budget) {
    // When
    Map<String, LiveStoreOptions> options = StoreShares.of(options(budget, false));

    // Then
    assertThat(options.values().stream().mapToLong(LiveStoreOptions::liveBytes).sum())
        .isBetween(budget - 1000, budget);
    assertThat(options.values()).allMatch(o -> o.liveBytes() >= budget / 100);
  }

  @Test
  void shouldGiveEachKindItsOwnBudgetWhenStatesHaveNoOtherHome() {
    // When
    Map<String, LiveStoreOptions> options = StoreShares.of(options(1 << 20, true));

    // Then
    assertThat(options.values()).allMatch(o -> o.liveBytes() == 1 << 20);
  }

  @Test
  void shouldNameEveryLiveStoreWhenTheTopologyRuns() {
    // Given
    Properties config =
        StreamsConfigs.of("shares", "none:9092", dir.toString())
            .properties(new DeadLetters("letters", 1, new Counters(), () -> 0L));
    var topology =
        new VedetteTopology(
            Topics.DEFAULT,
            Fixtures.serdes(),
            CountingEngines.every(1),
            StageSettings.DEFAULT,
            new Counters());

    // When
    try (var driver = new TopologyTestDriver(topology.build(), config)) {

      // Then
      assertThat(driver.getAllStateStores().keySet())
          .containsAll(StoreShares.of(StageSettings.DEFAULT.stores()).keySet());
      assertThat(
              driver.getAllStateStores().values().stream()
                  .filter(store -> store instanceof io.vedette.state.LiveStore<?>))
          .hasSameSizeAs(StoreShares.of(StageSettings.DEFAULT.stores()).keySet());
    }
  }

  private static LiveStoreOptions options(long budget, boolean ephemeral) {
    return new LiveStoreOptions(true, budget, Duration.ofDays(7), ephemeral);
  }
}
