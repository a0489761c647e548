package io.vedette.app.bench;

import com.sun.management.OperatingSystemMXBean;
import io.vedette.stream.Counters;
import io.vedette.stream.DeadLetters;
import io.vedette.stream.StreamsConfigs;
import io.vedette.stream.Topics;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** One application that reads the exchanges of the bed to their end, with what that took. */
final class Contender {

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final long POLL_MILLIS = 10;
  private static final long DRAIN_POLL_MILLIS = 300;

  private final Bed bed;
  private final String bootstrap;
  private final Path states;
  private final int threads;

  Contender(Bed bed, String bootstrap, Path states, int threads) {
    this.bed = bed;
    this.bootstrap = bootstrap;
    this.states = states;
    this.threads = threads;
  }

  /**
   * What a run took.
   *
   * @param eventsPerSecond exchanges a second, from the first to the last
   * @param cpuMicros CPU time of the whole process per exchange, until all topics were drained
   * @param heapBytes most heap that was in use after a collection
   */
  record Cost(double eventsPerSecond, double cpuMicros, long heapBytes) {}

  /**
   * Runs an application over all exchanges.
   *
   * @param application its id, new for each run
   * @param done counts the exchanges it has worked off
   */
  Cost run(String application, Topology topology, LongAdder done, Counters counters, long events)
      throws InterruptedException, ExecutionException {
    var letters = new DeadLetters(Topics.DEFAULT.deadLetters(), 100, counters, () -> 0L);
    Properties properties =
        StreamsConfigs.of(application, bootstrap, states.toString()).properties(letters);
    properties.put("num.stream.threads", threads);
    properties.put("fetch.max.wait.ms", "50");
    properties.putAll(Map.of("main.consumer.max.partition.fetch.bytes", "4194304"));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (KafkaStreams streams = new KafkaStreams(topology, properties)) {
      streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
      streams.start();
      await(streams, done, 1, deadline);
      long cpu = processCpu();
      long before = done.sum();
      long start = System.nanoTime();
      await(streams, done, events, deadline);
      double seconds = (System.nanoTime() - start) / 1e9;
      while (bed.lag(application) > 0) {
        check(streams, deadline);
        Thread.sleep(DRAIN_POLL_MILLIS);
      }
      double measured = events - before;
      double micros = (processCpu() - cpu) / 1e3 / measured;
      return new Cost(measured / seconds, micros, heapAfterCollections());
    }
  }

  private static void await(KafkaStreams streams, LongAdder done, long count, long deadline)
      throws InterruptedException {
    while (done.sum() < count) {
      check(streams, deadline);
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static void check(KafkaStreams streams, long deadline) {
    if (System.nanoTime() > deadline) {
      throw new IllegalStateException("run did not end in " + LIMIT);
    }
    if (streams.state() == KafkaStreams.State.ERROR) {
      throw new IllegalStateException("stream thread died");
    }
  }

  private static long processCpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long heapAfterCollections() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getCollectionUsage();
      bytes += usage == null ? 0 : usage.getUsed();
    }
    return bytes;
  }
}
