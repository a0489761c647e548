package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
import io.vedette.lab.Scenario;
import io.vedette.lab.World;
import io.vedette.stream.Counters;
import io.vedette.stream.ReplayDriver;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The memory of a replay depends on who is in the traffic, not on how long it is. */
class ReplayMemoryTest {

  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final int PASSES = 10;
  // What is left of an exchange, its findings or its outputs would be hundreds of bytes.
  private static final long MOST_BYTES_PER_EXCHANGE = 30;

  @Test
  void shouldNotGrowWhenTheSameCallersGoOnForFourTimesAsLong() {
    // Given an hour of ten callers and one attacker, again and again
    Scenario scenario = OneAttack.on(World.LOAN.build());
    List<Exchange> hour = new ArrayList<>();
    scenario.forEach(hour::add);
    Settings settings = Settings.defaults().learnUntil(scenario.learnUntil());
    Wiring wiring = new Wiring(settings);
    Counters counters = new Counters();
    AtomicLong results = new AtomicLong();
    var sinks =
        new ReplayDriver.Results(
            f -> results.incrementAndGet(),
            i -> results.incrementAndGet(),
            b -> results.incrementAndGet(),
            l -> results.incrementAndGet());
    try (var wire = new WireSerdes(Map.of(), new InMemoryRegistry());
        var driver =
            new ReplayDriver(
                Wiring.serdes(wire),
                wiring.replayEngines(counters),
                wiring.stages(),
                counters,
                sinks)) {

      // When
      play(driver, hour, 0, PASSES);
      long once = used();
      play(driver, hour, PASSES, 4 * PASSES);
      long fourTimes = used();

      // Then
      long more = 3L * PASSES * hour.size();
      assertThat(counters.exchanges.sum()).isGreaterThan(3L * more / 3);
      assertThat(results.get()).isPositive();
      assertThat(fourTimes - once).isLessThan(more * MOST_BYTES_PER_EXCHANGE);
    }
  }

  private static void play(ReplayDriver driver, List<Exchange> hour, int from, int until) {
    for (int pass = from; pass < until; pass++) {
      for (Exchange exchange : hour) {
        driver.pipe(exchange.at(exchange.timeMicros() + pass * 3 * HOUR_MICROS));
      }
    }
  }

  /** Heap that is in use after a collection. */
  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
