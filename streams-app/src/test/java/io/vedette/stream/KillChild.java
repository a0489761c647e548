package io.vedette.stream;

import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.detect.CallerOutput;
import io.vedette.state.LiveStoreOptions;
import io.vedette.stream.CountingEngines.Count;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * The service with counting engines in a process of its own, which halts at a chosen point; without
 * one it runs until it is killed.
 */
final class KillChild {

  static final int EVERY = 50; // exchanges of a key for a finding
  private static final int HALTED = 77;

  private KillChild() {}

  /** Where the process halts. */
  enum Point {
    /** After some exchanges, before their commit. */
    BETWEEN_COMMITS,
    /** In the middle of writing the changed states before a commit. */
    AT_COMMIT,
    /** When the first states of a changelog are back. */
    IN_RESTORE,
    /** Nowhere, but writes and commits time out. */
    TIMES_OUT,
    /** Nowhere. */
    NEVER
  }

  /**
   * Arguments: brokers, application, guarantee, state directory, point, persistent, count, wait
   * (seconds).
   */
  public static void main(String[] args) {
    Point point = Point.valueOf(args[4]);
    boolean persistent = Boolean.parseBoolean(args[5]);
    int count = Integer.parseInt(args[6]);
    // Beside the states: an unknown file among them is none of Kafka Streams'.
    var clients = new TimeoutClients(count, Path.of(args[3] + ".timeouts"));
    var counters = new Counters();
    var letters =
        new DeadLetters(topics(args[1]).deadLetters(), 100, counters, System::currentTimeMillis);
    var d = StageSettings.DEFAULT;
    // A budget far below the states, so that evictions are part of the test; but to halt in a
    // commit, the commit must be what writes.
    long budget = point == Point.AT_COMMIT ? 4 << 20 : 9000;
    var stores = new LiveStoreOptions(persistent, budget, Duration.ofDays(7), false);
    var maxWait = Duration.ofSeconds(Integer.parseInt(args[7]));
    var pairing = new PairingLimits(maxWait, 10_000, 100_000, 1);
    var settings =
        new StageSettings(stores, pairing, d.outbox(), d.outboxFlush(), 2, 2, d.longestException());
    var topology =
        new VedetteTopology(
            topics(args[1]), Fixtures.serdes(), engines(point, count, clients), settings, counters);
    var config =
        new StreamsConfigs(
                args[1],
                args[0],
                args[2],
                "classic",
                1,
                0,
                Duration.ofMillis(300),
                Duration.ofMillis(5),
                args[3],
                Map.of(
                    "consumer.session.timeout.ms", "2000",
                    "consumer.heartbeat.interval.ms", "300",
                    "consumer.max.poll.records", "500",
                    "producer.transaction.timeout.ms", "4000",
                    "repartition.purge.interval.ms", "600000"))
            .properties(letters);
    var streams =
        point == Point.TIMES_OUT
            ? new KafkaStreams(
                topology.build(), config, StrictClients.of(new StreamsConfig(config), clients))
            : StrictClients.streams(topology.build(), config);
    if (point == Point.IN_RESTORE) {
      streams.setGlobalStateRestoreListener(new HaltingListener());
    }
    streams.setUncaughtExceptionHandler(
        error -> {
          error.printStackTrace();
          return org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler
              .StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    streams.start();
  }

  /** The input is shared, what an application says is its own. */
  static Topics topics(String app) {
    Topics t = Topics.DEFAULT;
    return new Topics(
        t.requests(),
        t.responses(),
        t.exchanges(),
        t.baselines(),
        t.models(),
        t.verdicts(),
        app + ".findings",
        app + ".incidents",
        t.actions(),
        t.deadLetters(),
        t.foreignKeyed());
  }

  private static EngineFactory engines(Point point, int count, TimeoutClients clients) {
    var calls = new AtomicInteger();
    Runnable halt =
        () -> {
          if (calls.incrementAndGet() == count) {
            Runtime.getRuntime().halt(HALTED);
          }
        };
    Runnable never = () -> {};
    return baselines -> {
      Engines plain = CountingEngines.every(EVERY).create(baselines);
      Runnable onObserve =
          switch (point) {
            case BETWEEN_COMMITS -> halt;
            case TIMES_OUT -> clients::observed;
            default -> never;
          };
      var caller = new HaltingCaller(onObserve, point == Point.AT_COMMIT ? halt : never);
      return new Engines(caller, plain.cell(), plain.model(), plain.book(), plain.updates());
    };
  }

  /** The counting caller engine with traps. */
  private record HaltingCaller(Runnable onObserve, Runnable onWrite)
      implements Engine<Count, Exchange, CallerOutput> {

    private static final CountingEngines.Caller PLAIN = new CountingEngines.Caller(EVERY);

    @Override
    public Count create() {
      return new HaltingCount(onWrite);
    }

    @Override
    public Count read(DataInput in) throws IOException {
      Count read = PLAIN.read(in);
      Count state = create();
      state.count = read.count;
      return state;
    }

    @Override
    public void observe(Count state, Exchange event, CallerOutput out) {
      PLAIN.observe(state, event, out);
      onObserve.run();
    }
  }

  /** A count whose writing is a trap. */
  private static final class HaltingCount extends Count {
    private final Runnable onWrite;

    HaltingCount(Runnable onWrite) {
      this.onWrite = onWrite;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      onWrite.run();
      super.write(out);
    }
  }

  /** Halts when the first batch is restored. */
  private static final class HaltingListener implements StateRestoreListener {
    @Override
    public void onRestoreStart(TopicPartition partition, String store, long start, long end) {}

    @Override
    public void onBatchRestored(
        TopicPartition partition, String store, long batchEnd, long restored) {
      if (store.equals(CallerStage.STORE) && restored > 0) {
        Runtime.getRuntime().halt(HALTED);
      }
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {}
  }
}
