package io.vedette.app;

import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.State;
import io.vedette.detect.CallerOutput;
import io.vedette.stream.Counters;
import io.vedette.stream.DeadLetters;
import io.vedette.stream.EngineFactory;
import io.vedette.stream.Engines;
import io.vedette.stream.StrictClients;
import io.vedette.stream.VedetteTopology;
import io.vedette.wire.WireSerdes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * The service's wiring and engines in a process of its own, which halts at a chosen point; without
 * one it runs until it is killed.
 */
final class KillServiceChild {

  static final int HALTED = 77;

  private static final int AFTER_COMMIT = 5; // exchanges that the halt between commits loses
  private static final int WINDOW = 100; // exchanges that the halt before the offsets repeats
  private static final int INTO_COMMIT = 3; // states that the halt in a commit has written
  private static final long PAUSE = 2_000_000; // ns; or a burst is over before its panes arrive

  private KillServiceChild() {}

  /**
   * Arguments: settings file, point, exchanges to work on before it halts; with a fourth one, so
   * many of a model of this name; or {@code book}, so many findings, and the point is in the
   * correlate stage.
   */
  public static void main(String[] args) throws SettingsException {
    Settings settings = SettingsLoader.load(Path.of(args[0]), Map.of());
    KillPoint point = KillPoint.valueOf(args[1]);
    Trap trap = new Trap(point, Integer.parseInt(args[2]));
    String watched = args.length > 3 ? args[3] : "";
    trap.windowIsOpen(watched.isEmpty() || watched.equals("book"));
    Wiring wiring = new Wiring(settings);
    Counters counters = new Counters();
    DeadLetters letters =
        new DeadLetters(settings.topics().deadLetters(), 1000, counters, System::currentTimeMillis);
    WireSerdes wire = new WireSerdes(wiring.wireSettings());
    VedetteTopology topology =
        new VedetteTopology(
            wiring.topics(),
            Wiring.serdes(wire),
            watched.equals("book")
                ? TrappedBook.in(wiring.engines(), trap)
                : trapped(wiring.engines(), trap, watched),
            wiring.stages(),
            counters,
            wiring.outlets());
    Properties properties = StreamsSettings.of(settings).properties(letters);
    KafkaStreams streams =
        point == KillPoint.BEFORE_OFFSETS
            ? new KafkaStreams(topology.build(), properties, new TrappedClients(trap))
            : StrictClients.streams(topology.build(), properties);
    if (point == KillPoint.IN_RESTORE) {
      streams.setGlobalStateRestoreListener(new HaltingListener());
    }
    streams.setUncaughtExceptionHandler(error -> StreamThreadExceptionResponse.REPLACE_THREAD);
    streams.start();
  }

  private static EngineFactory trapped(EngineFactory engines, Trap trap, String model) {
    return baselines -> {
      Engines plain = engines.create(baselines);
      return new Engines(
          trapped(plain.caller(), trap, model),
          plain.cell(),
          model.isEmpty() ? plain.model() : new TrappedModel<>(plain.model(), trap),
          plain.book(),
          plain.updates());
    };
  }

  private static <S extends State> Engine<?, Exchange, CallerOutput> trapped(
      Engine<S, Exchange, CallerOutput> engine, Trap trap, String model) {
    return new TrappedEngine<>(engine, trap, model);
  }

  /** Counts what one stream thread does, and halts. */
  static final class Trap {
    private final KillPoint point;
    private final int exchanges;
    private int observed;
    private int sinceCommit;
    private int written; // in this commit
    private int window; // exchanges since the commit before it
    private boolean ready = true;

    Trap(KillPoint point, int exchanges) {
      this.point = point;
      this.exchanges = exchanges;
    }

    /** Halts between commits or in one only while a window of the model is open and written. */
    void windowIsOpen(boolean open) {
      ready = open;
    }

    void observed() {
      observed++;
      sinceCommit++;
      boolean committed = written > 0;
      if (point == KillPoint.BETWEEN_COMMITS) {
        if (ready && observed > exchanges && committed && sinceCommit >= AFTER_COMMIT) {
          halt();
        }
      } else {
        written = 0;
      }
    }

    void writing() {
      window = sinceCommit > 0 ? sinceCommit : window;
      sinceCommit = 0;
      written++;
      if (point == KillPoint.AT_COMMIT && ready && observed > exchanges && written > INTO_COMMIT) {
        halt();
      }
    }

    /** Offsets are about to be committed, of one of several threads. */
    void offsets() {
      if (observed > exchanges && window > WINDOW) {
        halt();
      }
    }

    private static void halt() {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  private record TrappedEngine<S extends State>(
      Engine<S, Exchange, CallerOutput> engine, Trap trap, String model)
      implements Engine<TrappedState<S>, Exchange, CallerOutput> {

    @Override
    public TrappedState<S> create() {
      return new TrappedState<>(engine.create(), trap);
    }

    @Override
    public TrappedState<S> read(DataInput in) throws IOException {
      return new TrappedState<>(engine.read(in), trap);
    }

    @Override
    public void observe(TrappedState<S> state, Exchange event, CallerOutput out) {
      engine.observe(state.state, event, out);
      if (model.isEmpty() || model.equals(event.model().name())) {
        trap.observed();
        if (!model.isEmpty() && trap.point != KillPoint.NEVER) {
          LockSupport.parkNanos(PAUSE);
        }
      }
    }

    @Override
    public boolean admits(Exchange event) {
      return engine.admits(event);
    }

    @Override
    public void drain(CallerOutput out) {
      engine.drain(out);
    }
  }

  record TrappedState<S extends State>(S state, Trap trap) implements State {

    @Override
    public void write(DataOutput out) throws IOException {
      trap.writing();
      state.write(out);
    }

    @Override
    public int bytes() {
      return state.bytes();
    }
  }

  /** Halts when the first batch of callers is restored. */
  private static final class HaltingListener implements StateRestoreListener {
    @Override
    public void onRestoreStart(TopicPartition partition, String store, long start, long end) {}

    @Override
    public void onBatchRestored(
        TopicPartition partition, String store, long batchEnd, long restored) {
      if (store.equals("caller-states") && restored > 0) {
        Trap.halt();
      }
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {}
  }
}
